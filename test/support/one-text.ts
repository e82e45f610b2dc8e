import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import type { AnyRunbook, CompileOptions, Plan, PlanStep } from "../../dsl/index.ts";
import { evaluateCondition, renderPlanCommand, type Scope } from "../../dsl/plan/resolve-operand.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import type { PlainValue } from "../../dsl/values/ref.ts";
import { visibleCode } from "../../renderers/safety/clean-text.ts";
import type { DryRunEvent, Question, Run, RunEvent, RunOptions } from "../../runners/index.ts";
import { attemptFolderName } from "../../runners/store/attempt-folder-name.ts";
import { blocksOf } from "../renderers/markdown/read-markdown.ts";

/** What one lockstep is: built, or from source. */
export interface Lockstep {
  readonly compile: (runbook: AnyRunbook, options?: CompileOptions) => Plan;
  readonly renderMarkdown: (plan: Plan) => Promise<string>;
  readonly dryRun: (plan: Plan, options: { readonly root: string }) => AsyncIterable<DryRunEvent>;
  readonly run: (plan: Plan, options: RunOptions) => Run;
}

/** The commands of the page, of the dry run and of the plan are the same characters. */
export async function checkTexts({ renderMarkdown, dryRun }: Lockstep, plan: Plan, root: string): Promise<void> {
  const steps = stepsOf(plan);
  const told: DryRunEvent[] = [];
  for await (const event of dryRun(plan, { root })) told.push(event);
  const dry = told.flatMap((event) => (event.type === "step" ? [[event.step.id, event.command]] : []));
  assert.equal(
    dry,
    steps.map(({ id, command }) => [id, command?.text]),
  );

  const page = await renderMarkdown(plan);
  const blocks = [...blocksOf(page, "bash"), ...blocksOf(page, "ts")];
  for (const step of steps)
    for (const text of pastedTexts(plan, step))
      assert.ok(
        blocks.some((block) => holds(block, shown(text))),
        `${step.id} is not on the page: ${text}`,
      );
  const known = commandsIn(plan);
  for (const block of blocks) assert.equal(leftOf(block, known), "", `the page has a command that the plan has not`);
}

/** What a real run journals and executes is the plan's text, with the values that were known by then. */
export async function checkRun(
  plan: Plan,
  events: readonly RunEvent[],
  runFolder: string,
): Promise<readonly PlanStep[]> {
  const scope = createScope(plan);
  const ran: PlanStep[] = [];
  const told = new Set<string>();
  const steps = new Map(stepsOf(plan).map((step) => [step.id, step]));
  for (const event of events) {
    if (event.type === "started" && steps.has(event.id)) {
      const step = steps.get(event.id) as PlanStep;
      const wanted = step.command && renderPlanCommand(step.command, scope);
      assert.ok(holdsFor(step, scope), `${event.step} runs only where its conditions hold`);
      assert.is(event.command, wanted, event.step);
      if (step.execution === "text") {
        const script = readFileSync(
          join(runFolder, "attempts", attemptFolderName(event.step, event.attempt), "script"),
          "utf8",
        );
        assert.is(script, step.background ? wanted?.replace(/ &$/, "") : wanted, event.step);
      }
      ran.push(step);
    }
    if (event.type === "asked" && "command" in event.question && event.question.command !== undefined) {
      const asked = steps.get(event.question.step.replace(/\[\d+\]/g, ""))?.command;
      assert.is(event.question.command, asked && renderPlanCommand(asked, scope));
    }
    if (event.type === "finished") {
      const id = event.step.replace(/\[\d+\]/g, "");
      const left = event.outcome === "skipped" ? steps.get(id) : undefined;
      if (left) assert.is.not(holdsFor(left, scope), true, `${event.step} was left out`);
      scope.finish(id, event.outcome, event.outputs ?? {});
      told.add(id);
    }
  }
  assert.equal([...told].filter((id) => steps.has(id)).sort(), [...steps.keys()].sort());
  return ran;
}

