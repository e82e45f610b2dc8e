import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  approval,
  type Block,
  background,
  checklist,
  guard,
  is,
  measurement,
  minutes,
  notNeeded,
  onlyNumber,
  output,
  percent,
  repeat,
  rollback,
  runbook,
  seconds,
  section,
  sh,
  step,
  undoBy,
  when,
} from "../../../dsl/index.ts";
import { approveIt, scriptedPrompter, tickAll } from "../../../runners/testing/index.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("a step that is done and runs again, since somebody decided so");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const append = (id: string, line = id, title = `Append ${id}`) =>
  step(id, title, sh`echo ${line} >> effects`, { undo, timeout: minutes(1) });
const mend = () => step("mend", "Fail until it is mended", sh`test -e mended`, { undo });
const of = (...blocks: readonly Block[]) => runbook({ id: "again", title: "Again" }, () => blocks);
const alice = { user: "alice", host: "here" };

async function stopped(...blocks: readonly Block[]): Promise<void> {
  const story = await project.run(of(...blocks), {
    prompter: scriptedPrompter({ checklist: tickAll, approval: approveIt }),
  });
  assert.is(story.exitCode, 1, story.message);
  project.write("mended", "");
}

test("runs in its turn, once, and the journal says who decided", async () => {
  const blocks = [append("a"), append("b"), mend(), append("c")];
  await stopped(...blocks);
  const story = await project.resume(of(...blocks), { again: ["b"], by: alice });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["a", "b", "b", "c"]);
  assert.equal(
    ofType(story.events, "reopened").map(({ step: id, by, why }) => [id, by.user, why]),
    [["b", "alice", "alice asked for it"]],
  );
});

test("of an edited runbook is a decision about each step that is done; what is not named is kept", async () => {
  await stopped(append("a"), append("b"), mend());
  const now = of(append("a", "a2"), append("b", "b2"), mend());
  const asking = scriptedPrompter({ changed: { say: "accept", again: ["b"] } }, { user: "bo", host: "there" });
  const story = await project.resume(now, { prompter: asking });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["a", "b", "b2"]);
  const [accepted] = ofType(story.events, "changes-accepted");
  assert.equal([accepted?.by.user, accepted?.again], ["bo", ["b"]]);
  assert.equal(
    accepted?.changes.map(({ step: id, done, what, mayRunAgain }) => [id, done, what, mayRunAgain]),
    [
      ["a", true, "its command", true],
      ["b", true, "its command", true],
    ],
  );
  assert.equal(
    ofType(story.events, "reopened").map(({ step: id, by }) => [id, by.user]),
    [["b", "bo"]],
  );
});

test("is decided with --accept-changes too", async () => {
  await stopped(append("a"), append("b"), mend());
  const now = of(append("a", "a2"), append("b", "b2"), mend());
  const story = await project.resume(now, { acceptChanges: true, again: ["a"] });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["a", "b", "a2"]);
});

test("an answer that names what cannot run again does not count", async () => {
  await stopped(append("a"), mend());
  const now = of(append("a"), mend(), append("c"));
  const story = await project.resume(now, { prompter: scriptedPrompter({ changed: { say: "accept", again: ["c"] } }) });
  assert.is(story.exitCode, 75);
  assert.match(ofType(story.events, "noted")[0]?.text ?? "", "c is no step of these changes that can run again");
});

test("what was never given cannot be kept, where others use it now", async () => {
  await stopped(append("a"), mend());
  const a = step("a", "Append a", sh`echo a >> effects; echo v1`, { undo, outputs: { it: output.text() } });
  const now = of(a, mend(), step("use", "Use it", sh`echo ${a.outputs.it} >> effects`, { undo }));
  const before = (await project.journal()).length;
  const error = await project.resume(now, { acceptChanges: true }).catch((thrown: Error) => thrown.message);
  assert.is(error, "a cannot be kept as done: it did not give it, which others use");
  assert.is((await project.journal()).length, before);
  const refused = await project.resume(now, { prompter: scriptedPrompter({ changed: { say: "accept" } }) });
  assert.is(refused.exitCode, 75);
  const story = await project.resume(now, { acceptChanges: true, again: ["a"] });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["a", "a", "v1"]);
});

