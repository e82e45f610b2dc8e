import { resolve } from "node:path";
import { failingWords } from "../../dsl/plan/failing-words.ts";
import type { Plan, PlanBlock, PlanChecklistItem, PlanCommand, PlanStep } from "../../dsl/plan/plan.ts";
import {
  evaluateCondition,
  planScope,
  renderPlanCommand,
  renderPlanText,
  resolveOperand,
  type Scope,
} from "../../dsl/plan/resolve-operand.ts";
import { childrenOf } from "../../dsl/plan/walk-plan.ts";
import type { PlainValue } from "../../dsl/values/ref.ts";
import { createTextMasker } from "../attempts/masker.ts";
import type { Sample } from "../events/run-event.ts";
import { sampleAlerts } from "../guards/sample-alerts.ts";
import { createClock } from "../journal/clock.ts";
import { environmentOf } from "../policy/admit-run.ts";
import { checkCluster } from "../policy/check-cluster.ts";
import { secretVariables } from "../processes/inherited-environment.ts";
import { judge, matchesExpect } from "./judge.ts";
import { type ReadResult, runRead } from "./run-read.ts";

/** What a dry run tells of one step or guard, in the order in which a run would come to it. */
export type DryRunEvent =
  | {
      readonly type: "step";
      readonly step: PlanStep;
      readonly title: string;
      /** With the values that are known: the same characters as on the page, unless a read gave one. */
      readonly command?: string;
      /** Why it would not run. */
      readonly skipped?: string;
      /** What a read gave, when reads are run. */
      readonly seen?: Seen;
    }
  | {
      readonly type: "guard";
      readonly id: string;
      readonly title: string;
      readonly from: string;
      readonly until?: string;
      readonly samples?: readonly Sample[];
    };

/** What a read gave, and whether that is as it should be. */
export interface Seen {
  readonly ok: boolean;
  readonly stdout: string;
  readonly remark?: string;
}

