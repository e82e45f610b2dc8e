import { failingWords } from "../../dsl/plan/failing-words.ts";
import type { PlanBlock, PlanCondition, PlanRepeat, PlanStep } from "../../dsl/plan/plan.ts";
import { evaluateCondition, resolveOperand } from "../../dsl/plan/resolve-operand.ts";
import { childrenOf, stepsIn } from "../../dsl/plan/walk-plan.ts";
import { decide } from "./decide.ts";
import type { Engine } from "./engine.ts";
import { pause } from "./pause.ts";
import { runParallel } from "./run-parallel.ts";
import type { StepRecord } from "./run-state.ts";
import { failAt, failFor, runStep } from "./run-step.ts";

/**
 * Runs blocks in order. It is the same for a new run and a resumed one: what the journal says is settled is passed by.
 *
 * @param passes The passes of the repeats around them, such as "[2]".
 */
export async function runBlocks(engine: Engine, blocks: readonly PlanBlock[], passes: string): Promise<void> {
  for (const block of blocks) await runBlock(engine, block, passes);
}

type BlockRunners = {
  readonly [K in PlanBlock["block"]]: (
    engine: Engine,
    block: Extract<PlanBlock, { readonly block: K }>,
    passes: string,
  ) => Promise<void>;
};

const nothing = async (): Promise<void> => {};

const runners = {
  step: (engine, step, passes) => runStep(engine, step, passes),
  group: (engine, { steps }, passes) => runBlocks(engine, steps, passes),
  within: (engine, { body }, passes) => runBlocks(engine, body, passes),
  parallel: (engine, { steps }, passes) => runParallel(engine, steps, passes),
  section: async (engine, { id, requires, body }, passes) => {
    await runRequires(engine, requires, id + passes, passes);
    await runBlocks(engine, body, passes);
    await requireAlive(engine, id);
    await engine.backgrounds.end(id, true);
  },
  include: async (engine, { id, requires, body }, passes) => {
    await runRequires(engine, requires, id + passes, passes);
    await runBlocks(engine, body, passes);
  },
  when: async (engine, block, passes) => {
    const { condition, body } = block;
    const place = stepsIn(body)[0];
    const holds = await decide(engine, {
      key: whenKey(block) + passes,
      number: place?.number ?? "",
      title: condition.words,
      words: () => condition.words,
      passes,
      place,
      value: () => conditionNow(engine, condition),
      effect: (value) => (value === true ? { runs: body } : { leaves: body }),
    });
    if (holds === true) return runBlocks(engine, body, passes);
    return skipAll(engine, body, passes, failingWords(condition));
  },
  choose: async (engine, { id, number, operand, branches }, passes) => {
    const bodies = (those: (choice: string) => boolean): readonly PlanBlock[] =>
      branches.flatMap((branch) => (those(branch.choice) ? branch.body : []));
    const noBranch = (value: string): string =>
      `${id} has no branch for ${value}, only for ${branches.map((branch) => branch.choice).join(", ")}`;
    const first = stepsIn(bodies(() => true))[0];
    const choice = await decide(engine, {
      key: id + passes,
      number,
      title: id,
      words: String,
      passes,
      place: first,
      value: () => {
        const resolved = resolveOperand(operand, engine.scope);
        if (resolved.kind === "unknown") return { unknown: resolved.placeholder };
        const now = String(resolved.value);
        return branches.some((branch) => branch.choice === now) ? { now } : { unfit: noBranch(now) };
      },
      effect: (value) => ({ runs: bodies((one) => one === value), leaves: bodies((one) => one !== value) }),
    });
    // an edit may have taken it away since
    if (first && !branches.some((branch) => branch.choice === choice))
      throw await failAt(engine, first, first.id, noBranch(String(choice)));
    for (const branch of branches) {
      if (branch.choice === choice) await runBlocks(engine, branch.body, passes);
      else await skipAll(engine, branch.body, passes, failingWords(branch.condition));
    }
  },
  repeat: runRepeat,
  guard: async (engine, { id }) => engine.guards.reach(id),
  note: nothing,
  caution: nothing,
  prose: nothing,
  table: nothing,
  quoted: nothing,
} as const satisfies BlockRunners;

function runBlock(engine: Engine, block: PlanBlock, passes: string): Promise<void> {
  const run = runners[block.block] as (engine: Engine, block: PlanBlock, passes: string) => Promise<void>;
  return run(engine, block, passes);
}

