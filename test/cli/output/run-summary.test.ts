import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readHistory } from "../../../cli/history/run-history.ts";
import type { TimedEvent } from "../../../cli/history/run-reader.ts";
import { renderSummary } from "../../../cli/output/run-summary.ts";
import {
  compile,
  guard,
  measurement,
  minutes,
  onlyNumber,
  param,
  percent,
  runbook,
  section,
  sh,
  step,
  stop,
} from "../../../dsl/index.ts";
import { began, done, ended, finished, plan, render } from "../../support/summary-fixture.ts";

const summary = suite("the end of a run");

const errors = measurement("errors", "Error rate", {
  measures: "errors",
  unit: "%",
  query: sh.read`cat errors`,
  reading: onlyNumber,
});

summary("of a run in which every step is done", () => {
  const text = render(
    ...["one", "two", "four", "five", "six"].flatMap((id) => finished(id, "ok")),
    { type: "finished", step: "three", attempt: 0, outcome: "skipped", seconds: 0, remark: "extra is no" },
    { type: "ended", result: "ok", exitCode: 0 },
  );
  assert.is(
    text,
    `Done: Deploy
  run       7k3m, 18m 26s, exit code 0
  ok        5 of 6
  skipped   1.3 (extra is no)
Next
  lockstep report 7k3m > report.md    the record
  lockstep run verify
`,
  );
});

summary("of a run that failed: why, what did not run, how to go on or back", () => {
  const text = render(...finished("one", "ok"), ...finished("two", "failed", { remark: "exit code 1" }), {
    type: "stopped",
    reason: "failed",
    exitCode: 1,
    step: "two",
    message: "1.2 failed: exit code 1",
  });
  assert.is(
    text,
    `Failed: Deploy
  run       7k3m, 18m 26s, exit code 1
  why       1.2 failed: exit code 1
  ok        1 of 6
  failed    1.2 Make two (exit code 1)
  not run   2.1–2.3
Next
  lockstep resume 7k3m      go on
  lockstep rollback 7k3m    undo what ran
`,
  );
});

summary("of a run whose first check failed: the values that it was made with may be others", () => {
  const checking = compile(
    runbook(
      {
        id: "serve",
        title: "Serve",
        params: {
          version: param.string({}),
          port: param.integer({ default: 80 }),
          color: param.string({ default: "blue" }),
        },
        requires: (p) => [step("free", "Check the port", sh.read`nc -z localhost ${p.port}`)],
      },
      (p) => [
        step("one", "Make one", sh`touch one`, { undo: sh`rm one` }),
        step("two", "Look", sh.read`cat ${p.color}`),
      ],
    ),
    { values: { version: "v1" } },
  );
  const nextOf = (...events: readonly object[]): string => {
    const timed = events.map((event) => ({ at: ended, ...event }) as TimedEvent);
    const text = renderSummary({ run: "7k3m", plan: checking, history: readHistory(timed), began, ended });
    return text.slice(text.indexOf("Next\n"));
  };
  const stopped = (at: string) => ({ type: "stopped", reason: "failed", exitCode: 1, step: at, message: "failed" });
  assert.is(
    nextOf(...finished("free", "failed"), stopped("free")),
    `Next
  lockstep resume 7k3m    go on
  lockstep run serve -p version=... -p port=...    anew, with other values
`,
  );
  assert.not.match(
    nextOf(...finished("free", "ok"), ...finished("one", "ok"), ...finished("two", "failed"), stopped("two")),
    /anew/,
  );
});

summary("of a run that a guard took back: what was undone, and what is left", () => {
  const text = render(
    ...finished("one", "ok"),
    ...finished("two", "ok"),
    { type: "guard-tripped", guard: "g", why: "Error rate 3.4% is above 1%", during: "four" },
    { type: "rollback-started", why: "the guard tripped", steps: ["two"], scope: "since-guard", guard: "g" },
    { type: "finished", step: "two", attempt: 1, outcome: "undone", seconds: 1 },
    { type: "ended", result: "rolled-back", exitCode: 4 },
  );
  assert.match(
    text,
    /^Rolled back: Deploy\n {2}run {7}7k3m, 18m 26s, exit code 4\n {2}why {7}Error rate 3\.4% is above 1% at \d\d:18:26, in 2\.1\n {2}undone {4}1\.2 The step two, at \d\d:18:26\n {2}not run {3}2\.1–2\.3\n {2}left {6}what 1\.1 did\nNext\n/,
  );
  assert.match(
    text,
    /\n {2}lockstep rollback 7k3m +also undo what ran before \(1\.1\)\n {2}lockstep run deploy -p version=\.\.\. +anew, after a fix\n$/,
  );
});

