import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { StepNode } from "./step.ts";

/**
 * A step that a function runs in lockstep's own process has no standard input and no terminal of its own.
 *
 * @throws LockstepError `bad-setting`
 */
export function refuseOwnStreams({ id, action, stdin, terminal }: StepNode, at: CallSite): void {
  const isFunction = "run" in action && action.run !== undefined;
  const setting = stdin !== undefined ? "stdin" : terminal ? "terminal: true" : undefined;
  if (!isFunction || setting === undefined) return;
  throw new LockstepError({
    code: "bad-setting",
    message: `step ${id} has ${setting}, and is a function in lockstep's own process, which has none`,
    hint:
      stdin === undefined
        ? "Write it as a command, sh`...`, if it needs a person's terminal"
        : "Give it by env, which the function is handed; or write it as a command, sh`...`",
    at,
  });
}
