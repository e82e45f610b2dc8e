import type { StepChange } from "../../runners/events/run-event.ts";
import { inertCommand } from "./inert-text.ts";

/** What a changed step no longer says (`-`), and what it says now (`+`). */
export function differingLines({ before = "", after = "" }: StepChange): readonly (readonly ["-" | "+", string])[] {
  const old = before.split("\n").filter((line) => line !== "");
  const now = after.split("\n").filter((line) => line !== "");
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => ["-", inertCommand(line)] as const),
    ...now.filter((line) => !old.includes(line)).map((line) => ["+", inertCommand(line)] as const),
  ];
}
