import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  approval,
  check,
  checklist,
  parallel,
  runbook,
  secondPerson,
  seconds,
  section,
  sh,
  step,
} from "../../../dsl/index.ts";
import { executeApproval } from "../../../runners/executors/approval-executor.ts";
import type { Executor } from "../../../runners/executors/executor.ts";
import type { Clock } from "../../../runners/journal/clock.ts";
import type { Prompter, Question } from "../../../runners/questions/question.ts";
import type { RunOptions } from "../../../runners/run-options.ts";
import { movableClock } from "../../support/movable-clock.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture, type RunStory } from "../../support/run-fixture.ts";

const test = suite("the terms of an approval");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const alice = { user: "alice", host: "here" };
const bo = { user: "bo", host: "here" };
const undo = sh`true`;

const write = (id: string, command = sh`echo ${id} >> effects`) => step(id, id, command, { undo });

/** Two steps under an approval that holds for a minute; the second fails until `mended` is there. */
function short(quorum = 1): AnyRunbook {
  return runbook({ id: "short", title: "Short" }, () => [
    approval("go", "Go on", { by: ["release-manager"], validFor: seconds(60), quorum }),
    section("s", "S", [write("one"), write("two", sh`test -e mended && echo two >> effects`)]),
  ]);
}

async function approve(story: RunStory, by = "bo", sent: { readonly clock?: Clock } = {}): Promise<void> {
  await project.answer("go", { say: "approve", digest: lastQuestion(story).digest }, by, sent);
}

function lastQuestion(story: RunStory): Extract<Question, { kind: "approval" }> {
  const question = ofType(story.events, "asked").at(-1)?.question;
  if (question?.kind !== "approval") throw new Error("no approval was asked for");
  return question;
}

const noted = (story: RunStory): string =>
  ofType(story.events, "noted")
    .map(({ text }) => text)
    .join("\n");

test("a yes that lay in the inbox for longer than it holds does not count", async () => {
  const clock = movableClock();
  await approve(await project.run(short(), { clock }));
  clock.pass(61);
  const late = await project.resume(short(), { clock });
  assert.is(late.exitCode, 75);
  assert.match(noted(late), "the answer of bo does not count: it was sent too long ago, and holds for 1m 00s");
  assert.equal(project.effects(), []);
});

test("an approval that is used in time is kept while its steps run on", async () => {
  const clock = movableClock();
  await approve(await project.run(short(), { clock }));
  clock.pass(30);
  project.write("mended", "");
  assert.is((await project.resume(short(), { clock })).exitCode, 0);
  assert.equal(project.effects(), ["one", "two"]);
});

test("a resume with something left to do asks for one that holds no longer again, under another name", async () => {
  const clock = movableClock();
  await approve(await project.run(short(), { clock }));
  assert.is((await project.resume(short(), { clock })).step, "two");
  clock.pass(30);
  assert.is((await project.resume(short(), { clock })).step, "two");
  clock.pass(31);
  project.write("mended", "");
  const late = await project.resume(short(), { clock });
  assert.is(late.exitCode, 75);
  assert.is(late.step, "go");
  assert.match(JSON.stringify(late.events), "void: it was given too long ago, and holds for 1m 00s");
  assert.is(lastQuestion(late).id, "go#2");
  await approve(late, "bo", { clock });
  assert.is((await project.resume(short(), { clock })).exitCode, 0);
  assert.equal(project.effects(), ["one", "two"]);
});

test("after everything that it covers is done, its age does not matter", async () => {
  const clock = movableClock();
  const later = runbook({ id: "later", title: "Later" }, () => [
    approval("go", "Go on", { by: ["release-manager"], validFor: seconds(60) }),
    write("one"),
    approval("more", "More", { by: ["release-manager"] }),
    write("two"),
  ]);
  await approve(await project.run(later, { clock }));
  assert.is((await project.resume(later, { clock })).step, "more");
  clock.pass(3600);
  const again = await project.resume(later, { clock });
  assert.is(again.step, "more");
  assert.equal(outcomesOf(again.events, "go"), []);
});

test("who takes too long before the first step starts is asked again, before it starts", async () => {
  const clock = movableClock();
  const kinds: string[] = [];
  const prompter: Prompter = {
    by: bo,
    ask: async (question) => {
      kinds.push(`${question.kind} ${question.id}`);
      if (question.kind === "approval") return { say: "approve", digest: question.digest };
      // a long look at the first step
      if (kinds.length === 2) clock.pass(61);
      return { say: "run" };
    },
  };
  project.write("mended", "");
  const story = await project.run(short(), { clock, prompter, mode: "step", by: alice });
  assert.is(story.exitCode, 0);
  assert.equal(kinds, ["approval go#1", "start one#1", "approval go#2", "start two#1"]);
  const order = story.events.flatMap((event) =>
    event.type === "started" || event.type === "finished" ? [`${event.type} ${event.step}`] : [],
  );
  assert.ok(order.lastIndexOf("finished go") < order.indexOf("started one"), order.join(", "));
});

