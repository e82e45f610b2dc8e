import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { hasExpired, validityWords, yesTo } from "./approval-age.ts";
import { approvalOver, coverDigest, coveredSteps, stepWith } from "./approval-cover.ts";
import type { Engine } from "./engine.ts";
import { voidApproval } from "./reopen.ts";
import { baseId, isDone, type RunState, type StepRecord } from "./run-state.ts";

/**
 * On a resume: an approval that was given is asked for again while something of what it covers is left to do, if that
 * has changed, if it holds no longer, or if who gave it runs the procedure now and must not.
 */
export async function voidApprovals(engine: Engine, before: Plan): Promise<void> {
  const { plan, state } = engine;
  for (const { approval, key } of givenApprovals(plan, state)) {
    if (coveredSteps(plan, approval.id).every((step) => isDone(state.steps.get(step.id)))) continue;
    const why =
      changeWords(engine, before, approval, key) ?? (state.rollback ? undefined : voidWords(engine, approval, key));
    if (why !== undefined) await voidApproval(engine, key, why);
  }
}

/**
 * Before the first step that an approval covers starts, it must still hold.
 *
 * @param run Asks for the approval anew.
 * @returns Whether it was asked for anew, so that time has passed.
 */
export async function renewApproval(
  engine: Engine,
  step: PlanStep,
  run: (approval: PlanStep, passes: string) => Promise<void>,
): Promise<boolean> {
  const approval = approvalOver(engine.plan, step.id);
  if (approval?.action.kind !== "approval" || approval.action.validForSeconds === undefined) return false;
  const running = renewals.get(engine)?.get(approval.id);
  if (running) return running.then(() => true);
  const record = givenApprovals(engine.plan, engine.state).find((given) => given.approval === approval);
  if (!record || isUsed(engine, approval, record.order)) return false;
  const why = voidWords(engine, approval, record.key);
  if (why === undefined) return false;
  const renewal = voidApproval(engine, record.key, why).then(() => run(approval, record.key.slice(approval.id.length)));
  const all = renewals.get(engine) ?? new Map();
  renewals.set(engine, all.set(approval.id, renewal));
  await renewal.finally(() => all.delete(approval.id));
  return true;
}

/** Steps that start beside each other wait for one answer. */
const renewals = new WeakMap<Engine, Map<string, Promise<void>>>();

function isUsed({ plan, state }: Engine, approval: PlanStep, order: number): boolean {
  return coveredSteps(plan, approval.id).some(({ id }) =>
    [...state.steps.values()].some((record) => baseId(record.key) === id && record.order > order),
  );
}

function changeWords({ plan, state }: Engine, before: Plan, approval: PlanStep, key: string): string | undefined {
  if (before.digest === plan.digest) return undefined;
  const isSame =
    state.steps.get(key)?.started.fingerprint === approval.fingerprint &&
    coverDigest(before, approval.id) === coverDigest(plan, approval.id);
  return isSame ? undefined : "what it approved has changed since";
}

function voidWords(engine: Engine, { action }: PlanStep, key: string): string | undefined {
  if (action.kind !== "approval") return undefined;
  const said = lastYes(engine.state, key);
  if (hasExpired(engine, action, said)) return `it was given too long ago, and ${validityWords(action)}`;
  const operator = action.secondPerson && said.find(({ by }) => engine.operators.has(by.user));
  return operator ? `${operator.by.user} approved it and runs this, and it takes somebody else` : undefined;
}

/** Every yes to the question that was answered last. */
function lastYes(state: RunState, key: string): ReturnType<typeof yesTo> {
  const last = state.answers.get(key)?.at(-1);
  return last === undefined ? [] : yesTo(state, key, last.question);
}

/** The approvals that count, each by its last pass. */
function givenApprovals(
  plan: Plan,
  state: RunState,
): readonly (Pick<StepRecord, "key" | "order"> & { readonly approval: PlanStep })[] {
  const given = [...state.steps.values()].filter(
    (record) => record.started.kind === "approval" && record.outcome === "ok" && isDone(record),
  );
  const last = new Map(given.map((record) => [baseId(record.key), record]));
  return [...last].flatMap(([id, { key, order }]) => {
    const approval = stepWith(plan, id);
    return approval === undefined ? [] : [{ approval, key, order }];
  });
}
