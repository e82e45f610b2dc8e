import type { Plan, PlanStep } from "../../../dsl/plan/plan.ts";
import { planScope, resolveOperand } from "../../../dsl/plan/resolve-operand.ts";
import { guardsOf, stepsOf } from "../../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { partsOf } from "../../output/plan-parts.ts";
import { rangeText } from "../../output/range-text.ts";
import type { Line } from "../screen/screen.ts";
import { factLine } from "./fact-line.ts";
import type { TerminalUi } from "./terminal-ui.ts";
import { guardUndoes } from "./undo-words.ts";

/** What a run will do, a line for each part: counts, guards, and what cannot be undone. */
export function overviewLines(ui: TerminalUi): Line[] {
  const { plan } = ui;
  const final = stepsOf(plan).filter(({ undo, skipped }) => undo.kind === "irreversible" && skipped === undefined);
  const rows: (readonly [string, string])[] = [
    ...partsOf(plan).map(({ label, steps }) => [label, countWords(plan, steps)] as const),
    ...guardsOf(plan).map(
      ({ id, from, until, onTrip }) =>
        [`From ${from?.number ?? "-"} to ${until?.number ?? "the end"}`, tripWords(plan, id, onTrip.kind)] as const,
    ),
    ...(final.length === 0 ? [] : [[rangeText(final), "cannot be undone"] as const]),
  ];
  const width = Math.min(30, Math.max(0, ...rows.map(([label]) => label.length))) + 2;
  return rows.map(([label, text]) => factLine(ui, label, text, { indent: 2, width }));
}

function countWords(plan: Plan, steps: readonly PlanStep[]): string {
  const running = steps.filter(({ skipped }) => skipped === undefined);
  const skipped = steps.filter((step) => step.skipped !== undefined);
  const approvals = running.flatMap(({ action }) => (action.kind === "approval" ? [action.by.join(" or ")] : []));
  const counts = new Map<string, number>();
  for (const step of running) {
    const word = countedAs(step);
    if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const parts = [
    ...approvals.map((by) => `approval by ${by}`),
    ...waiting(plan, running),
    ...[...counts]
      .sort(gravestLast)
      .map(([word, count]) => `${count} ${count === 1 || word === "destructive" ? word : `${word}s`}`),
  ];
  const rest = skipped.length === 0 ? [] : [`${rangeText(skipped)} ${skipped.length === 1 ? "is" : "are"} skipped`];
  return [parts.join(", "), ...rest].filter(Boolean).join("; ") || "nothing to do";
}

function gravestLast([one]: readonly [string, number], [other]: readonly [string, number]): number {
  return Number(one === "destructive") - Number(other === "destructive");
}

function countedAs({ action, effect, execution }: PlanStep): string | undefined {
  if (action.kind === "approval" || action.kind === "wait") return undefined;
  if (action.kind === "gate" || action.kind === "checklist") return action.kind;
  if (execution === "person") return "manual step";
  return effect;
}

/** How long its waits and gates take, as far as that is known. */
function waiting(plan: Plan, steps: readonly PlanStep[]): string[] {
  const scope = planScope(plan);
  const seconds = steps.reduce((sum, { action }) => {
    if (action.kind === "gate") return sum + action.holdSeconds + action.delaySeconds;
    const length = action.kind === "wait" ? resolveOperand(action.seconds, scope) : undefined;
    return sum + (length?.kind === "known" ? Number(length.value) : 0);
  }, 0);
  return seconds === 0 ? [] : [`${formatDuration(seconds)} of waiting`];
}

function tripWords(plan: Plan, guard: string, kind: string): string {
  if (kind === "stop") return "a guard stops the run when it trips";
  if (kind === "blocks") return "a guard runs other steps when it trips";
  return `a guard undoes ${kind === "rollback-all" ? "all that ran" : guardUndoes(plan, guard)} when it trips`;
}
