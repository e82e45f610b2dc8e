import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Plan, PlanEnvironment } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { windowWords } from "../../dsl/policy/policy-words.ts";
import { isOpen } from "../../dsl/policy/time-window.ts";
import type { RunOptions } from "../run-options.ts";
import { checkCluster } from "./check-cluster.ts";
import { opensAt } from "./window-words.ts";

/** The environment whose values a plan has. */
export function environmentOf({ environment, environments }: Plan): PlanEnvironment | undefined {
  return environments.find(({ id }) => id === environment);
}

/**
 * Refuses, before anything is created or runs, what the policy of the plan's environment forbids. What a policy says
 * of the steps themselves was refused when the plan was compiled.
 *
 * @param purpose A resume goes on in the middle, where each destructive step is judged when it would start; a
 * rollback is never held up, except on another cluster.
 * @throws LockstepError `environment-missing`, `unattended-forbidden`, `window-closed`, `wrong-cluster`
 */
export async function admitRun(
  plan: Plan,
  options: Pick<RunOptions, "mode" | "prompter" | "clock" | "root">,
  purpose: "run" | "resume" | "rollback",
): Promise<void> {
  if (purpose === "run") requireEnvironment(plan);
  const environment = environmentOf(plan);
  const policy = environment?.policy;
  if (!environment || !policy) return;
  const isAttended = options.prompter !== undefined && (options.mode ?? "auto") !== "auto";
  if (policy.unattended === false && !isAttended && purpose !== "rollback") throw unattended(environment);
  if (purpose === "run") requireOpen(plan, environment, options.clock?.now() ?? new Date());
  await checkCluster(plan, environment, options.root);
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
    hint: "Leave --auto out, and run it in a terminal",
  });
}

function requireOpen(plan: Plan, { id, policy }: PlanEnvironment, now: Date): void {
  const window = policy?.destructive;
  const first = stepsOf(plan).find(({ effect, skipped }) => effect === "destructive" && skipped === undefined);
  if (!window || !first || isOpen(window, now)) return;
  throw new LockstepError({
    code: "window-closed",
    message: `${first.number} ${first.id} is destructive, and the policy of ${id} lets destructive steps start only ${windowWords(window)}`,
    hint: `It opens ${opensAt(window, now)}; --dry-run shows the steps at any time`,
  });
}