test("steps that begin beside each other ask once", async () => {
  const clock = movableClock();
  let asked = 0;
  const prompter: Prompter = {
    ask: async (question) => {
      if (question.kind !== "approval") return { say: "run" };
      asked += 1;
      return { say: "approve", digest: question.digest };
    },
  };
  const beside = runbook({ id: "beside", title: "Beside" }, () => [
    approval("go", "Go on", { by: ["release-manager"], validFor: seconds(60) }),
    parallel("p", "P", [write("one"), write("two")]),
  ]);
  const late: Executor = async (engine, attempt) => {
    const result = await executeApproval(engine, attempt);
    if (asked === 1) clock.pass(61);
    return result;
  };
  assert.is(
    (await project.run(beside, { clock, prompter, mode: "interactive", executors: { approval: late } })).exitCode,
    0,
  );
  assert.is(asked, 2);
  assert.equal([...project.effects()].sort(), ["one", "two"]);
});

test("the second of two people comes too late when the first yes holds no longer", async () => {
  const clock = movableClock();
  const options: Partial<RunOptions> = { clock };
  await approve(await project.run(short(2), options), "bo");
  const half = await project.resume(short(2), options);
  assert.equal(lastQuestion(half).approved, ["bo"]);
  clock.pass(61);
  const late = await project.resume(short(2), options);
  assert.is(lastQuestion(late).id, "go#2");
  assert.equal(lastQuestion(late).approved, []);
  await approve(late, "eva", { clock });
  assert.is((await project.resume(short(2), options)).exitCode, 75);
  assert.equal(project.effects(), []);
});

const foreign = (): AnyRunbook =>
  runbook({ id: "foreign", title: "Foreign" }, () => [
    approval("go", "Go on", { by: ["release-manager"], secondPerson: true }),
    write("one"),
    write("two", sh`test -e mended && echo two >> effects`),
  ]);

test("four eyes: nobody who has started or resumed the run approves", async () => {
  await approve(await project.run(foreign(), { by: alice }), "alice");
  const refused = await project.resume(foreign(), { by: { user: "carol", host: "here" } });
  assert.is(refused.exitCode, 75);
  assert.match(noted(refused), "the answer of alice does not count: alice runs this, and it takes somebody else");
  await approve(refused, "carol");
  assert.match(noted(await project.resume(foreign(), { by: alice })), "carol runs this, and it takes somebody else");
  await approve(refused, "bo");
  assert.is((await project.resume(foreign(), { by: alice })).step, "two");
});

test("four eyes: who approved and then takes over the run makes the approval void", async () => {
  await approve(await project.run(foreign(), { by: alice }), "bo");
  assert.is((await project.resume(foreign(), { by: alice })).step, "two");
  project.write("mended", "");
  const taken = await project.resume(foreign(), { by: bo });
  assert.is(taken.exitCode, 75);
  assert.is(taken.step, "go");
  assert.match(JSON.stringify(taken.events), "void: bo approved it and runs this, and it takes somebody else");
  await approve(taken, "eva");
  assert.is((await project.resume(foreign(), { by: bo })).exitCode, 0);
});

test("an approval whose own terms change is asked for again", async () => {
  const plain = runbook({ id: "foreign", title: "Foreign" }, () => [
    approval("go", "Go on", { by: ["release-manager"] }),
    write("one"),
    write("two", sh`test -e mended && echo two >> effects`),
  ]);
  await approve(await project.run(plain, { by: alice }), "alice");
  assert.is((await project.resume(plain, { by: alice })).step, "two");
  const stricter = await project.resume(foreign(), { by: alice, acceptChanges: true });
  assert.is(stricter.step, "go");
  assert.is(lastQuestion(stricter).id, "go#2");
});

test("the second person of a checklist is neither who runs it nor who ticked the rest", async () => {
  const list = runbook({ id: "r", title: "R" }, () => [
    checklist("go", "Gates", [check("Fine", sh.read`true`), "Tested", secondPerson("Reviewed"), "Announced"]),
  ]);
  assert.is((await project.run(list, { by: alice })).exitCode, 75);
  await project.answer("go", { say: "tick", items: [2] }, "carol");
  await project.answer("go", { say: "tick", items: [3] }, "carol");
  await project.answer("go", { say: "tick", items: [3] }, "alice");
  await project.answer("go", { say: "tick", items: [3] }, "bo");
  await project.answer("go", { say: "tick", items: [4] }, "bo");
  const story = await project.resume(list, { by: alice });
  assert.is(story.exitCode, 75);
  assert.equal(noted(story).split("\n"), [
    "the answer of carol does not count: item 3 needs another person than 2, which carol ticked",
    "the answer of alice does not count: item 3 needs a second person",
    "the answer of bo does not count: item 4 needs another person than 3, which bo ticked",
  ]);
  await project.answer("go", { say: "tick", items: [4] }, "alice");
  assert.is((await project.resume(list, { by: alice })).exitCode, 0);
});

test.run();