/** Where a dry run looks, and whether it looks at all. */
export interface DryRunOptions {
  readonly root: string;
  /** Runs the reads too, so that later steps show real values; never anything else. */
  readonly evaluate?: boolean;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Tells every step as it would run. Touches nothing: no process, no run, no file; with `evaluate` the steps that only
 * read are run, and each alert is sampled once.
 */
export async function* dryRun(plan: Plan, options: DryRunOptions): AsyncGenerator<DryRunEvent> {
  const outputs = new Map<string, Readonly<Record<string, PlainValue>>>();
  const skipped = new Set<string>();
  const { secrets = {} } = options;
  const mask = createTextMasker(Object.values(secrets));
  const environment = environmentOf(plan);
  if (options.evaluate && environment) await checkCluster(plan, environment, options.root);
  const scope: Scope = {
    ...planScope(plan),
    output: (step, output) => outputs.get(step)?.[output],
    absent: (step) => skipped.has(step),
  };
  yield* walk([...plan.requires, ...plan.body]);

  async function* walk(blocks: readonly PlanBlock[]): AsyncGenerator<DryRunEvent> {
    for (const block of blocks) {
      if (block.block === "step") yield await tell(block);
      else if (block.block === "guard") yield await tellGuard(block);
      else yield* walk(childrenOf(block));
    }
  }

  async function tell(step: PlanStep): Promise<DryRunEvent> {
    const failing = step.conditions.find((condition) => evaluateCondition(condition, scope) === false);
    const title = renderPlanText(step.title, scope);
    const command = step.command === undefined ? {} : { command: renderPlanCommand(step.command, scope) };
    const common = { type: "step", step, title, ...command } as const;
    if (failing) {
      skipped.add(step.id);
      return { ...common, skipped: failingWords(failing) };
    }
    const seen = options.evaluate ? await see(step) : undefined;
    return seen ? { ...common, seen } : common;
  }

  function see(step: PlanStep): Promise<Seen | undefined> {
    if (step.action.kind === "checklist") return lookAtItems(step, step.action.items);
    return isShortRead(step) ? look(step) : Promise.resolve(undefined);
  }

  /** The checks of a checklist's items; what people tick is theirs. */
  async function lookAtItems(step: PlanStep, items: readonly PlanChecklistItem[]): Promise<Seen | undefined> {
    const lines: string[] = [];
    let ok = true;
    const secret = missingSecret(step, secrets);
    if (secret !== undefined && items.some(({ check }) => check)) return notRun(secret);
    for (const { text, check } of items) {
      if (!check || hasUnknown(step, check.command, scope)) continue;
      const { exitCode, stdout } = await read(step, check.command);
      const holds = exitCode === 0 && check.expect.every((expect) => matchesExpect(expect, stdout, scope));
      ok &&= holds;
      lines.push(`${renderPlanText(text, scope)}: ${holds ? "holds" : "does not hold"}\n`);
    }
    if (lines.length === 0) return undefined;
    return ok ? { ok, stdout: lines.join("") } : { ok, stdout: lines.join(""), remark: "not every item holds" };
  }

  function read(step: PlanStep, command: Pick<PlanCommand, "template">): Promise<ReadResult> {
    return runRead(renderPlanCommand(command, scope), {
      withheld: secretVariables(plan),
      cwd: resolve(options.root, ...step.settings.cwd.map((folder) => renderPlanText(folder, scope))),
      env: envOf(step, scope, secrets),
      stdin: stdinOf(step, scope, secrets),
      timeoutSeconds: step.timeoutSeconds ?? 60,
      signal: options.signal,
    });
  }

  async function look(step: PlanStep): Promise<Seen | undefined> {
    const command = step.action.kind === "watch" ? step.action.shown : step.command;
    if (!command || hasUnknown(step, command, scope)) return undefined;
    const secret = missingSecret(step, secrets);
    if (secret !== undefined) return notRun(secret);
    const { exitCode, stdout: printed, timedOut } = await read(step, command);
    const stdout = mask(printed);
    if (timedOut) return { ok: false, stdout, remark: "time-out" };
    if (exitCode !== 0) return { ok: false, stdout, remark: `exit code ${exitCode ?? "unknown"}` };
    const verdict = await judge(step, { stdout }, scope);
    if (!verdict.ok) return { ok: false, stdout, remark: verdict.remark };
    outputs.set(step.id, verdict.outputs);
    return { ok: true, stdout };
  }

  async function tellGuard({
    id,
    title,
    from,
    until,
    alerts,
    intervalSeconds,
  }: Extract<PlanBlock, { block: "guard" }>): Promise<DryRunEvent> {
    const range = { from: from?.number ?? "", ...(until === undefined ? {} : { until: until.number }) };
    const base = { type: "guard", id, title: renderPlanText(title, scope), ...range } as const;
    if (!options.evaluate) return base;
    const measurements = new Map(plan.measurements.map((measurement) => [measurement.id, measurement]));
    const place = {
      root: options.root,
      secrets: Object.values(secrets),
      withheld: secretVariables(plan),
      clock: createClock(),
      measurement: (name: string) => measurements.get(name),
      commandText: (command: Parameters<typeof renderPlanCommand>[0]) => renderPlanCommand(command, scope),
    };
    return { ...base, samples: await sampleAlerts(place, alerts, intervalSeconds, options.signal) };
  }
}

/** What only looks, and comes to an end by itself. */
function isShortRead(step: PlanStep): boolean {
  return step.effect === "read" && !step.background && (step.execution === "text" || step.action.kind === "watch");
}

function hasUnknown(
  step: PlanStep,
  command: Pick<NonNullable<PlanStep["command"]>, "template">,
  scope: Scope,
): boolean {
  let unknown = false;
  JSON.stringify([command.template, step.settings, step.stdin], (_key, value: unknown) => {
    const isOperand = typeof value === "object" && value !== null && "placeholder" in value;
    if (isOperand && resolveOperand(value as never, scope).kind === "unknown") unknown = true;
    return value;
  });
  return unknown;
}

function missingSecret(step: PlanStep, secrets: Readonly<Record<string, string>>): string | undefined {
  const given = [...step.settings.env, ...(step.stdin ? [step.stdin] : [])];
  const wanted = given.flatMap((entry) => ("secret" in entry ? [entry.secret] : []));
  return wanted.find((name) => secrets[name] === undefined);
}

function notRun(secret: string): Seen {
  return { ok: false, stdout: "", remark: `not run: the secret ${secret} has no value` };
}

function stdinOf({ stdin }: PlanStep, scope: Scope, secrets: Readonly<Record<string, string>>): string | undefined {
  if (!stdin) return undefined;
  return "secret" in stdin ? (secrets[stdin.secret] ?? "") : renderPlanText(stdin.value, scope);
}

function envOf(
  step: PlanStep,
  scope: Scope,
  secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const entries = step.settings.env.map((entry) => [
    entry.name,
    "secret" in entry ? (secrets[entry.secret] ?? "") : renderPlanText(entry.value, scope),
  ]);
  return Object.fromEntries(entries);
}
