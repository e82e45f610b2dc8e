import { suite } from "uvu";
import * as assert from "uvu/assert";
import { irreversible, notNeeded, runbook, sh, step } from "../../../dsl/index.ts";
import type { Answer, Prompter } from "../../../runners/questions/question.ts";
import { createRunFixture, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("what somebody decides before a step starts");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const append = (id: string) => step(id, `Append ${id}`, sh`echo ${id} >> effects`, { undo });

const removing = runbook({ id: "removing", title: "Removing" }, () => [
  append("a"),
  step("last", "What cannot be undone", sh`echo last >> effects`, { undo: irreversible("it is gone") }),
  append("b"),
]);

const failing = runbook({ id: "failing", title: "Failing" }, () => [
  step("flaky", "Fail once", sh`echo flaky >> effects; test "$(grep -c flaky effects)" -gt 1`, { undo }),
]);

/** Answers each question by its kind, and keeps what was asked. */
function answering(answers: Readonly<Record<string, Answer>>): Prompter & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    ask: async ({ kind, step: key }) => {
      asked.push(`${kind} ${key}`);
      return answers[kind] ?? { say: "stop" };
    },
  };
}

test("nothing that cannot be undone starts unasked where somebody looks on", async () => {
  const prompter = answering({ start: { say: "stop" } });
  const story = await project.run(removing, { mode: "interactive", prompter });
  assert.is(story.exitCode, 3);
  assert.equal(prompter.asked, ["start last"]);
  assert.equal(project.effects(), ["a"]);
});

test("to the end runs on without asking, but for what cannot be undone", async () => {
  const prompter = answering({ start: { say: "run-to-end" } });
  const story = await project.run(removing, { mode: "step", prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(prompter.asked, ["start a", "start last"]);
  assert.equal(project.effects(), ["a", "last", "b"]);
});

test("where nobody looks on, the command line has decided", async () => {
  const story = await project.run(removing);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["a", "last", "b"]);
});

test("who says run again is not asked once more whether it may start", async () => {
  const prompter = answering({ start: { say: "run" }, failed: { say: "retry" } });
  const story = await project.run(failing, { mode: "step", prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(prompter.asked, ["start flaky", "failed flaky"]);
});

test.run();