/** Whether the conditions around it hold by now. */
function holdsFor({ conditions }: PlanStep, scope: Scope): boolean {
  return conditions.every((condition) => evaluateCondition(condition, scope) === true);
}

/** Answers everything as somebody would who wants the run to go on. */
export function answerAll(choice: "first" | "last") {
  return {
    by: { user: "bo", host: "here" },
    ask: async (question: Question) => {
      switch (question.kind) {
        case "checklist":
          return {
            say: "tick" as const,
            items: question.items.filter(({ ticked }) => !ticked).map(({ item }) => item),
          };
        case "approval":
          return { say: "approve" as const, digest: question.digest };
        case "manual":
          return {
            say: "done" as const,
            asks: Object.fromEntries(question.asks.map((asked) => [asked.name, answerTo(asked, choice)])),
          };
        case "start":
          return { say: "run" as const };
        case "watch":
          return { say: "seen" as const };
        default:
          throw new Error(`unexpected question: ${JSON.stringify(question)}`);
      }
    },
  };
}

function answerTo(
  {
    capture,
    example,
  }: { readonly capture: { readonly kind: string; readonly choices?: readonly string[] }; readonly example?: string },
  choice: "first" | "last",
): string {
  return (choice === "first" ? capture.choices?.[0] : capture.choices?.at(-1)) ?? example ?? "as expected";
}

/** Everything of a step that stands in a block of its own. */
function pastedTexts(plan: Plan, { command, action, probe }: PlanStep): readonly string[] {
  const checks =
    action.kind === "checklist" ? action.items.flatMap(({ check }) => (check ? [check.command.text] : [])) : [];
  const queries =
    action.kind === "gate"
      ? action.failIf.flatMap(({ measurement }) =>
          plan.measurements.filter(({ id }) => id === measurement).map(({ query }) => query.text),
        )
      : [];
  const own = command && action.kind !== "gate" ? [command.text] : queries;
  return [...own, ...checks, ...(probe ? [probe.command.text] : [])];
}

/** Every command of the plan, wherever it stands. */
function commandsIn(plan: Plan): ReadonlySet<string> {
  const found = new Set<string>();
  JSON.stringify(plan, (_key, value: unknown) => {
    if (typeof value === "object" && value !== null && "template" in value && "text" in value)
      found.add(shown(String(value.text)));
    return value;
  });
  return found;
}

/** The one exception on a page: what nobody can see, or would steer a terminal, is named (`<U+202E>`). */
function shown(text: string): string {
  return visibleCode(text).text;
}

/** Whole lines of the block. */
function holds(block: string, text: string): boolean {
  return `\n${block}\n`.includes(`\n${text}\n`);
}

/** What of a block is no command of the plan; folders and the end of a background step are the page's own. */
function leftOf(block: string, known: ReadonlySet<string>): string {
  if (known.has(block) || /^(cd|kill) [^\n]*$/.test(block)) return "";
  const lines = block.split("\n");
  for (let count = lines.length - 1; count > 0; count -= 1)
    if (known.has(lines.slice(0, count).join("\n"))) return leftOf(lines.slice(count).join("\n"), known);
  return block;
}

function createScope(
  plan: Plan,
): Scope & { finish(step: string, outcome: string, outputs: Readonly<Record<string, unknown>>): void } {
  const values = new Map(plan.parameters.map(({ name, value }) => [name, value]));
  const outputs = new Map<string, Readonly<Record<string, PlainValue>>>();
  const absent = new Set<string>();
  return {
    param: (name) => values.get(name),
    output: (step, name) => outputs.get(step)?.[name],
    absent: (step) => absent.has(step),
    finish: (step, outcome, given) => {
      if (outcome === "skipped") absent.add(step);
      outputs.set(step, given as Readonly<Record<string, PlainValue>>);
    },
  };
}
