import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Block, rollback, seconds, sh, step, undoBy, wait } from "../../../dsl/index.ts";
import { suspend } from "../../../runners/questions/question.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";
import { guarded, write } from "../guards/guarded-runbooks.ts";

const test = suite("going back by hand while something runs");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => project.clean());

/** Its undo looks, too: what was decided must not end that read. */
const lookingBack = (): Block =>
  step("one", "Do one", sh`echo one >> effects`, {
    timeout: seconds(20),
    undo: undoBy("Take one back", [
      sh`echo undo-one >> effects`,
      sh.read`echo looked; sleep 0.2; echo seen >> effects`,
    ]),
  });

test("during a wait in a guard's range undoes what ran since the guard, its reads included", async () => {
  const run = project.start(guarded([lookingBack(), wait("linger", "Linger", seconds(600)), write("never")]));
  await run.waitFor(({ type }) => type === "tick");
  run.rollBack();
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.is(story.state, "rolled-back");
  assert.equal(project.effects(), ["before", "one", "undo-one", "seen"]);
  assert.is(ofType(story.events, "rollback-started")[0]?.scope, "since-guard");
});

test("while a write runs waits for its end, and undoes it as well", async () => {
  const slow = step("slow", "Do slow", sh`: > begun; until [ -e go ]; do sleep 0.02; done; echo slow >> effects`, {
    timeout: seconds(20),
    undo: sh`echo undo-slow >> effects`,
  });
  const run = project.start(guarded([write("one"), slow, write("never")]));
  await run.waitFor((event) => event.type === "started" && event.step === "slow");
  run.rollBack();
  project.write("go", "");
  assert.is((await run.story).exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "slow", "undo-slow", "undo-one"]);
});

test("while a write runs that fails then goes back all the same, and asks nobody about the failure", async () => {
  const failing = step("failing", "Fail", sh`until [ -e go ]; do sleep 0.02; done; false`, {
    timeout: seconds(20),
    undo: undoBy("Take it back", sh`echo undo-failing >> effects`, { idempotent: true }),
  });
  const run = project.start(guarded([write("one"), failing, write("never")], { onTrip: rollback }), {
    mode: "interactive",
    prompter: { ask: async () => suspend },
  });
  await run.waitFor((event) => event.type === "started" && event.step === "failing");
  run.rollBack();
  project.write("go", "");
  assert.is((await run.story).exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "undo-failing", "undo-one"]);
});

test.run();
