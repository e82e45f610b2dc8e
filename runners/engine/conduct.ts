import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { guardsOf } from "../../dsl/plan/walk-plan.ts";
import { furthestGuard } from "../guards/guard-keeper.ts";
import { askPlace } from "../rollback/run-undo-action.ts";
import type { RunResult } from "../run-options.ts";
import { ask, followLeftDecision } from "./ask.ts";
import type { Engine } from "./engine.ts";
import { isHalt } from "./halt.ts";
import { noteMissingTools } from "./missing-tools.ts";
import { answer, continueResponse, end, respondTo, stop } from "./respond.ts";
import { requireAlive, runBlocks, runRequires } from "./run-blocks.ts";

type Ending = Omit<RunResult, "run">;

/** Runs a plan from where its journal stands to its end, or to where it halts. */
export function conduct(engine: Engine): Promise<Ending> {
  return guarded(engine, async () => {
    const continued = await continueResponse(engine);
    if (continued) return continued;
    const tripped = await answerTrip(engine);
    if (tripped) return tripped;
    followLeftDecision(engine);
    const { plan } = engine;
    await noteMissingTools(engine);
    await runRequires(engine, plan.requires, "", "");
    await runBlocks(engine, plan.body, "");
    await requireAlive(engine);
    await engine.guards.finish();
    return end(engine, "ok");
  });
}

/** Undoes all that a run did. */
export function conductRollback(engine: Engine, why: string): Promise<Ending> {
  return guarded(engine, () => answer(engine, "", { kind: "rollback" }, { scope: "all" }, why));
}

async function guarded(engine: Engine, run: () => Promise<Ending>): Promise<Ending> {
  try {
    return await run();
  } catch (error) {
    if (isHalt(error)) return guarded(engine, () => respondTo(engine, error.reason));
    if (error instanceof LockstepError && error.code === "missing-parameter")
      return stop(engine, { reason: "failed", exitCode: 1, message: error.message });
    await recordDisk(engine, error);
    // nothing goes on behind the back of whoever gets the error
    await engine.guards.stop().catch(() => {});
    await engine.backgrounds.end("all", false).catch(() => {});
    throw error;
  }
}

/** A trip is latched: what it leads to is done before anything else, whoever died meanwhile. */
async function answerTrip(engine: Engine): Promise<Ending | undefined> {
  const tripped = guardsOf(engine.plan).filter(({ id }) => engine.state.guards.get(id)?.state === "tripped");
  const acts = furthestGuard(tripped);
  if (acts) return respondTo(engine, { kind: "tripped", guard: acts.id });
  for (const guard of tripped) {
    const place = askPlace({ id: guard.id, number: guard.id, title: guard.title.text });
    const remark = engine.state.guards.get(guard.id)?.why ?? "it tripped";
    const question = {
      kind: "tripped",
      step: guard.id,
      number: guard.id,
      title: engine.text(guard.title),
      remark,
    } as const;
    const { answer: said, by } = await ask(engine, place, question, engine.endIdle);
    if (said.say === "arm")
      await engine.recorder.record({ type: "guard-armed", guard: guard.id, why: said.reason, by });
  }
  return undefined;
}

/** On a full disk the reserve takes the last event; what cannot be written at all is told only. */
async function recordDisk(engine: Engine, error: unknown): Promise<void> {
  if (!(error instanceof LockstepError) || error.code !== "disk-failed") return;
  await stop(engine, { reason: "disk", exitCode: 1, message: error.message }).catch(() => {});
}
