import type { PlanStep } from "../../dsl/plan/plan.ts";
import type { Engine } from "./engine.ts";
import { runStep } from "./run-step.ts";

/** Each step starts when what it needs is done. When one fails its siblings finish, and nothing new starts. */
export async function runParallel(engine: Engine, steps: readonly PlanStep[], passes: string): Promise<void> {
  const done = new Map<string, Promise<boolean>>();
  let failure: { readonly error: unknown } | undefined;
  for (const step of steps) {
    const needs = step.needs.map((id) => done.get(id) ?? Promise.resolve(true));
    done.set(step.id, runWhenReady(step, needs));
  }
  await Promise.all(done.values());
  if (failure) throw failure.error;

  async function runWhenReady(step: PlanStep, needs: readonly Promise<boolean>[]): Promise<boolean> {
    const ready = await Promise.all(needs);
    if (failure || ready.includes(false)) return false;
    try {
      await runStep(engine, step, passes);
      return true;
    } catch (error) {
      failure ??= { error };
      return false;
    }
  }
}
