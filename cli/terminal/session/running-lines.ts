import type { PlanBlock, PlanParallel, PlanStep } from "../../../dsl/plan/plan.ts";
import { childrenOf } from "../../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { outcomeWord } from "../../output/end-words.ts";
import { rangeText } from "../../output/range-text.ts";
import type { RunningStep } from "./session-facts.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** What runs and holds up the run: not what is ready in the background, not what waits for a person. */
export function foreground({ facts }: TerminalUi): readonly (readonly [string, RunningStep])[] {
  return [...facts.running].filter(
    ([key, { ready }]) => !ready && !facts.lookedAt.has(key) && facts.stepOf(key)?.execution !== "person",
  );
}

/** Everything that runs, a line each; of a parallel also what has ended and what is to come. */
export function runningLines(ui: TerminalUi): string[] {
  const running = foreground(ui).filter(([, { started }]) => started.kind !== "wait" && started.kind !== "gate");
  const parallel = parallelOf(ui, running[0]?.[0]);
  // one alone stands before its keys
  const each = running.length > 1 || running.length < foreground(ui).length ? running : [];
  const lines =
    parallel === undefined
      ? each.map(([, step]) => runningText(step))
      : parallel.steps.map((step) => stateText(ui, step));
  const background = [...ui.facts.running.values()].filter(({ ready }) => ready).map(({ started }) => started);
  return [
    ...(background.length === 0 ? [] : [ui.screen.style.dim(`in the background: ${rangeText(background)}`)]),
    ...lines.slice(-mostLines),
  ];
}

/** What runs while something else is asked; waits apart, where the view has them already. */
export function besidesLines(ui: TerminalUi, waits: "with waits" | "without waits"): string[] {
  return foreground(ui)
    .filter(([, { started }]) => waits === "with waits" || (started.kind !== "wait" && started.kind !== "gate"))
    .map(([, step]) => runningText(step))
    .slice(-3);
}

/** "1.6 running 24s". */
export function runningText({ started, since }: RunningStep): string {
  return `${started.number} running ${formatDuration(Math.round((performance.now() - since) / 1000))}`;
}

/** More steps side by side are not shown. */
const mostLines = 6;

function stateText({ facts }: TerminalUi, { id, number }: PlanStep): string {
  const running = facts.running.get(id);
  if (running !== undefined) return runningText(running);
  const outcome = facts.outcomes.get(id);
  return `${number} ${outcome === undefined ? "not started" : outcomeWord(outcome as never)}`;
}

/** The parallel around a step. */
function parallelOf({ plan, facts }: TerminalUi, key: string | undefined): PlanParallel | undefined {
  const id = key === undefined ? undefined : facts.stepOf(key)?.id;
  if (id === undefined) return undefined;
  const find = (blocks: readonly PlanBlock[]): PlanParallel | undefined => {
    for (const block of blocks) {
      if (block.block === "parallel" && block.steps.some((step) => step.id === id)) return block;
      const inside = find(childrenOf(block));
      if (inside !== undefined) return inside;
    }
    return undefined;
  };
  return find(plan.body);
}
