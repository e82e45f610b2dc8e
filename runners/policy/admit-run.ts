import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { lacksValue } from "../../dsl/plan/lacks-value.ts";
import type { Plan, PlanEnvironment, PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { windowWords } from "../../dsl/policy/policy-words.ts";
import { isOpen } from "../../dsl/policy/time-window.ts";
import { requireDeadlines } from "../engine/require-deadlines.ts";
import { type RunProgress, stepsThatMayAsk } from "../engine/steps-that-may-ask.ts";
import { type KnownPeople, requireSigners } from "../identity/require-signers.ts";
import { checkCluster } from "./check-cluster.ts";
import { opensAt } from "./window-words.ts";

/** What decides whether a run may begin, or go on. */
export interface Admission extends KnownPeople {
  /**
   * A resume goes on in the middle, where each destructive step is judged when it would start; a rollback is never
   * held up, except on another cluster; nor is a dry run that runs the reads.
   */
  readonly purpose: "run" | "resume" | "rollback" | "reads";
  readonly root: string;
  /** Somebody answers its questions. */
  readonly isAttended: boolean;
  readonly now: Date;
  /** What it has come to so far. */
  readonly progress?: RunProgress;
}

/** The environment whose values a plan has. */
export function environmentOf({ environment, environments }: Plan): PlanEnvironment | undefined {
  return environments.find(({ id }) => id === environment);
}

/**
 * Refuses, before anything is created, asked or runs, what the policy of the plan's environment forbids, and what could
 * not be answered in the middle of it. What a policy says of the steps themselves was refused when the plan was
 * compiled. A plan that lacks values is judged as far as they do not matter.
 *
 * @throws LockstepError `environment-missing`, `unattended-forbidden`, `deadline-missing`, `signers-missing`,
 * `window-closed`, `wrong-cluster`
 */
export async function admitRun(plan: Plan, admission: Admission): Promise<void> {
  const { purpose, isAttended, now, root } = admission;
  if (purpose === "run") requireEnvironment(plan);
  const environment = environmentOf(plan);
  if (purpose === "run" || purpose === "resume") {
    if (environment?.policy?.unattended === false && !isAttended) throw unattended(environment);
    const steps = stepsThatMayAsk(plan, admission.progress).filter((step) => !lacksValue(plan, step.conditions));
    if (!isAttended) requireDeadlines(steps);
    await requireSigners(steps, admission);
  }
  if (purpose === "run" && environment) requireOpen(plan, environment, now);
  if (environment) await checkCluster(plan, environment, root);
}

/** A policy that is avoided by leaving the environment out would be none. */
function requireEnvironment({ id, environment, environments }: Plan): void {
  const strict = environments.filter(({ policy }) => policy !== undefined);
  if (environment !== undefined || strict.length === 0) return;
  throw new LockstepError({
    code: "environment-missing",
    message: `${id} must know its environment, since ${strict.map((one) => one.id).join(" and ")} ${strict.length === 1 ? "has" : "have"} a policy`,
    hint: `Add ${environments.map((one) => `--env ${one.id}`).join(", or ")}`,
  });
}

function unattended({ id }: PlanEnvironment): LockstepError {
  return new LockstepError({
    code: "unattended-forbidden",
    message: `the policy of ${id} forbids unattended runs`,
    hint: "Run it in a terminal, without --auto",
  });
}

function requireOpen(plan: Plan, { id, policy }: PlanEnvironment, now: Date): void {
  const window = policy?.destructive;
  const first = stepsOf(plan).find((step) => step.effect === "destructive" && mayRun(plan, step));
  if (!window || !first || isOpen(window, now)) return;
  throw new LockstepError({
    code: "window-closed",
    message: `${first.number} ${first.id} is destructive, and the policy of ${id} lets destructive steps start only ${windowWords(window)}`,
    hint: `It opens ${opensAt(window, now)}; --dry-run shows the steps at any time`,
  });
}

/** Whatever the values are that it lacks. */
function mayRun(plan: Plan, { skipped, conditions }: PlanStep): boolean {
  return skipped === undefined && !lacksValue(plan, conditions);
}
