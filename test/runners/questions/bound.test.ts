import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checklist, notNeeded, runbook, seconds, section, sh, step } from "../../../dsl/index.ts";
import type { JournalEvent } from "../../../runners/events/run-event.ts";
import { createClock } from "../../../runners/journal/clock.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import type { Answer, Prompter } from "../../../runners/questions/question.ts";
import { suspend } from "../../../runners/questions/question.ts";
import { readInbox, writeInbox } from "../../../runners/store/inbox.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { watchRate, write } from "../guards/guarded-runbooks.ts";

const test = suite("an answer and its question");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const bo = { user: "bo", host: "there" };

/** Fails at the same step until the file `mended` is there. */
const failing = runbook({ id: "r", title: "R" }, () => [
  step("bad", "Fail", sh`echo tried >> effects; test -e mended`, { undo }),
  step("next", "Go on", sh`echo next >> effects`, { undo }),
]);

const skip: Answer = { say: "skip", reason: "known" };

/** What a lockstep leaves that died right after it had journaled an answer. */
async function diedAfter(answer: Answer, kind: "failed" | "start", question: string): Promise<void> {
  const journal = await openJournal<JournalEvent>((await project.folder()).path, { clock: createClock() });
  const event = { type: "answered", step: "bad", question, kind, answer, by: bo, unsigned: true } as const;
  await journal.append(event, { sync: true });
  await journal.close();
}

test("an answer to a failure answers no later failure of the same step", async () => {
  assert.is((await project.run(failing)).exitCode, 1);
  assert.is((await project.resume(failing)).exitCode, 1);
  await writeInbox(await project.folder(), { kind: "skip", step: "bad", question: "bad#1", by: "bo", answer: skip });
  const story = await project.resume(failing);
  assert.is(story.exitCode, 1);
  assert.equal(project.effects(), ["tried", "tried", "tried"]);
  assert.match(ofType(story.events, "noted")[0]?.text ?? "", "it was given to another question");
  assert.equal(await readInbox(await project.folder()), []);
});

test("an answer to the failure that stands is followed, once", async () => {
  assert.is((await project.run(failing)).exitCode, 1);
  assert.is((await project.resume(failing)).exitCode, 1);
  await project.answer("bad", { say: "retry" });
  const again = await project.resume(failing);
  assert.is(again.exitCode, 1);
  assert.equal(project.effects(), ["tried", "tried", "tried"]);
  await project.answer("bad", skip);
  assert.is((await project.resume(failing)).exitCode, 0);
  assert.equal(project.effects(), ["tried", "tried", "tried", "next"]);
});

test("a skip that was journaled right before a kill is followed after it", async () => {
  assert.is((await project.run(failing)).exitCode, 1);
  await diedAfter(skip, "failed", "bad#1");
  const story = await project.resume(failing);
  assert.is(story.exitCode, 0);
  assert.equal(outcomesOf(story.events, "bad"), ["skipped"]);
  assert.equal(project.effects(), ["tried", "next"]);
});

test("a retry that was journaled right before a kill is one attempt, and answers no failure of that", async () => {
  assert.is((await project.run(failing)).exitCode, 1);
  await diedAfter({ say: "retry" }, "failed", "bad#1");
  const asked: string[] = [];
  const prompter: Prompter = {
    ask: async ({ id }) => {
      asked.push(id);
      return suspend;
    },
  };
  const story = await project.resume(failing, { prompter, mode: "interactive" });
  assert.is(story.exitCode, 75);
  assert.equal(asked, ["bad#2"]);
  assert.equal(project.effects(), ["tried", "tried"]);
});

test("a step that was skipped right before a kill does not start, whoever goes on", async () => {
  const prompter: Prompter = { ask: async () => suspend };
  assert.is((await project.run(failing, { prompter, mode: "step" })).exitCode, 75);
  await diedAfter(skip, "start", "bad#1");
  assert.is((await project.resume(failing)).exitCode, 0);
  assert.equal(project.effects(), ["next"]);
});

test("a decision to go back right before a kill is followed, whoever goes on", async () => {
  const undone = runbook({ id: "r", title: "R" }, () => [
    step("first", "First", sh`echo first >> effects`, { undo: sh`echo undo-first >> effects` }),
    step("bad", "Second", sh`echo second >> effects`, { undo }),
  ]);
  const prompter: Prompter = { ask: async ({ step: key }) => (key === "first" ? { say: "run" } : suspend) };
  assert.is((await project.run(undone, { prompter, mode: "step" })).exitCode, 75);
  await diedAfter({ say: "roll-back" }, "start", "bad#1");
  assert.is((await project.resume(undone)).exitCode, 4);
  assert.equal(project.effects(), ["first", "undo-first"]);
});

test("who accepted other changes has not accepted these", async () => {
  const now = (text: string) =>
    runbook({ id: "r", title: "R" }, () => [step("bad", "Fail", sh`echo ${text} >> effects; false`, { undo })]);
  assert.is((await project.run(now("one"))).exitCode, 1);
  assert.is((await project.resume(now("two"))).exitCode, 75);
  await project.answer("runbook", { say: "accept" });
  assert.is((await project.resume(now("three"))).exitCode, 75);
  assert.equal(project.effects(), ["one"]);
  await project.answer("runbook", { say: "accept" });
  assert.is((await project.resume(now("three"))).exitCode, 1);
  assert.equal(project.effects(), ["one", "three"]);
});

test("the deadline of a question goes on after a resume with what is left of it", async () => {
  project.write("rate", "0\n");
  const asking = runbook({ id: "r", title: "R" }, () => [
    section("s", "S", [watchRate(), write("one"), checklist("look", "Look", ["It works"], { deadline: seconds(600) })]),
  ]);
  const ctrlC = new AbortController();
  const run = project.start(asking, { signal: ctrlC.signal });
  await run.waitFor(({ type }) => type === "asked");
  let samples = 0;
  await run.waitFor(({ type }) => type === "sampled" && ++samples === 4);
  ctrlC.abort("SIGINT");
  assert.is((await run.story).exitCode, 130);
  const again = await project.startResume(asking);
  const asked = await again.waitFor(({ type }) => type === "asked");
  assert.ok(asked.type === "asked" && (asked.question.deadlineSeconds ?? 600) < 600);
  await project.answer("look", { say: "tick", items: [1] });
  assert.is((await again.story).exitCode, 0);
});

test.run();
