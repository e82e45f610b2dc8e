import * as assert from "uvu/assert";
import type { LockstepTerminal } from "../../../support/lockstep-terminal.ts";

/** What only a live region shows: none of it may be left behind in the record. */
const live = [
  /^(?:r run|r start|c caution read|a approve|d done|\d of \d) ·/,
  /^(?:n note ·|Open: |All hold\.)/,
  /^guard to /,
  /left of .*, (?:ends|stands still)/,
  /bottom 0, top the alert$/,
  /^> /,
  /^(?:To|Leave\?|Ctrl-C again) /,
  /^\S+ running \d/,
];

/**
 * The record of a session that has ended: no line of the live region is left, none is lost or stands twice, and the
 * cursor stands in view below it.
 *
 * @param history The end lines, by mark and number, in order.
 */
export function assertRecordOf(window: LockstepTerminal, history: readonly string[]): void {
  const lines = window.text().split("\n");
  assert.equal(
    lines.filter((line) => live.some((pattern) => pattern.test(line))).filter((line) => !isTableOfRecord(line)),
    [],
    "left behind",
  );
  assert.equal(
    lines.flatMap((line) => /^([✓✗–↺] [\d., –]+)\b(?=[a-z ])/.exec(line)?.[1]?.trim() ?? []),
    history,
    window.text(),
  );
  assert.not.match(window.text(), /\n\n\n/, "two empty lines");
  const heads = lines.filter((line) => /^\d+\.\d+ {2}/.test(line));
  assert.equal(heads, [...new Set(heads)], "a step's head stands twice");
  const { row, column, visible } = window.cursor();
  assert.ok(visible, "the cursor is hidden");
  assert.is(column, 0);
  assert.is(row, window.screen().split("\n").length, "the cursor does not stand right below the last line");
}

/** The record keeps the table of a wait, with the highest values in place of the last. */
function isTableOfRecord(line: string): boolean {
  return /^ +(?:highest|lowest|nearest) +alert/.test(line);
}