test("steps that only say it in other words are named beside what changed", async () => {
  await stopped(append("a"), append("b"), mend());
  const prompter = scriptedPrompter({});
  await project.resume(of(append("a", "a", "Other words"), append("b", "b2"), mend()), {
    prompter,
  });
  const [question] = prompter.asked;
  assert.equal(question?.kind === "changed" ? question.reworded : undefined, ["a"]);
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  ["that there is not", "apend", /no step "apend" to run again/],
  ["that is not done", "mend", /is not done: it runs in its turn/],
  ["that was left out", "unwanted", /was left out: /],
  [
    "that is repeated, without its pass",
    "count",
    /^\S+ count cannot run again: it is repeated, and the pass must be named, as lockstep log names it: 4\.1\[2\]$/,
  ],
  [
    "of a pass that another has followed",
    "count[1]",
    /was followed by the pass \[2\], and what came of it has happened/,
  ],
  ["of a pass that there is not", "count[3]", /is not done: it runs in its turn/],
  ["that is repeated, but not like that", "append[1]", /is not repeated like that/],
  ["that runs beside others", "serve", /runs beside others/],
];
for (const [what, id, reason] of refused)
  test(`is refused for one ${what}, and nothing is recorded`, async () => {
    const count = step("count", "Count", sh.read`test -e counted && echo 0 || echo 1; touch counted`, {
      outputs: { left: output.integer() },
    });
    const look = step("look", "Look", sh.read`echo no`, { outputs: { word: output.text() } });
    const blocks = [
      append("append"),
      look,
      when(is(look.outputs.word, "yes"), [append("unwanted")]),
      repeat("drain", "Drain", { limit: 2 }, () => ({ body: [count], until: is(count.outputs.left, 0) })),
      section("s", "S", [
        background("serve", "Serve", sh.read`echo ready; sleep 300`, { ready: "ready" }),
        append("x"),
      ]),
      mend(),
    ];
    await stopped(...blocks);
    const before = (await project.journal()).length;
    const error = await project.resume(of(...blocks), { again: [id] }).catch((thrown: Error) => thrown.message);
    assert.match(String(error), reason);
    assert.is((await project.journal()).length, before);
  });

test("what was required before a section runs again too", async () => {
  const needed = step("needed", "Needed", sh.read`echo it is`, { expect: "it is" });
  const blocks = [section("s", "S", { requires: [needed] }, [append("a")]), mend()];
  await stopped(...blocks);
  const story = await project.resume(of(...blocks), { again: ["needed"] });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(
    ofType(story.events, "started").map((event) => event.step),
    ["needed", "mend"],
  );
});

test("what ran beside it begins again first", async () => {
  const blocks = [
    section("s", "S", [
      background("serve", "Serve", sh.read`touch serving; echo ready; sleep 300`, { ready: "ready" }),
      append("a"),
    ]),
    mend(),
  ];
  await stopped(...blocks);
  const story = await project.resume(of(...blocks), { again: ["a"] });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(
    story.events.flatMap((event) =>
      event.type === "started" || event.type === "ready" ? [`${event.step} ${event.type}`] : [],
    ),
    ["serve started", "serve ready", "a started", "mend started"],
  );
});

test("what people ticked is asked anew", async () => {
  const blocks = [checklist("list", "List", ["It holds"]), mend()];
  await stopped(...blocks);
  const story = await project.resume(of(...blocks), { again: ["list"] });
  assert.is(story.exitCode, 75);
  assert.is(story.step, "list");
});

test("who approved it approved that it runs once: they are asked again before it does", async () => {
  const blocks = [approval("go", "Go", { by: ["boss"] }), append("a"), mend()];
  await stopped(...blocks);
  const story = await project.resume(of(...blocks), { again: ["a"] });
  assert.is(story.exitCode, 75);
  assert.is(story.step, "go");
  assert.equal(project.effects(), ["a"]);
  const went = await project.resume(of(...blocks), { prompter: scriptedPrompter({ approval: approveIt }) });
  assert.is(went.exitCode, 0, went.message);
  assert.equal(project.effects(), ["a", "a"]);
});

test("an approval that an edit made void does not revive when the edit is taken back", async () => {
  const blocks = (line: string) => [approval("go", "Go", { by: ["boss"] }), mend(), append("a", line)];
  await stopped(...blocks("a"));
  const changed = await project.resume(of(...blocks("b")), { acceptChanges: true });
  assert.equal([changed.exitCode, changed.step], [75, "go"]);
  const back = await project.resume(of(...blocks("a")), { acceptChanges: true });
  assert.equal([back.exitCode, back.step], [75, "go"]);
});

test("the guard of its range watches again while it runs", async () => {
  project.write("rate", "0\n");
  const rate = measurement("rate", "Rate", {
    measures: "errors",
    unit: "%",
    query: sh.read`cat rate`,
    reading: onlyNumber,
  });
  const blocks = [
    guard("g", "Watch", { alerts: [rate.above(percent(1))], until: "b", onTrip: rollback, interval: seconds(1) }),
    step("a", "A", sh`echo a >> effects`, { undo: sh`echo undone-a >> effects`, timeout: minutes(1) }),
    append("b"),
    mend(),
  ];
  const timed = blocks.map((block) => block);
  await stopped(...timed);
  project.write("rate", "50\n");
  const story = await project.resume(of(...timed), { again: ["a"] });
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["a", "b"], "nothing ran again under an alert");
});

const made = (what: string) =>
  step("make", "Make", sh`echo made-${what} >> effects; echo ${what}`, {
    outputs: { name: output.text() },
    undo: (o) => undoBy("Remove it", sh`echo removed-${o.name} >> effects`),
  });

test("both attempts are undone, the newest first", async () => {
  await stopped(made("one"), append("b"), mend());
  const now = of(made("two"), append("b"), step("mend", "Fail", sh`false`, { undo, onFailure: rollback }));
  const story = await project.resume(now, { acceptChanges: true, again: ["make"] });
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["made-one", "b", "made-two", "removed-two", "removed-one"]);
  assert.is(outcomesOf(await project.journal(), "make").at(-1), "undone");
});

test("what it did is undone too when it has not begun again", async () => {
  await stopped(made("one"), append("b"), mend());
  const now = of(step("fail", "Fail", sh`false`, { undo, onFailure: rollback }), made("two"), append("b"), mend());
  const story = await project.resume(now, { acceptChanges: true, again: ["make"] });
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["made-one", "b", "removed-one"]);
});

test.run();
