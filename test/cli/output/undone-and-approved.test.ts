import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readHistory } from "../../../cli/history/run-history.ts";
import type { TimedEvent } from "../../../cli/history/run-reader.ts";
import { renderSummary } from "../../../cli/output/run-summary.ts";
import { approval, compile, runbook, sh, step } from "../../../dsl/index.ts";
import { began, done, ended, finished, render } from "../../support/summary-fixture.ts";

const summary = suite("what was undone and approved, at the end of a run");

summary("of a rollback: what was undone stands a line each, newest first", () => {
  const text = render(
    ...finished("one", "ok"),
    ...finished("two", "ok"),
    { type: "rollback-started", why: "alice asked for it", steps: ["two", "one"], scope: "all" },
    { type: "finished", step: "two", attempt: 1, outcome: "undone", seconds: 1 },
    { type: "finished", step: "one", attempt: 1, outcome: "undone", seconds: 1 },
    { type: "ended", result: "rolled-back", exitCode: 4 },
  );
  assert.match(
    text,
    /\n {2}undone {4}1\.2 The step two, at \d\d:18:26\n {12}1\.1 The step one, at \d\d:18:26\n {2}not run/,
  );
});

summary("of a rollback that waits for a person names what goes on with it once", () => {
  const text = render(
    ...finished("one", "unknown"),
    { type: "resumed", purpose: "rollback", by: { user: "alice", host: "bastion1" }, mode: "attended" },
    { type: "rollback-started", why: "alice asked for it", steps: ["one"], scope: "all" },
    { type: "asked", question: { id: "q", kind: "rollback", step: "undo:one", number: "1.1", title: "Undo 1.1" } },
    { type: "stopped", reason: "suspended", exitCode: 75, step: "undo:one", message: "1.1 asks" },
  );
  assert.is(
    text.slice(text.indexOf("Next\n")),
    `Next
  lockstep approve 7k3m 1.1    answer what it asks
  lockstep rollback 7k3m       go on
`,
  );
});

summary("says by which role somebody approved", () => {
  const approved = compile(
    runbook({ id: "approved", title: "Approved" }, () => [
      approval("go", "Go", { by: ["release-manager"] }),
      approval("dba", "Migrate", { by: ["bo"] }),
      step("look", "Look", sh.read`ls`),
    ]),
  );
  const answered = (at: string, user: string) => [
    { type: "asked", question: { id: at, kind: "approval", step: at, number: "1", approved: [], quorum: 1 } },
    {
      type: "answered",
      question: at,
      step: at,
      answer: { say: "approve", digest: "5f2c91d0a7b3" },
      by: { user, host: "bastion1" },
    },
    ...finished(at, "ok"),
  ];
  const timed = [...answered("go", "alice"), ...answered("dba", "bo"), done].map(
    (event) => ({ at: ended, ...event }) as TimedEvent,
  );
  const text = renderSummary({ run: "7k3m", plan: approved, history: readHistory(timed), began, ended });
  assert.match(text, /\n {2}approved {2}1 by alice, release-manager; 2 by bo\n/);
});

summary("names no approval that became void, and the one that was given instead", () => {
  const asked = (id: string) => ({
    type: "asked",
    question: { id, kind: "approval", step: "one", number: "1.1", approved: [], quorum: 1 },
  });
  const yes = (question: string, user: string) => ({
    type: "answered",
    question,
    step: "one",
    kind: "approval",
    answer: { say: "approve", digest: "5f2c91d0a7b3" },
    by: { user, host: "bastion1" },
  });
  const voided = [
    asked("one#1"),
    yes("one#1", "alice"),
    ...finished("one", "ok"),
    { type: "reopened", step: "one", why: "what it approved has changed since", by: { user: "eva", host: "h" } },
    asked("one#2"),
  ];
  const stopped = { type: "stopped", reason: "suspended", exitCode: 75, step: "one", message: "1.1 asks" };
  assert.not.match(render(...voided, stopped), /approved/);
  assert.match(render(...voided, yes("one#2", "bo"), ...finished("one", "ok"), done), /\n {2}approved {2}1\.1 by bo\n/);
});

summary("names no approval that was given to another question than the one that stands", () => {
  const asked = (id: string) => ({
    type: "asked",
    question: { id, kind: "approval", step: "one", number: "1.1", approved: [], quorum: 2 },
  });
  const yes = {
    type: "answered",
    question: "one#1",
    step: "one",
    kind: "approval",
    answer: { say: "approve" },
    by: { user: "alice", host: "h" },
  };
  const stopped = { type: "stopped", reason: "suspended", exitCode: 75, step: "one", message: "1.1 asks" };
  assert.match(render(asked("one#1"), yes, asked("one#1"), stopped), /\n {2}approved {2}1\.1 by alice\n/);
  assert.not.match(render(asked("one#1"), yes, asked("one#2"), stopped), /approved/);
});

summary.run();
