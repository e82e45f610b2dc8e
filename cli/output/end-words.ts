import type { FinishedEvent, Outcome } from "../../runners/events/run-event.ts";

/** The word for how it ended, and its remark; what had begun and is not done has no other word than how far it came. */
export function endWords({ outcome, remark, begun }: Pick<FinishedEvent, "outcome" | "remark" | "begun">): {
  readonly word: string;
  readonly remark: string | undefined;
} {
  if (!begun || remark === undefined) return { word: outcomeWord(outcome), remark };
  const [word = "", ...rest] = remark.split(" ");
  return { word, remark: rest.join(" ") };
}

/** The words of the vocabulary. */
export function outcomeWord(outcome: Outcome): string {
  if (outcome === "overruled") return "ok (overruled)";
  return outcome === "not-started" ? "not started" : outcome;
}
