import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createUnattendedWriter, type Verbosity } from "../../../cli/output/unattended-writer.ts";
import {
  approval,
  checklist,
  compile,
  guard,
  measurement,
  minutes,
  notNeeded,
  onlyNumber,
  percent,
  rollback,
  runbook,
  sh,
  step,
} from "../../../dsl/index.ts";
import type { RunEvent } from "../../../runners/events/run-event.ts";

const writer = suite("the unattended record");

const plan = compile(
  runbook({ id: "deploy", title: "Deploy", requires: [checklist("gates", "Pre-production gates", ["a", "b"])] }, () => [
    approval("go", "Switch traffic", { by: ["release-manager"] }),
    step("switch", "Switch", sh`kubectl patch x`, { undo: notNeeded("a test"), timeout: minutes(1) }),
    step("look", "Look", sh.read`curl -f http://x`),
  ]),
);

const rate = measurement("rate", "Rate", { measures: "errors", unit: "%", query: sh.read`rate`, reading: onlyNumber });
const at = "2026-11-24T02:07:12.000Z";
const by = { user: "bo", host: "bastion1" };

function write(events: readonly object[], verbosity: Verbosity = "normal"): readonly string[] {
  const lines = createUnattendedWriter({ plan, verbosity, now: () => new Date(at) });
  return events
    .flatMap((event) => lines({ at, ...event } as RunEvent))
    .map((line) => line.replace(/^\d\d:\d\d:\d\d /, "T "));
}

const created = { type: "created", run: "7k3m", runbook: { id: "deploy", title: "Deploy" }, mode: "auto" };
const output = (text: string, stream = "stdout") => ({ type: "output", step: "look", number: "3", stream, text });

writer("names the run, what is asked, and how to answer and go on", () => {
  const question = {
    kind: "checklist",
    step: "gates",
    number: "0.1",
    title: "Pre-production gates",
    items: [
      { item: 1, text: "a", ticked: false },
      { item: 2, text: "b", ticked: false },
    ],
  };
  const lines = write([
    created,
    { type: "asked", question },
    { type: "stopped", reason: "suspended", exitCode: 75, step: "gates", message: "" },
  ]);
  assert.equal(
    lines.map((line) => line.replace(/times .*/, "times Z")),
    [
      "T run   started   7k3m deploy, unattended, times Z",
      "T 0.1   asks      Pre-production gates: 2 items for a person",
      "T run   suspended at 0.1, exit code 75; nothing runs",
      "T run   answer    lockstep approve 7k3m 0.1",
      "T run   then      lockstep resume 7k3m",
    ],
  );
});

writer("puts output together that comes in pieces, and says what has no newline before the step ends", () => {
  const finished = { type: "finished", step: "look", attempt: 1, outcome: "ok", seconds: 0.42, remark: "as expected" };
  assert.equal(write([output("ima"), output("ge: x\nrest"), output(" of it"), finished]), [
    "T 3     |         image: x",
    "T 3     |         rest of it",
    "T 3     ok        0.4s, as expected",
  ]);
});

writer("shows a line without an end in pieces, instead of keeping all of it", () => {
  const lines = write([output("x".repeat(10_000)), output("x".repeat(10_000))]);
  assert.equal(
    lines.map((line) => line.replace(/x+$/, (text) => String(text.length))),
    ["T 3     |         8192", "T 3     |         8192"],
  );
});

writer("cannot be told by output what lockstep says itself", () => {
  const forged = "\u001b[1A\r03:07:12 run   ok        exit code 0\n";
  assert.equal(write([output(forged)]), ["T 3     |         03:07:12 run   ok        exit code 0"]);
  assert.equal(write([output("a\tb\u001b]8;;http://x\u0007link\u001b]8;;\u0007 \u202egnp.exe\u009b2J\n")]), [
    "T 3     |         a    blink gnp.exe",
  ]);
});

writer("shows a sample that is well once a minute, and a bad one at once", () => {
  const sample = (value: number, bad: boolean, second: number) => ({
    type: "sampled",
    guard: "thresholds",
    at: `2026-11-24T02:07:${String(second).padStart(2, "0")}.000Z`,
    samples: [
      { measurement: "error-rate", title: "Error rate", alert: "> 1%", unit: "%", bound: 1, op: "above", value, bad },
    ],
  });
  assert.equal(write([sample(0.2, false, 0), sample(0.2, false, 10), sample(3.4, true, 20), sample(0.2, false, 30)]), [
    "T guard no alert  Error rate 0.2%",
    "T guard ALERT     Error rate 3.4% (alert > 1%)",
  ]);
});

