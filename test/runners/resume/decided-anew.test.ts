import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  approval,
  ask,
  type Block,
  choose,
  is,
  manual,
  not,
  notNeeded,
  output,
  param,
  runbook,
  sh,
  step,
  when,
} from "../../../dsl/index.ts";
import { approveIt, scriptedPrompter } from "../../../runners/testing/index.ts";
import { failDisk } from "../../support/disk-faults.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("a decision whose value has changed since");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const mend = () => step("mend", "Fail until it is mended", sh`test -e mended`, { undo });
const append = (id: string) => step(id, `Append ${id}`, sh`echo ${id} >> effects`, { undo });
const look = () => step("look", "Look", sh.read`cat found`, { outputs: { word: output.text() } });
const say = () => manual("say", "Say", { asks: { way: ask.oneOf("Which way", ["old", "new", "other"]) } });
const says = (way: string, decision?: "keep" | "again") =>
  scriptedPrompter({
    manual: { say: "done", asks: { way } },
    ...(decision === undefined ? {} : { decision: { say: decision } }),
  });
const of = (blocks: readonly Block[]) => runbook({ id: "decided", title: "Decided" }, () => blocks);
const people = { prompter: scriptedPrompter({ approval: approveIt }) };

/** It stops at `mend` with what was found first; then something else is found. */
async function stopped(
  blocks: readonly Block[],
  [before, now]: readonly [string, string] = ["old", "new"],
): Promise<void> {
  project.write("found", before);
  const story = await project.run(of([...blocks, mend()]), people);
  assert.is(story.step, "mend", story.message);
  project.write("found", now);
  project.write("mended", "");
}

const under = (word: "old" | "new", ...inner: readonly string[]): readonly Block[] => {
  const looked = look();
  return [looked, when(is(looked.outputs.word, word), inner.map(append)), append("after")];
};

const asked = (events: Parameters<typeof ofType>[0]) => ofType(events, "asked").map((event) => event.question);

test("is asked about in its turn, with what would change, and nothing runs before somebody said so", async () => {
  const blocks = under("new", "one", "two");
  await stopped(blocks);
  const story = await project.resume(of([...blocks, mend()]), { again: ["look"] });
  assert.equal([story.exitCode, story.state, story.step], [75, "suspended", "when:one"]);
  const [question] = asked(story.events);
  assert.equal(
    question?.kind === "decision" && [question.number, question.title, question.was, question.now, question.changes],
    ["2", "`word` is `new`", "no", "yes", ["2, 3 would run"]],
  );
  assert.equal(project.effects(), ["after"]);
});

test("anew: what it left out runs, once, in its turn, and the journal says who decided", async () => {
  const blocks = under("new", "one", "two");
  await stopped(blocks);
  await project.resume(of([...blocks, mend()]), { again: ["look"] });
  await project.answer("when:one", { say: "again" }, "alice");
  const story = await project.resume(of([...blocks, mend()]));
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["after", "one", "two"]);
  assert.equal(
    ofType(story.events, "decided").map(({ key, value, by }) => [key, value, by?.user]),
    [["when:one", true, "alice"]],
  );
});

test("kept: it stays as it was decided, who kept it is in the journal, and it is not asked about again", async () => {
  const blocks = under("new", "one");
  await stopped(blocks);
  const runbooks = of([...blocks, step("later", "Fail later", sh`test -e later`, { undo })]);
  await project.resume(runbooks, { again: ["look"], acceptChanges: true });
  await project.answer("when:one", { say: "keep" }, "alice");
  const kept = await project.resume(runbooks);
  assert.is(kept.step, "later", kept.message);
  assert.equal(
    ofType(kept.events, "decided").map(({ value, instead, by }) => [value, instead, by?.user]),
    [[false, true, "alice"]],
  );
  project.write("later", "");
  const story = await project.resume(runbooks);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["after"]);
});

