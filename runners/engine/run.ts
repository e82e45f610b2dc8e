import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { requireParameters } from "../../dsl/params/resolve-parameters.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import { requireMaskable } from "../attempts/secret-forms.ts";
import { changesBetween } from "../changes/changes-between.ts";
import type { CreatedEvent, ResumedEvent, StepChange } from "../events/run-event.ts";
import { type Admission, admitRun } from "../policy/admit-run.ts";
import type { ResumeOptions, Run, RunOptions } from "../run-options.ts";
import { openRunStore } from "../store/run-store.ts";
import { conduct, conductRollback } from "./conduct.ts";
import { thisActor } from "./create-engine.ts";
import { decideChanges, requireKept, stepsToRunAgain } from "./decide-changes.ts";
import { decidePlace } from "./decide-place.ts";
import type { Engine } from "./engine.ts";
import { isHalt } from "./halt.ts";
import { type Launched, launch } from "./launch.ts";
import { type PlanFile, readPlan, writePlan } from "./plan-file.ts";
import { respondTo } from "./respond.ts";
import type { RunState } from "./run-state.ts";
import { openSession, runEnded, type Session } from "./session.ts";
import { lockstepVersion } from "./version.ts";
import { voidApprovals } from "./void-approvals.ts";

/**
 * Runs a plan. The run is journaled under `.lockstep/runs/` of the root, and can be resumed after whatever happens.
 *
 * @throws LockstepError through `result`: `missing-parameter`, `deadline-missing`, `signers-missing`, `disk-failed`, `run-held`.
 * @example
 * const deployment = run(plan, { root: process.cwd() });
 * for await (const event of deployment) if (event.type === "finished") console.log(event.step, event.outcome);
 * const { exitCode } = await deployment.result;
 */
export function run(plan: Plan, options: RunOptions): Run {
  return launch(async ({ emit, attach }) => {
    requireParameters(plan);
    requireMaskable(options.secrets ?? {});
    await admitRun(plan, admissionOf(options, "run"));
    const folder = await openRunStore(options.root).create();
    const file = await writePlan(folder, plan);
    const session = await openSession(folder, options, emit);
    try {
      await session.recorder.record(createdEvent(plan, file, options, session));
      const engine = session.engineFor(plan);
      attach(engine);
      return { run: folder.id, ...(await conduct(engine)) };
    } finally {
      await session.close();
    }
  });
}

/**
 * Goes on with a run where its journal ends.
 *
 * @throws LockstepError through `result`: `unknown-run`, `run-ended`, `run-held`, `journal-damaged`, `unknown-step`, `deadline-missing`, `signers-missing`.
 */
export function resume(options: ResumeOptions): Run {
  return launch((launched) =>
    withRun(options, launched, async (session, engine, changes, before) => {
      const { folder } = session;
      if (engine.state.ended) throw runEnded(folder);
      await admitRun(engine.plan, admissionOf(options, "resume", engine.state));
      const again = stepsToRunAgain(engine, options.again ?? []);
      if (options.acceptChanges) requireKept(changes, again);
      await session.recorder.record(resumedEvent(engine, options, "go-on"));
      try {
        await decidePlace(engine, options);
        await decideChanges(engine, { before, changes, again }, options);
        // before a new plan counts, so that no kill between the two leaves an approval of the old one
        await voidApprovals(engine, before);
        if (before.digest !== engine.plan.digest) await recordPlan(engine, options);
      } catch (error) {
        if (!isHalt(error)) throw error;
        return { run: folder.id, ...(await respondTo(engine, error.reason)) };
      }
      return { run: folder.id, ...(await conduct(engine)) };
    }),
  );
}

/**
 * Undoes what a run did, newest first, by what its journal recorded; also of a run that is over.
 *
 * @throws LockstepError through `result`: `unknown-run`, `run-held`, `journal-damaged`.
 */
