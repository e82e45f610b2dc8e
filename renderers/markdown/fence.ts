import type { PageCode } from "../page/page.ts";
import { visibleCode } from "../safety/clean-text.ts";
import { longestRun } from "./code-span.ts";

/** A block that holds exactly these characters, between fences longer than any run of backticks in it. */
export function fencedBlock({ language, text }: PageCode): string {
  const marks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${marks}${language}\n${visibleCode(text).text}\n${marks}`;
}