test("kept is asked about again where the value has become yet another", async () => {
  const said = say();
  const ways = { old: [append("old")], new: [append("new")], other: [append("other")] };
  const all = of([said, choose("way", said.outputs.way, ways), step("later", "Fail", sh`false`, { undo })]);
  assert.is((await project.run(all, { prompter: says("old") })).step, "later");
  const asked: unknown[] = [];
  for (const way of ["new", "new", "other"]) {
    const prompter = says(way, "keep");
    assert.is((await project.resume(all, { again: ["say"], prompter })).step, "later");
    asked.push(prompter.asked.flatMap((question) => (question.kind === "decision" ? [question.now] : [])));
  }
  assert.equal(asked, [["new"], [], ["other"]]);
  assert.equal(project.effects(), ["old"]);
});

test("is not asked about where it would be decided the same", async () => {
  const blocks = under("new", "one");
  await stopped(blocks, ["old", "other"]);
  const story = await project.resume(of([...blocks, mend()]), { again: ["look"] });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(asked(story.events), []);
});

test("anew against what is done: what it did stays and is undone by a rollback, what is open is left out", async () => {
  const looked = look();
  const blocks = [
    looked,
    when(is(looked.outputs.word, "old"), [
      step("one", "One", sh`echo one >> effects`, { undo: sh`echo undone-one >> effects` }),
      mend(),
      append("three"),
    ]),
    append("after"),
  ];
  project.write("found", "old");
  assert.is((await project.run(of(blocks))).step, "mend");
  project.write("found", "new");
  const prompter = scriptedPrompter({ decision: { say: "again" } });
  const story = await project.resume(of(blocks), { again: ["look"], prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(
    prompter.asked.map((question) => question.kind === "decision" && question.changes),
    [["2 is done: what it did stays", "3, 4 would be left out"]],
  );
  assert.equal(project.effects(), ["one", "after"]);
  assert.equal(
    [outcomesOf(await project.journal(), "mend"), outcomesOf(await project.journal(), "three")],
    [["failed", "skipped"], ["skipped"]],
  );
  assert.is((await project.rollback()).exitCode, 4);
  assert.equal(project.effects(), ["one", "after", "undone-one"]);
});

test("of a choice: the other way runs, and what the first did stays", async () => {
  const said = say();
  const ways = { old: [append("a")], new: [append("b")], other: [append("c")] };
  const all = of([said, choose("way", said.outputs.way, ways), mend()]);
  assert.is((await project.run(all, { prompter: says("old") })).step, "mend");
  project.write("mended", "");
  const prompter = says("new", "again");
  const story = await project.resume(all, { again: ["say"], prompter });
  assert.is(story.exitCode, 0, story.message);
  const question = prompter.asked.find(({ kind }) => kind === "decision");
  assert.equal(question?.kind === "decision" && [question.step, question.was, question.now, question.changes], [
    "way",
    "old",
    "new",
    ["2b.1 would run", "2a.1 is done: what it did stays"],
  ]);
  assert.equal(project.effects(), ["a", "b"]);
});

test("nested: a decision in it is taken when it is come to", async () => {
  const looked = look();
  const blocks = [
    looked,
    when(is(looked.outputs.word, "new"), [append("one"), when(is(looked.outputs.word, "old"), [append("two")])]),
  ];
  await stopped(blocks);
  const prompter = scriptedPrompter({ decision: { say: "again" } });
  const story = await project.resume(of([...blocks, mend()]), { again: ["look"], prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["one"]);
  assert.is(outcomesOf(await project.journal(), "two").at(-1), "skipped");
});

test("by an edit of its condition is asked about too, also by who accepts the edit unseen", async () => {
  const blocks = under("new", "one");
  await stopped(blocks, ["old", "old"]);
  const now = of([...under("old", "one"), mend()]);
  const story = await project.resume(now, { acceptChanges: true });
  assert.equal([story.exitCode, story.step], [75, "when:one"]);
  await project.answer("when:one", { say: "again" });
  assert.is((await project.resume(now)).exitCode, 0);
  assert.equal(project.effects(), ["after", "one"]);
});

test("by another value of a parameter is asked about too", async () => {
  const fast = runbook({ id: "fast", title: "Fast", params: { fast: param.boolean({ default: false }) } }, (p) => [
    when(p.fast, [append("one")]),
    when(not(p.fast), [append("two")]),
    mend(),
  ]);
  assert.is((await project.run(fast)).step, "mend");
  project.write("mended", "");
  const prompter = scriptedPrompter({ decision: { say: "again" } });
  const story = await project.resume(fast, { values: { fast: true }, acceptChanges: true, prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.is(prompter.asked.length, 2);
  assert.equal(project.effects(), ["two", "one"]);
});

test("that is no longer there: what it left out is asked about, and does not stay out in silence", async () => {
  await stopped(under("new", "one"), ["old", "old"]);
  const now = of([look(), append("one"), append("after"), mend()]);
  const story = await project.resume(now, { acceptChanges: true });
  assert.equal([story.exitCode, story.step], [75, "one"]);
  assert.match(JSON.stringify(asked(story.events)), /"was":"left out"/);
  await project.answer("one", { say: "again" });
  assert.is((await project.resume(now)).exitCode, 0);
  assert.equal(project.effects(), ["after", "one"]);
});

test("of which a step that somebody skipped is a part: that stays skipped", async () => {
  const blocks = under("old", "one");
  project.write("found", "old");
  const prompter = scriptedPrompter({
    start: ({ step: key }) => (key === "one" ? { say: "skip", reason: "no" } : { say: "run" }),
  });
  assert.is((await project.run(of([...blocks, mend()]), { mode: "step", prompter })).step, "mend");
  project.write("mended", "");
  const story = await project.resume(of([...blocks, mend()]), { again: ["look"] });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["after"]);
});

test("comes to the same wherever lockstep ends between the answer and what follows from it", async () => {
  const blocks = under("new", "one", "two");
  const all = of([...blocks, mend()]);
  for (let nth = 1, failed = true; failed; nth += 1) {
    const own = createRunFixture();
    try {
      own.write("found", "old");
      assert.is((await own.run(all)).step, "mend");
      own.write("found", "new");
      own.write("mended", "");
      assert.is((await own.resume(all, { again: ["look"] })).step, "when:one");
      await own.answer("when:one", { say: "again" }, "alice");
      const among = (operation: string, path: string) => operation === "write" && path.endsWith("journal.ndjson");
      const disk = await failDisk(own.root, { nth, among, code: "EIO", lasting: true });
      await own.resume(all).catch(() => {});
      failed = disk.failed !== undefined;
      disk.mend();
      if (!failed) assert.ok(nth > 5, "there was something to fail");
      const over = (await own.journal()).at(-1)?.type === "ended";
      const last = over ? undefined : await own.resume(all);
      // who answered is asked once more where the answer was not on the disk, or the run stopped before it was followed
      if (last?.step === "when:one") {
        await own.answer("when:one", { say: "again" }, "alice");
        assert.is((await own.resume(all)).exitCode, 0);
      } else assert.is(last?.exitCode ?? 0, 0, last?.message);
      assert.equal(own.effects(), ["after", "one", "two"], `after the failure of write ${nth}`);
    } finally {
      await own.clean();
    }
  }
});

test("who approved what follows is asked again before what was left out runs", async () => {
  const looked = look();
  const blocks = [
    looked,
    approval("go", "Go", { by: ["boss"] }),
    when(is(looked.outputs.word, "new"), [append("one")]),
  ];
  await stopped(blocks);
  const prompter = scriptedPrompter({ decision: { say: "again" }, approval: approveIt });
  const story = await project.resume(of([...blocks, mend()]), { again: ["look"], prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(
    prompter.asked.map(({ kind }) => kind),
    ["decision", "approval"],
  );
  assert.equal(project.effects(), ["one"]);
});

test.run();
