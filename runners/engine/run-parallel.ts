import type { PlanStep } from "../../dsl/plan/plan.ts";
import type { Engine } from "./engine.ts";
import { runStep } from "./run-step.ts";

/** Each step starts when what it needs is done. When one fails its siblings finish, and nothing new starts. */
export async function runParallel(engine: Engine, steps: readonly PlanStep[], passes: string): Promise<void> {
  const done = new Map<string, Promise<boolean>>();
  const failed = new AbortController();
  for (const step of steps) {
    const needs = step.needs.map((id) => done.get(id) ?? Promise.resolve(true));
    done.set(step.id, runWhenReady(step, needs));
  }
  await Promise.all(done.values());
  failed.signal.throwIfAborted();

  async function runWhenReady(step: PlanStep, needs: readonly Promise<boolean>[]): Promise<boolean> {
    const ready = await Promise.all(needs);
    if (failed.signal.aborted || ready.includes(false)) return false;
    try {
      await runStep(engine, step, passes, failed.signal);
      return true;
    } catch (error) {
      // the first counts; its reason is what is thrown in the end
      failed.abort(error);
      return false;
    }
  }
}
