import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import type { Admission } from "../../runners/policy/admit-run.ts";
import type { RecordedRun } from "../history/run-reader.ts";
import type { ProjectSettings } from "../loading/config-loader.ts";
import { signersOf } from "../loading/project-signers.ts";

export interface AdmitOptions {
  readonly purpose: Admission["purpose"];
  readonly root: string;
  readonly settings: Pick<ProjectSettings, "approvals">;
  readonly isAttended: boolean;
  /** What was recorded of it so far. */
  readonly recorded?: RecordedRun;
}

/**
 * Refuses what the run itself would refuse, before anybody is asked for a value and before a secret is fetched.
 *
 * @throws {LockstepError} What `admitRun` throws.
 */
export async function admit(plan: Plan, options: AdmitOptions): Promise<void> {
  const { recorded, isAttended, purpose, root } = options;
  const { admitRun } = await import("../../runners/policy/admit-run.ts");
  const { readState } = await import("../../runners/engine/read-state.ts");
  const progress = recorded && readState(recorded.events);
  return admitRun(plan, {
    purpose,
    root,
    isAttended,
    now: new Date(),
    ...(progress === undefined ? {} : { progress }),
    ...(await knownPeople(options, progress?.operators)),
  });
}

/** Who can be told apart by what the project says; nobody vouches for who is at a terminal. */
async function knownPeople(
  { root, settings }: Pick<AdmitOptions, "root" | "settings">,
  operators: Iterable<string> = [],
): Promise<Pick<Admission, "signers" | "operators" | "isVouched">> {
  const { thisActor } = await import("../../runners/engine/create-engine.ts");
  const { signers } = signersOf(root, settings);
  return { signers, isVouched: false, operators: new Set([...operators, thisActor().user]) };
}

/** Why nobody could answer what it asks, in words; undefined if somebody can. A dry run says it, and goes on. */
export async function refusalOf(
  plan: Plan,
  options: Pick<AdmitOptions, "root" | "settings">,
): Promise<string | undefined> {
  const { requireSigners } = await import("../../runners/identity/require-signers.ts");
  const { stepsThatMayAsk } = await import("../../runners/engine/steps-that-may-ask.ts");
  try {
    await requireSigners(stepsThatMayAsk(plan), await knownPeople(options));
    return undefined;
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    return `${error.message}. ${error.hint}`;
  }
}