export function rollback(options: ResumeOptions): Run {
  return launch((launched) =>
    withRun(options, launched, async (session, engine) => {
      await admitRun(engine.plan, admissionOf(options, "rollback", engine.state));
      const { user } = engine.by;
      await session.recorder.record(resumedEvent(engine, options, "rollback"));
      try {
        await decidePlace(engine, options);
      } catch (error) {
        if (!isHalt(error)) throw error;
        return { run: session.folder.id, ...(await respondTo(engine, error.reason)) };
      }
      return { run: session.folder.id, ...(await conductRollback(engine, `${user} asked for it`)) };
    }),
  );
}

function admissionOf(options: RunOptions, purpose: Admission["purpose"], state?: RunState): Admission {
  const { root, signers, vouched, prompter, mode = "auto", clock, by = thisActor() } = options;
  return {
    purpose,
    root,
    signers,
    isAttended: prompter !== undefined && mode !== "auto",
    isVouched: vouched === true || prompter?.by !== undefined,
    operators: new Set([...(state?.operators ?? []), by.user]),
    now: clock?.now() ?? new Date(),
    ...(state === undefined ? {} : { progress: state }),
  };
}

async function withRun<T>(
  options: ResumeOptions,
  { emit, attach }: Launched,
  work: (session: Session, engine: Engine, changes: readonly StepChange[], before: Plan) => Promise<T>,
): Promise<T> {
  const folder = await openRunStore(options.root).find(options.run);
  const session = await openSession(folder, options, emit);
  try {
    const before = await readPlan(folder, lastPlan(session));
    const plan = options.plan ?? before;
    const changes = options.plan ? changesBetween(before, plan, session.recorder.state) : [];
    const engine = session.engineFor(plan);
    attach(engine);
    return await work(session, engine, changes, before);
  } finally {
    await session.close();
  }
}

/** From here on the run goes by this plan, also where only words differ. */
async function recordPlan(engine: Engine, { place }: RunOptions): Promise<void> {
  await engine.recorder.record({
    type: "plan-changed",
    plan: await writePlan(engine.folder, engine.plan),
    planDigest: engine.plan.digest,
    ...(place === undefined ? {} : { place }),
  });
}

/** The plan that counts: that of the beginning, or the last one that was accepted. */
function lastPlan({ history, folder }: Session): PlanFile {
  const named = history.flatMap((event) =>
    event.type === "created" || event.type === "plan-changed" ? [event.plan] : [],
  );
  const last = named.at(-1);
  if (last) return last;
  throw new LockstepError({
    code: "unknown-run",
    message: `run ${folder.id} was ended before it was recorded: nothing of it has begun`,
    hint: "Start it anew",
  });
}

function createdEvent(plan: Plan, file: PlanFile, options: RunOptions, { folder, clock }: Session): CreatedEvent {
  const { title, source, environment, runbookDigest, digest, parameters } = plan;
  return {
    type: "created",
    run: folder.id,
    runbook: { id: plan.id, title, ...(source === undefined ? {} : { source }) },
    mode: options.mode ?? "auto",
    plan: file,
    runbookDigest,
    planDigest: digest,
    ...(environment === undefined ? {} : { environment }),
    values: Object.fromEntries(parameters.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
    secrets: parameters.flatMap(({ name, declaration }) => (declaration.type === "secret" ? [name] : [])),
    by: options.by ?? thisActor(),
    cwd: options.root,
    ...(options.place === undefined ? {} : { place: options.place }),
    boot: clock.boot,
    lockstep: lockstepVersion,
  };
}

function resumedEvent({ plan, clock }: Engine, options: ResumeOptions, purpose: ResumedEvent["purpose"]): ResumedEvent {
  return {
    type: "resumed",
    mode: options.mode ?? "auto",
    by: options.by ?? thisActor(),
    runbookDigest: plan.runbookDigest,
    planDigest: plan.digest,
    purpose,
    boot: clock.boot,
  };
}