/** What must hold first; once it did, it is not asked again. */
export async function runRequires(
  engine: Engine,
  requires: readonly PlanStep[],
  section: string,
  passes: string,
): Promise<void> {
  if (requires.length === 0) return;
  if (engine.state.entered.has(section)) {
    // but for one that somebody decided to run again
    const again = requires.filter(({ id }) => engine.state.steps.get(id + passes)?.reopened);
    await runBlocks(engine, again, passes);
    return passBy(engine, requires, passes);
  }
  await runBlocks(engine, requires, passes);
  await engine.recorder.record({ type: "section-entered", section });
}

/** A repeat ends the ranges that end in it, once the last pass of the outermost is over. */
async function passBy(engine: Engine, steps: readonly PlanStep[], passes: string): Promise<void> {
  if (passes === "") for (const step of steps) await engine.guards.release(step);
}

function conditionNow(
  { scope }: Engine,
  condition: PlanCondition,
): { readonly now: boolean } | { readonly unknown: string } {
  const now = evaluateCondition(condition, scope);
  return now === undefined ? { unknown: condition.words } : { now };
}

async function runRepeat(engine: Engine, block: PlanRepeat, passes: string): Promise<void> {
  const { id, number, limit, everySeconds, until, body } = block;
  const steps = stepsIn(body);
  const last = steps.at(-1) as PlanStep;
  // whoever resumes a repeat that reached its limit gives it as many passes again
  const limitKey = `${id}${passes}:limit`;
  const given = Number(engine.state.decided.get(limitKey)?.value ?? 0) + limit;
  for (let pass = 1; pass <= given; pass += 1) {
    const inner = `${passes}[${pass}]`;
    const begun = steps.some((step) => engine.state.steps.has(step.id + inner));
    if (pass > 1 && !begun) await pause(everySeconds, engine.endIdle);
    await runBlocks(engine, body, inner);
    await requireAlive(engine, id);
    await engine.backgrounds.end(id, true);
    const isSo = await decide(engine, {
      key: id + inner,
      number: number + inner,
      title: `until ${until.words}`,
      words: () => until.words,
      passes: inner,
      place: last,
      value: () => conditionNow(engine, until),
      effect: (value) => ({ remark: value === true ? "no further pass would follow" : "another pass would follow" }),
    });
    if (isSo === true) return passBy(engine, steps, passes);
  }
  const message = `after ${given} passes it is still not so that ${until.words}`;
  await engine.recorder.record({ type: "decided", key: limitKey, value: String(given), words: message });
  throw await failAt(engine, last, `${last.id}${passes}[${given}]`, message);
}

/** The first step of the body and how deep in the conditions around it; conditions that begin at one step differ in that. */
function whenKey({ condition, body }: Extract<PlanBlock, { readonly block: "when" }>): string {
  const first = stepsIn(body)[0];
  // by all that it says: the same words may name outputs of different steps
  const whole = JSON.stringify(condition);
  const depth = first?.conditions.findIndex((around) => JSON.stringify(around) === whole) ?? 0;
  return `when:${first?.id ?? ""}${depth > 0 ? `:${depth + 1}` : ""}`;
}

/** Steps that will not run stand in the journal too, with the reason. */
async function skipAll(engine: Engine, blocks: readonly PlanBlock[], passes: string, remark: string): Promise<void> {
  for (const block of blocks) {
    if (block.block === "step" && mayBeLeftOut(engine.state.steps.get(block.id + passes)))
      await engine.recorder.record({
        type: "finished",
        step: block.id + passes,
        attempt: engine.state.steps.get(block.id + passes)?.attempts ?? 0,
        outcome: "skipped",
        seconds: 0,
        remark,
      });
    if (block.block === "step") await passBy(engine, [block], passes);
    await skipAll(engine, childrenOf(block), passes, remark);
  }
}

/** What is done, and a write of which nobody knows what became, stands as it is. */
function mayBeLeftOut(record: StepRecord | undefined): boolean {
  if (record === undefined || record.reopened) return true;
  return record.outcome === "failed" || record.outcome === "not-started";
}

/** One that runs beside the steps until here, and has ended by itself, has failed: also during the last of them. */
export async function requireAlive(engine: Engine, section?: string): Promise<void> {
  const lost = engine.backgrounds.lost(section);
  if (lost) throw await failFor(engine, lost.step, lost.key, lost.message);
}
