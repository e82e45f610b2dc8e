import type { PlanOutput } from "../../dsl/plan/plan.ts";
import type { Answer, Question } from "../questions/question.ts";
import type { Engine } from "./engine.ts";

type Given = Readonly<Record<string, string>>;

/**
 * An answer without the secrets that a person typed into it. What it was chosen from stands in the runbook, and stays: it
 * decides what runs.
 */
export function maskTyped({ recorder }: Pick<Engine, "recorder">, question: Question, typed: Answer): Answer {
  // its reason, and how it was seen
  const answer = recorder.masked(typed);
  const mask = (given: Given, asked: readonly PlanOutput[]): Given => {
    const isChosen = (name: string): boolean =>
      asked.some(
        ({ name: other, capture }) => other === name && capture.kind === "answer" && capture.choices !== undefined,
      );
    return Object.fromEntries(
      Object.entries(given).map(([name, text]) => [name, isChosen(name) ? text : recorder.masked({ text }).text]),
    );
  };
  if (answer.say === "done" && question.kind === "manual") return { ...answer, asks: mask(answer.asks, question.asks) };
  if (answer.say === "there" && question.kind === "unknown" && answer.outputs)
    return { ...answer, outputs: mask(answer.outputs, question.gives) };
  return answer;
}
