import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { PlanCommand, PlanOperand, PlanStep } from "../../dsl/plan/plan.ts";
import { resolveOperand } from "../../dsl/plan/resolve-operand.ts";
import { commandWords } from "../../dsl/shell/command-words.ts";
import { posixUtilities } from "../../dsl/shell/posix-utilities.ts";
import type { PageContext } from "./page-context.ts";
import { code, joinSpans, type Spans } from "./span.ts";
import { longDuration } from "./words.ts";

/** "release-manager (3.1)": roles of approvals, and where a second person is needed. */
export function peopleFact({ index }: PageContext): Spans | undefined {
  const numbers = new Map<string, string[]>();
  for (const { step } of index.steps) {
    for (const person of peopleOf(step)) {
      const found = numbers.get(person);
      if (found) found.push(step.number);
      else numbers.set(person, [step.number]);
    }
  }
  return numbers.size === 0
    ? undefined
    : [[...numbers].map(([person, at]) => `${person} (${at.join(", ")})`).join(", ")];
}

function peopleOf({ action }: PlanStep): readonly string[] {
  if (action.kind === "approval") {
    const who = action.quorum > 1 ? `${action.quorum} of ${action.by.join(", ")}` : action.by.join(" or ");
    return [action.secondPerson ? `${who} other than who runs this` : who];
  }
  const isSecond =
    (action.kind === "manual" && action.by !== undefined) ||
    (action.kind === "checklist" && action.items.some(({ by }) => by !== undefined));
  return isSecond ? ["a second person"] : [];
}

/** What the commands need that not every POSIX system has. */
export function toolsFact(context: PageContext): Spans | undefined {
  const tools = new Set<string>();
  for (const command of allCommands(context))
    for (const word of wordsOf(command)) if (!posixUtilities.has(word)) tools.add(word);
  return tools.size === 0
    ? undefined
    : joinSpans(
        [...tools].map((tool) => [code(tool)]),
        ", ",
      );
}

function allCommands({ plan, index }: PageContext): readonly PlanCommand[] {
  return [
    ...index.steps.flatMap(({ step }) => [
      ...(step.action.kind === "code" || step.command === undefined ? [] : [step.command]),
      ...(step.probe ? [step.probe.command] : []),
      ...(step.action.kind === "checklist"
        ? step.action.items.flatMap(({ check }) => (check ? [check.command] : []))
        : []),
      ...(step.undo.kind === "actions" ? step.undo.actions.map(({ command }) => command) : []),
    ]),
    ...plan.measurements.map(({ query }) => query),
  ];
}

/** A text that is no shell, such as the source of an undo in TypeScript, needs no tools. */
function wordsOf({ template }: PlanCommand): readonly string[] {
  try {
    return commandWords(template);
  } catch (error) {
    if (error instanceof LockstepError) return [];
    throw error;
  }
}

/** "this machine, in the root of the repository; the cluster of `kubectl config current-context`". */
export function placeFact(context: PageContext): Spans | undefined {
  const running = context.index.steps
    .map(({ step }) => step)
    .filter(({ command, execution }) => command !== undefined && execution !== "person");
  if (running.length === 0) return undefined;
  const inRoot = running.some(({ settings }) => settings.cwd.length === 0);
  const clusters = new Map(
    running.flatMap((step) => clusterOf(context, step)).map((spans) => [JSON.stringify(spans), spans]),
  );
  return joinSpans(
    [[inRoot ? "this machine, in the root of the repository" : "this machine"], ...clusters.values()],
    "; ",
  );
}

function clusterOf(context: PageContext, { action, command }: PlanStep): readonly Spans[] {
  const isNamed = action.kind === "kubernetes" && action.context !== undefined;
  if (isNamed && action.context) return [["the cluster ", code(operandWords(context, action.context))]];
  const usesKubectl =
    action.kind === "kubernetes" ||
    (action.kind === "shell" && command !== undefined && wordsOf(command).includes("kubectl"));
  return usesKubectl ? [["the cluster of ", code("kubectl config current-context")]] : [];
}

/** "10 minutes of waiting (4.1)". */
export function timeFact(context: PageContext): Spans | undefined {
  const waits = context.index.steps.flatMap(({ step }) =>
    step.action.kind === "wait" ? [{ step, seconds: resolveOperand(step.action.seconds, context.scope) }] : [],
  );
  const gates = context.index.steps.flatMap(({ step, parallel }) =>
    step.action.kind === "gate"
      ? [{ step, parallel, seconds: step.action.holdSeconds + step.action.delaySeconds }]
      : [],
  );
  const known = waits.reduce((sum, { seconds }) => sum + (seconds.kind === "known" ? Number(seconds.value) : 0), 0);
  const unknown = waits.flatMap(({ seconds }) => (seconds.kind === "unknown" ? [seconds.placeholder] : []));
  const parts: Spans[] = [
    ...(waits.length === 0 ? [] : [[...waitWords(known, unknown), ` of waiting (${numbersOf(waits)})`]]),
    ...(gates.length === 0 ? [] : [[`${longDuration(watchingSeconds(gates))} of watching (${numbersOf(gates)})`]]),
  ];
  return parts.length === 0 ? undefined : joinSpans(parts, ", ");
}

/** One after the other they add up; in a parallel the longest counts. */
function watchingSeconds(
  gates: readonly { readonly parallel?: string | undefined; readonly seconds: number }[],
): number {
  const longest = new Map<string | object, number>();
  for (const gate of gates) {
    const key = gate.parallel ?? gate;
    longest.set(key, Math.max(longest.get(key) ?? 0, gate.seconds));
  }
  return [...longest.values()].reduce((sum, seconds) => sum + seconds, 0);
}

function waitWords(known: number, unknown: readonly string[]): Spans {
  const words = [
    ...(known > 0 || unknown.length === 0 ? [[longDuration(known)]] : []),
    ...unknown.map((name): Spans => [code(name)]),
  ];
  return joinSpans(words, " and ");
}

function numbersOf(waits: readonly { readonly step: PlanStep }[]): string {
  return waits.map(({ step }) => step.number).join(", ");
}

function operandWords({ scope }: PageContext, operand: PlanOperand): string {
  const resolved = resolveOperand(operand, scope);
  return resolved.kind === "unknown" ? resolved.placeholder : String(resolved.value);
}
