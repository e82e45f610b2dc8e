import { readHistory } from "../../cli/history/run-history.ts";
import type { TimedEvent } from "../../cli/history/run-reader.ts";
import { renderSummary } from "../../cli/output/run-summary.ts";
import { compile, is, type Plan, param, runbook, section, sh, step, undoBy, when } from "../../dsl/index.ts";

/** A run of two writes and four reads, of which the end is told. */
export const plan: Plan = compile(
  runbook(
    {
      id: "deploy",
      title: "Deploy",
      next: ["verify"],
      params: { version: param.string({}), extra: param.boolean({ default: false }) },
    },
    (p) => [
      section("prepare", "Prepare", [
        step("one", "Make one", sh`touch one`, { undo: sh`rm one` }),
        step("two", "Make two", sh`touch two`, { undo: undoBy("Remove two", sh`rm two`) }),
        when(is(p.extra, true), [step("three", "Look at it", sh.read`ls`)]),
      ]),
      section("check", "Check", [
        step("four", "Look", sh.read`ls`),
        step("five", "Look again", sh.read`ls`),
        step("six", "And again", sh.read`ls`),
      ]),
    ],
  ),
  { values: { version: "v1" } },
);

/** Times of the first and the last event. */
export const began = "2026-11-24T02:00:00.000Z";
export const ended = "2026-11-24T02:18:26.000Z";
export const done = { type: "ended", result: "ok", exitCode: 0 };
/** A step began, and ended. */
export const finished = (id: string, outcome: string, more: object = {}) => [
  {
    type: "started",
    step: id,
    id,
    title: `The step ${id}`,
    effect: ["one", "two"].includes(id) ? "write" : "read",
    attempt: 1,
  },
  { type: "finished", step: id, attempt: 1, outcome, seconds: 1, ...more },
];

/** The end of a run with these events. */
export function render(...events: readonly object[]): string {
  const timed = events.map((event) => ({ at: ended, ...event }) as TimedEvent);
  return renderSummary({ run: "7k3m", plan, history: readHistory(timed), began, ended });
}