writer("says once that a guard has no number, and once that it has some again", () => {
  const sample = (value: number | undefined, second: number, guard = "thresholds") => ({
    type: "sampled",
    guard,
    at: `2026-11-24T02:07:${String(second).padStart(2, "0")}.000Z`,
    samples: [
      {
        title: "Error rate",
        alert: "> 1%",
        unit: "%",
        bad: false,
        ...(value === undefined ? { reason: "none" } : { value }),
      },
    ],
  });
  const blind = [10, 20, 30].map((second) => sample(undefined, second));
  assert.equal(write([sample(0.2, 0), ...blind, sample(0.3, 40), sample(0.3, 50), sample(undefined, 55, "other")]), [
    "T guard no alert  Error rate 0.2%",
    "T guard no number Error rate ? (none)",
    "T guard no alert  Error rate 0.3%",
    "T guard no number Error rate ? (none)",
  ]);
});

writer("begins what people do with what it asks them, and not with a line of its own", () => {
  const started = (kind: string) => ({
    type: "started",
    step: "go",
    id: "go",
    number: "1",
    title: "Go",
    kind,
    attempt: 1,
  });
  assert.equal(write([started("approval"), started("checklist"), started("manual")]), []);
  assert.is(write([started("approval")], "verbose").length, 1);
});

writer("says that it is suspended before the guard, so that nobody needs to watch", () => {
  const guarded = compile(
    runbook({ id: "deploy", title: "Deploy" }, () => [
      approval("go", "Switch traffic", { by: ["release-manager"] }),
      guard("g", "Watch", { alerts: [rate.above(percent(1))], until: "switch", onTrip: rollback }),
      step("switch", "Switch", sh`kubectl patch x`, { undo: notNeeded("a test"), timeout: minutes(1) }),
      approval("done", "Done", { by: ["release-manager"] }),
    ]),
  );
  const lines = createUnattendedWriter({ plan: guarded, run: "7k3m" });
  const stopped = (key: string) =>
    lines({ at, type: "stopped", reason: "suspended", exitCode: 75, step: key, message: "" } as RunEvent)[0]?.slice(9);
  assert.is(stopped("go"), "run   suspended at 1, before the guard; exit code 75; nothing runs");
  lines({ at, type: "started", step: "switch", id: "switch", number: "2", title: "Switch", attempt: 1 } as RunEvent);
  assert.is(
    stopped("go"),
    "run   suspended at 1, exit code 75; nothing runs",
    "its range has begun, and the approval is asked again",
  );
  assert.is(stopped("done"), "run   suspended at 3, exit code 75; nothing runs");
});

writer("says when a question's deadline trips the guard", () => {
  const question = {
    kind: "approval",
    step: "go",
    number: "1",
    title: "Switch traffic",
    by: ["release-manager"],
    quorum: 1,
    approved: [],
    covers: [],
    digest: "",
    deadlineSeconds: 1200,
  };
  assert.match(
    write([{ type: "asked", question }])[0] ?? "",
    /^T 1 {5}asks {6}Approval by release-manager: Switch traffic\. At \d\d:27:12 \(deadline\) the guard trips$/,
  );
});

writer("is quiet about what went well, and tells everything when it is asked to", () => {
  const events = [
    created,
    { type: "started", step: "look", title: "Look", attempt: 1, effect: "read" },
    output("x\n"),
    { type: "finished", step: "look", attempt: 1, outcome: "failed", seconds: 2, remark: "exit code 1" },
    { type: "section-entered", section: "a" },
  ];
  assert.is(write(events, "quiet").length, 2);
  assert.is(write(events, "normal").length, 4);
  assert.is(write(events, "verbose").length, 5);
});

writer("says who answered, and never more than a line for a command of many", () => {
  const answered = {
    type: "answered",
    step: "go",
    kind: "approval",
    answer: { say: "approve", digest: "x" },
    by,
    unsigned: true,
  };
  const started = {
    type: "started",
    step: "switch",
    title: "Switch",
    attempt: 2,
    effect: "write",
    command: "kubectl patch x \\\n  -p y",
  };
  assert.equal(write([answered, started]), [
    "T 1     answer    approved by bo from bastion1",
    "T 2     running   Switch: kubectl patch x \\ [...] (attempt 2)",
  ]);
});

writer.run();
