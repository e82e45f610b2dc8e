import type { PlanStep } from "../../dsl/plan/plan.ts";
import { windowWords } from "../../dsl/policy/policy-words.ts";
import { isOpen } from "../../dsl/policy/time-window.ts";
import { ask } from "../engine/ask.ts";
import type { Engine } from "../engine/engine.ts";
import { environmentOf } from "./admit-run.ts";
import { opensAt } from "./window-words.ts";

/**
 * A destructive step starts only while the window of its environment is open. Outside of it a person is asked, who may
 * look again or let it start with a reason; where nobody is, the run is suspended. An undo, and what answers a
 * failure, is never held up.
 *
 * @throws Halt when nobody answers here, or says stop.
 */
export async function passWindow(engine: Engine, step: PlanStep, key: string): Promise<void> {
  const environment = environmentOf(engine.plan);
  const window = environment?.policy?.destructive;
  if (!window || step.effect !== "destructive" || engine.state.response !== undefined) return;
  for (;;) {
    const now = engine.clock.now();
    if (isOpen(window, now)) return;
    const question = {
      kind: "closed",
      step: key,
      number: step.number,
      title: engine.text(step.title),
      remark: `destructive steps of ${environment.id} start only ${windowWords(window)}; it opens ${opensAt(window, now)}`,
    } as const;
    const { answer } = await ask(
      engine,
      step,
      question,
      AbortSignal.any([engine.endIdle, engine.guards.signalFor(step)]),
    );
    if (answer.say === "overrule") return;
  }
}
