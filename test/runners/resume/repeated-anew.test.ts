import { suite } from "uvu";
import * as assert from "uvu/assert";
import { above, type Block, is, notNeeded, output, repeat, runbook, sh, step } from "../../../dsl/index.ts";
import { scriptedPrompter } from "../../../runners/testing/index.ts";
import { createRunFixture, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("a repeat of which something is to be done anew");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const mend = () => step("mend", "Fail until it is mended", sh`test -e mended`, { undo });
const of = (...blocks: readonly Block[]) => runbook({ id: "repeated", title: "Repeated" }, () => blocks);

async function stopped(...blocks: readonly Block[]): Promise<void> {
  const story = await project.run(of(...blocks, mend()));
  assert.is(story.step, "mend", story.message);
  project.write("mended", "");
}

const drain = (first: string) => {
  const count = step("count", "Count", sh`echo ${first} >> effects; cat left`, {
    undo,
    outputs: { left: output.integer() },
  });
  const use = step("use", "Use", sh`echo used-${count.outputs.left} >> effects`, { undo });
  const drained = repeat("drain", "Drain", { limit: 3 }, () => ({
    body: [count, use],
    until: is(count.outputs.left, 0),
  }));
  return [drained, step("after", "After", sh`echo after-${count.outputs.left} >> effects`, { undo })];
};

test("of a repeat its last pass runs again: what used it is asked about, and the end of the pass is as it was", async () => {
  project.write("left", "0");
  await stopped(...drain("count"));
  const prompter = scriptedPrompter({ stale: { say: "again" } });
  const story = await project.resume(of(...drain("count"), mend()), { again: ["count[1]"], prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(prompter.asked, []);
  assert.equal(project.effects(), ["count", "used-0", "after-0", "count"]);
});

test("of a repeat its last pass runs again: where that would not have ended it, somebody says what holds", async () => {
  project.write("left", "0");
  await stopped(...drain("count"));
  project.write("left", "7");
  const prompter = scriptedPrompter({ stale: { say: "again" }, decision: { say: "keep" } });
  const story = await project.resume(of(...drain("count"), mend()), { again: ["count[1]"], prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(
    prompter.asked.map(({ kind, step: key }) => [kind, key]),
    [
      ["stale", "use[1]"],
      ["decision", "drain[1]"],
      ["stale", "after"],
    ],
  );
  assert.equal(project.effects(), ["count", "used-0", "after-0", "count", "used-7", "after-7"]);
});

test("of a repeat that was over: a further pass follows, and what used its output is asked about", async () => {
  const blocks = (until: number): readonly Block[] => {
    const count = step("count", "Count", sh`echo count >> effects; wc -l < effects`, {
      undo,
      outputs: { lines: output.integer() },
    });
    const drain = repeat("drain", "Drain", { limit: 3 }, () => ({
      body: [count],
      until: is(count.outputs.lines, until),
    }));
    return [drain, step("use", "Use", sh`echo use-${count.outputs.lines} >> effects`, { undo })];
  };
  await stopped(...blocks(1));
  const prompter = scriptedPrompter({ decision: { say: "again" }, stale: { say: "again" } });
  const story = await project.resume(of(...blocks(3), mend()), { acceptChanges: true, prompter });
  assert.is(story.exitCode, 0, story.message);
  const [question, stale] = prompter.asked;
  assert.equal(
    question?.kind === "decision" && [question.step, question.number, question.was, question.now, question.changes],
    ["drain[1]", "1[1]", "yes", "no", ["another pass would follow"]],
  );
  assert.equal([stale?.kind, stale?.step], ["stale", "use"]);
  assert.equal(project.effects(), ["count", "use-1", "count", "use-3"]);
});

test("what was decided of a pass that another one has followed stands: what came of it has happened", async () => {
  const blocks = (atLeast: number): readonly Block[] => {
    const count = step("count", "Count", sh`echo count >> effects; wc -l < effects`, {
      undo,
      outputs: { lines: output.integer() },
    });
    return [
      repeat("drain", "Drain", { limit: 3 }, () => ({ body: [count], until: above(count.outputs.lines, atLeast) })),
    ];
  };
  await stopped(...blocks(1));
  const prompter = scriptedPrompter({});
  const story = await project.resume(of(...blocks(0), mend()), { acceptChanges: true, prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(prompter.asked, []);
  assert.equal(project.effects(), ["count", "count"]);
});

test.run();
