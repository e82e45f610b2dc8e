import { resolveOperand } from "../../dsl/plan/resolve-operand.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import type { Engine } from "../engine/engine.ts";
import { pause } from "../engine/pause.ts";
import type { Attempt, AttemptResult } from "./executor.ts";

/** Seconds between two looks at the clock. */
const tickSeconds = 0.25;
/** Seconds that count as watched between two looks, at most. */
const mostAtOnce = 2;
/** Seconds between two entries in the journal; what a kill -9 can make it wait again, at most. */
const checkpointSeconds = 2;

/**
 * Lets time pass. Outside a guard's range it is over when enough time has passed since its start, whoever ran meanwhile;
 * inside one only time that was watched counts.
 */
export async function executeWait(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { step, key, signal } = attempt;
  if (step.action.kind !== "wait") throw new TypeError("not a wait");
  const resolved = resolveOperand(step.action.seconds, engine.scope);
  if (resolved.kind === "unknown")
    return {
      kind: "failed",
      remark: `the length of the wait is not known: ${resolved.placeholder}`,
      overrulable: false,
    };
  const of = Number(resolved.value);
  let watched = engine.state.waited.get(key) ?? 0;
  let journaled = watched;
  const begun = engine.clock.mono();
  const passedBefore = passed(engine, key);
  let before = begun;
  let shown = -1;
  for (;;) {
    // within this boot by the monotonic clock, whatever the wall clock said or will say
    const done = engine.guards.watchesOver(step) ? watched : passedBefore + (engine.clock.mono() - begun) / 1000;
    if (done >= of) break;
    if (signal.aborted) {
      await checkpoint(engine, key, Math.min(done, of), of);
      return { kind: "ended", remark: `left after ${formatDuration(Math.round(done))} of ${formatDuration(of)}` };
    }
    const remaining = of - done;
    if (Math.ceil(remaining) !== shown) engine.recorder.show({ type: "tick", step: key, remaining, of });
    shown = Math.ceil(remaining);
    await pause(Math.min(tickSeconds, remaining), signal);
    const now = engine.clock.mono();
    // a lockstep that was held up itself has not watched meanwhile
    if (engine.guards.watching(step)) watched += Math.min((now - before) / 1000, mostAtOnce);
    before = now;
    if (watched - journaled >= checkpointSeconds) {
      await checkpoint(engine, key, watched, of);
      journaled = watched;
    }
  }
  await checkpoint(engine, key, of, of);
  return { kind: "done", exitCode: 0 };
}

/** Until it was taken up here. */
function passed(engine: Engine, key: string): number {
  const record = engine.state.steps.get(key);
  return record ? engine.secondsSince(record.since, record.since.boot) : 0;
}

function checkpoint(engine: Engine, step: string, seconds: number, of: number): Promise<void> {
  return engine.recorder.record(
    { type: "waited", step, seconds: Math.round(seconds * 1000) / 1000, of },
    { sync: false },
  );
}
