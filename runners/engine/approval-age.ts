import { formatDuration } from "../../dsl/values/format-duration.ts";
import type { Engine } from "./engine.ts";
import type { GivenAnswer, RunState } from "./run-state.ts";

/** What is asked for may hold for some time only. */
export interface Terms {
  readonly validForSeconds?: number;
}

/** Every yes to one question about an approval, in order. */
export function yesTo({ answers }: RunState, step: string, question: string): readonly GivenAnswer[] {
  return (answers.get(step) ?? []).filter((given) => given.question === question && given.answer.say === "approve");
}

/** An approval is as old as its first yes, and that one as what was sent: while it waits to be read it grows old too. */
export function hasExpired(
  { secondsSince }: Pick<Engine, "secondsSince">,
  { validForSeconds }: Terms,
  [first]: readonly GivenAnswer[],
): boolean {
  if (validForSeconds === undefined || first === undefined) return false;
  return first.waitedSeconds + secondsSince(first.at, first.at.boot) > validForSeconds;
}

/** "holds for 30m 00s". */
export function validityWords({ validForSeconds = 0 }: Terms): string {
  return `holds for ${formatDuration(validForSeconds)}`;
}