summary("of a rollback that failed is never taken for one that did not", () => {
  const text = render(...finished("one", "ok"), {
    type: "stopped",
    reason: "rollback-failed",
    exitCode: 1,
    message: "Undo 1.1 failed",
  });
  assert.match(text, /^NOT ROLLED BACK: Deploy\n/);
  assert.match(text, /\n {2}lockstep rollback 7k3m {4}try again\n$/);
});

summary("says what the answer to a failure did", () => {
  const answering = compile(
    runbook({ id: "answering", title: "Answering" }, () => [
      step("one", "Look", sh.read`false`, {
        onFailure: [step("tell", "Tell the team", sh.read`true`), step("note", "Write it down", sh.read`true`)],
      }),
    ]),
  );
  const events = [
    ...finished("one", "failed", { remark: "exit code 1" }),
    { type: "response-started", owner: "one", why: "1 failed: exit code 1" },
    ...finished("tell", "ok"),
    ...finished("note", "skipped"),
    { type: "ended", result: "answered", exitCode: 4, message: "1 failed: exit code 1" },
  ];
  const timed = events.map((event) => ({ at: ended, ...event }) as TimedEvent);
  const text = renderSummary({ run: "7k3m", plan: answering, history: readHistory(timed), began, ended });
  assert.match(text, /^Failed, and answered: Answering\n/);
  assert.match(text, /\n {2}answer {4}\S+ Tell the team ok, \S+ Write it down skipped\n/);
});

summary("says once where somebody stopped", () => {
  const text = render({
    type: "stopped",
    reason: "declined",
    exitCode: 3,
    step: "one",
    message: "stopped by alice at 1.1",
  });
  assert.match(text, /\n {2}why {7}stopped by alice at 1\.1\n/);
});

summary("fits a narrow window, and breaks no command", () => {
  const timed = [
    ...finished("one", "ok"),
    ...finished("two", "failed", { remark: "exit code 1: the disk is full and nobody has emptied it" }),
    { type: "stopped", reason: "failed", exitCode: 1, step: "two", message: "1.2 failed: exit code 1" },
  ].map((event) => ({ at: ended, ...event }) as TimedEvent);
  const text = renderSummary({ run: "7k3m", plan, history: readHistory(timed), began, ended }, 40);
  assert.is(
    text,
    `Failed: Deploy
  run: 7k3m, 18m 26s, exit code 1
  why: 1.2 failed: exit code 1
  ok: 1 of 6
  failed: 1.2 Make two (exit code 1:
    the disk is full and nobody has
    emptied it)
  not run: 2.1–2.3
Next
  lockstep resume 7k3m
      go on
  lockstep rollback 7k3m
      undo what ran
`,
  );
});

const guarded = compile(
  runbook({ id: "watched", title: "Watched" }, () => [
    section("switch", "Switch", [
      guard("limits", "Watch", { alerts: [errors.above(percent(1))], until: "after", onTrip: stop }),
      step("one", "Make one", sh`touch one`, { undo: sh`rm one`, timeout: minutes(1) }),
      step("after", "Look", sh.read`ls`),
    ]),
  ]),
);
const round = (value: number | undefined, bad = false): object => ({
  type: "sampled",
  guard: "limits",
  samples: [{ title: "Error rate", ...(value === undefined ? { reason: "no answer" } : { value }), bad }],
});

function guardLineOf(...events: readonly object[]): string {
  const timed = [...events, done].map((event) => ({ at: ended, ...event }) as TimedEvent);
  const text = renderSummary({ run: "7k3m", plan: guarded, history: readHistory(timed), began, ended });
  return /^ {2}guard +(.*)$/m.exec(text)?.[1] ?? "";
}

summary("says what a guard saw, and hides neither what it did not see nor when nobody watched", () => {
  assert.is(guardLineOf(round(0.1)), "1 sample from 1.1 to 1.2, no alert");
  assert.is(
    guardLineOf(round(0.1), round(undefined), round(0.2), round(undefined)),
    "4 samples from 1.1 to 1.2, 2 without a number, no alert",
  );
  assert.is(
    guardLineOf(round(0.1), { type: "guard-gap", guard: "limits", seconds: 180 }, round(0.2), {
      type: "guard-gap",
      guard: "limits",
      seconds: 20,
    }),
    "2 samples from 1.1 to 1.2, no alert; nobody watched for 3m 00s and 20s",
  );
  assert.is(guardLineOf(round(0.1), round(2, true), round(0.1)), "3 samples from 1.1 to 1.2, 1 with an alert");
  assert.is(
    guardLineOf({ type: "guard-gap", guard: "limits", seconds: 180 }),
    "no sample from 1.1 to 1.2; nobody watched for 3m 00s",
  );
});

summary.run();
