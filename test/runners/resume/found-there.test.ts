import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  notNeeded,
  type Output,
  output,
  type PlainValue,
  runbook,
  sh,
  step,
  undoBy,
} from "../../../dsl/index.ts";
import type { Executor } from "../../../runners/executors/executor.ts";
import type { Answer } from "../../../runners/questions/question.ts";
import { scriptedPrompter } from "../../../runners/testing/index.ts";
import { createRunFixture, finishedOf, ofType, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("a write of unknown outcome that gives something, and is found there");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

/** Nobody knows how it ended. */
const lost: Executor = async () => ({ kind: "unknown", remark: "its process is gone" });

function making({ used = true, probe = false } = {}): AnyRunbook {
  const make = step("make", "Make it", sh`echo 3`, {
    outputs: { count: output.integer(), spare: output.text() },
    undo: notNeeded("a test"),
    ...(probe ? { probe: sh.read`true` } : {}),
  });
  const use = step("use", "Use it", sh`echo ${used ? make.outputs.count : "none"} >> effects`, {
    undo: notNeeded("a test"),
  });
  return runbook({ id: "making", title: "Making" }, () => [make, use]);
}

async function unknown(source: AnyRunbook): Promise<void> {
  assert.is((await project.run(source, { executors: { shell: lost } })).exitCode, 75);
}

const saying = (answer: Answer) => ({ prompter: scriptedPrompter({ unknown: answer }) });

test("is asked for what others use, and they use what was said", async () => {
  await unknown(making());
  const answer = { say: "there", how: "looked", outputs: { count: "3" } } as const;
  const story = await project.resume(making(), saying(answer));
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["3"]);
  assert.equal(finishedOf(story.events, "make").at(-1)?.outputs, { count: 3 });
});

const refused: readonly (readonly [string, Answer, RegExp])[] = [
  [
    "does not say it",
    { say: "there", how: "looked" },
    /1 gives count, which others use, and nobody has said what it is/,
  ],
  ["says no such value", { say: "there", how: "looked", outputs: { count: "many" } }, /count: that is no whole number/],
  ["says more", { say: "there", how: "looked", outputs: { count: "3", x: "1" } }, /nobody asked for x/],
];
for (const [what, answer, reason] of refused)
  test(`an answer that ${what} is refused at once, and nothing follows`, async () => {
    await unknown(making());
    const story = await project.resume(making(), saying(answer));
    assert.is(story.exitCode, 75);
    assert.is(story.step, "make");
    assert.match(ofType(story.events, "noted")[0]?.text ?? "", reason);
    assert.equal(project.effects(), []);
  });

const port = { type: "integer", minimum: 1024 };
const values: readonly (readonly [string, Output<never>, string, PlainValue | RegExp])[] = [
  [
    "JSON that does not fit",
    output.json<number>(port) as never,
    '"text"',
    /the JSON does not fit: data must be integer/,
  ],
  ["JSON that is too small", output.json<number>(port) as never, "80", /the JSON does not fit: data must be >= 1024/],
  ["what is no JSON", output.json<number>(port) as never, "port 80", /v: that is no JSON/],
  ["JSON that fits", output.json<number>(port, { pointer: "/spec/port" }) as never, "8080", 8080],
  ["nonsense for a pattern", output.regex(/^v\d+$/) as never, "nonsense", /v: nothing matches \/\^v\\d\+\$\//],
  ["what a pattern finds", output.regex(/^v\d+$/) as never, "v7", "v7"],
  ["the line in which a pattern finds it", output.regex(/^pod\/(\S+) created/m) as never, "pod/web-7 created", "web-7"],
  ["the value itself of a pattern's group", output.regex(/^pod\/(\S+) created/m) as never, "web-7 ", "web-7"],
  ["a text in JSON without its quotes", output.json<string>({ type: "string" }) as never, "web-7", "web-7"],
  ["blanks for a text", output.text() as never, "  ", /v: that is no value/],
];
for (const [what, declared, text, wanted] of values)
  test(`a value is taken as one that was printed: ${what}`, async () => {
    const make = step("make", "Make it", sh`true`, { outputs: { v: declared }, undo: notNeeded("a test") });
    const use = step("use", "Use it", sh`echo ${make.outputs.v} >> effects`, { undo: notNeeded("a test") });
    const source = runbook({ id: "making", title: "Making" }, () => [make, use]);
    await unknown(source);
    const story = await project.resume(source, saying({ say: "there", how: "looked", outputs: { v: text } }));
    if (wanted instanceof RegExp) assert.match(ofType(story.events, "noted")[0]?.text ?? "", wanted);
    assert.is(story.exitCode, wanted instanceof RegExp ? 75 : 0, story.message);
    assert.equal(project.effects(), wanted instanceof RegExp ? [] : [String(wanted)]);
  });

test("what nobody uses is not asked for", async () => {
  await unknown(making({ used: false }));
  const story = await project.resume(making({ used: false }), saying({ say: "there", how: "looked" }));
  assert.is(story.exitCode, 0, story.message);
});

test("a probe that finds it cannot say what it gave: a person is asked", async () => {
  const source = making({ probe: true });
  await project.run(source, { executors: { shell: lost } });
  const story = await project.resume(source);
  assert.equal([story.exitCode, story.step], [75, "make"]);
  assert.match(
    JSON.stringify(ofType(story.events, "asked")[0]?.question),
    "by its probe it is there, but not what it gave",
  );
  const went = await project.resume(source, saying({ say: "there", how: "looked", outputs: { count: "4" } }));
  assert.is(went.exitCode, 0, went.message);
  assert.equal(project.effects(), ["4"]);
});

test("a probe alone decides where nobody uses what it gives", async () => {
  const source = making({ used: false, probe: true });
  const story = await project.run(source, { executors: { shell: lost } });
  assert.match(JSON.stringify(finishedOf(story.events, "make").at(-1)), "by its probe: it is there");
});

test("its undo uses what was said", async () => {
  const source = runbook({ id: "made", title: "Made" }, () => [
    step("make", "Make it", sh`echo pod-1`, {
      outputs: { name: output.text() },
      undo: (o) => undoBy("Remove it", sh`echo removed ${o.name} >> effects`),
    }),
  ]);
  await unknown(source);
  const answer = { say: "there", how: "looked", outputs: { name: "pod-7" } } as const;
  assert.is((await project.resume(source, saying(answer))).exitCode, 0);
  const story = await project.rollback();
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["removed pod-7"]);
});

test.run();
