import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { StepNode } from "./step.ts";

/**
 * What is read from a step's output needs an output that is kept: that of a `sensitive` step is not, and that of a
 * `terminal` step goes to the person's own terminal.
 *
 * @throws LockstepError `bad-setting`
 */
export function refuseUncaptured(step: StepNode, at: CallSite): void {
  const { id, sensitive, terminal, stdin } = step;
  if (!sensitive && !terminal) return;
  const reader = readerOf(step);
  if (terminal && stdin !== undefined)
    throw new LockstepError({
      code: "bad-setting",
      message: `step ${id} has terminal: true and stdin, and its standard input is the person's terminal`,
      hint: "Leave one of them out: what is given by stdin needs no person to type it",
      at,
    });
  if (reader === undefined) return;
  const setting = terminal ? "terminal" : "sensitive";
  const why = terminal ? "its output goes to the person's terminal" : "its output is never kept";
  throw new LockstepError({
    code: "bad-setting",
    message: `step ${id} has ${setting}: true and ${reader}, and ${why}, so nothing can be read from it`,
    hint: `Leave one of them out${reader === "ifCreated" ? "" : "; or let a step of its own, sh.read`...`, look at what it did"}`,
    at,
  });
}

/** What of the step reads its output. */
function readerOf({ declared, expect, undo, background }: StepNode): string | undefined {
  if (Object.keys(declared).length > 0) return "outputs";
  if (expect.length > 0) return "expect";
  if (undo?.kind === "actions" && undo.ifCreated) return "ifCreated";
  const ready = background?.ready;
  return typeof ready === "string" || ready instanceof RegExp ? "a text that shows that it is ready" : undefined;
}
