import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, check, checklist, manual, parallel, runbook, secondPerson, sh, step, watch } from "../../../dsl/index.ts";
import type { Answer, Prompter, Question } from "../../../runners/questions/question.ts";
import { suspend } from "../../../runners/questions/question.ts";
import { readInbox } from "../../../runners/store/inbox.ts";
import { until } from "../../support/attempt-fixture.ts";
import { createRunFixture, finishedOf, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { asked } from "./asking-runbooks.ts";

const test = suite("questions and answers");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const me = { user: "alice", host: "here" };
const undo = sh`true`;

test("a checklist is ticked by the machine where it can be, and by people for the rest, item by item", async () => {
  const list = runbook({ id: "r", title: "R" }, () => [
    checklist("gates", "Gates", [
      check("Tests passed", sh.read`test -e passed`),
      "Code reviewed",
      secondPerson("Four eyes"),
    ]),
    step("next", "Go on", sh`echo next >> effects`, { undo }),
  ]);
  const first = await project.run(list, { by: me });
  assert.is(first.exitCode, 75);
  await project.answer("gates", { say: "tick", items: [1] });
  await project.answer("gates", { say: "tick", items: [3] }, "alice");
  await project.answer("gates", { say: "tick", items: [2] }, "alice");
  const second = await project.resume(list, { by: me });
  assert.is(second.exitCode, 75);
  const noted = ofType(second.events, "noted").map(({ text }) => text);
  assert.match(noted[0] ?? "", "item 1 failed its check");
  assert.match(noted[1] ?? "", "needs a second person");
  assert.is(noted.length, 2);
  await project.answer("gates", { say: "tick", items: [3] }, "bo");
  project.write("passed", "");
  const third = await project.resume(list, { by: me });
  assert.is(third.exitCode, 0);
  assert.is(
    finishedOf(third.events, "gates")[0]?.remark,
    `2 of 3 ticked by alice from ${hostname()}, bo from ${hostname()}, 1 of 3 checked`,
  );
  assert.equal(project.effects(), ["next"]);
});

test("what was answered while nobody ran it is not asked once more", async () => {
  const list = runbook({ id: "r", title: "R" }, () => [checklist("gates", "Gates", ["Tested"])]);
  assert.is((await project.run(list)).exitCode, 75);
  await project.answer("gates", { say: "tick", items: [1] });
  const story = await project.resume(list);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(ofType(story.events, "asked"), []);
});

test("a tick is for the item that was read: it does not hold for what a later edit wrote in its place", async () => {
  const list = (...items: Parameters<typeof checklist>[2][number][]) =>
    runbook({ id: "r", title: "R" }, () => [checklist("gates", "Gates", items)]);
  assert.is((await project.run(list("Tested", "Reviewed"), { by: me })).exitCode, 75);
  await project.answer("gates", { say: "tick", items: [1] }, "alice");
  assert.is((await project.resume(list("Tested", "Reviewed"), { by: me })).exitCode, 75);
  for (const edited of [list("Backed up", "Reviewed"), list(secondPerson("Tested"), "Reviewed")]) {
    const changed = await project.resume(edited, { by: me, acceptChanges: true });
    assert.is(changed.exitCode, 75);
    const question = ofType(changed.events, "asked").at(-1)?.question;
    assert.equal(question?.kind === "checklist" && question.items.map(({ ticked }) => ticked), [false, false]);
  }
});

test("a machine looks again at an item whose check was edited", async () => {
  const list = (command: string) =>
    runbook({ id: "r", title: "R" }, () => [
      checklist("gates", "Gates", [check("Tests passed", sh.read`test ${command} = yes`), "Reviewed"]),
    ]);
  assert.is((await project.run(list("yes"), { by: me })).exitCode, 75);
  const changed = await project.resume(list("no"), { by: me, acceptChanges: true });
  const question = ofType(changed.events, "asked").at(-1)?.question;
  assert.equal(question?.kind === "checklist" && question.items.map(({ checked }) => checked), [
    { ok: false },
    undefined,
  ]);
});

test("a failed check is overruled with a reason only", async () => {
  const list = runbook({ id: "r", title: "R" }, () => [
    checklist("gates", "Gates", [check("Tests passed", sh.read`false`)]),
  ]);
  assert.is((await project.run(list)).exitCode, 75);
  await project.answer("gates", { say: "overrule", items: [1], reason: "" });
  assert.is((await project.resume(list)).exitCode, 75);
  await project.answer("gates", { say: "overrule", items: [1], reason: "flaky" });
  assert.is((await project.resume(list)).exitCode, 0);
});

test("a manual step takes what it asks for, all of it and nothing else", async () => {
  const by = runbook({ id: "r", title: "R" }, () => {
    const hand = manual("hand", "By hand", { asks: { impact: ask.line("What users see") } });
    return [hand, step("next", "Go on", sh`echo ${hand.outputs.impact} >> effects`, { undo })];
  });
  assert.is((await project.run(by)).exitCode, 75);
  for (const asks of [{}, { impact: " " }, { impact: "x", other: "y" }])
    await project.answer("hand", { say: "done", asks } as Answer);
  const wrong = await project.resume(by);
  assert.is(wrong.exitCode, 75);
  assert.is(ofType(wrong.events, "noted").length, 3);
  await project.answer("hand", { say: "done", asks: { impact: "nothing" } });
  assert.is((await project.resume(by)).exitCode, 0);
  assert.equal(project.effects(), ["nothing"]);
});

test("what the prompter says and does not fit is noted, and asked again", async () => {
  const says: Answer[] = [
    { say: "approve", digest: "" },
    { say: "tick", items: [] },
    { say: "tick", items: [1] },
  ];
  const prompter: Prompter = { by: me, ask: async () => says.shift() ?? suspend };
  const story = await project.run(asked(), { prompter });
  assert.is(story.exitCode, 0);
  assert.is(ofType(story.events, "noted").length, 2);
  assert.is(ofType(story.events, "answered")[0]?.by.user, "alice");
});

test("an answer from elsewhere withdraws the question here", async () => {
  const signals: AbortSignal[] = [];
  const run = project.start(asked(), {
    prompter: {
      ask: (_question: Question, signal: AbortSignal) => {
        signals.push(signal);
        return new Promise(() => {});
      },
    },
  });
  await run.waitFor(({ type }) => type === "asked");
  await project.answer("look", { say: "tick", items: [1] });
  assert.is((await run.story).exitCode, 0);
  assert.equal(
    signals.map(({ aborted }) => aborted),
    [true],
  );
});

test("stop from elsewhere stops once: the next resume asks again", async () => {
  assert.is((await project.run(asked())).exitCode, 75);
  await project.answer("look", { say: "stop" });
  assert.is((await project.resume(asked())).exitCode, 3);
  assert.is((await project.resume(asked())).exitCode, 75);
});

test("a message that cannot be read is noted, and does no harm", async () => {
  assert.is((await project.run(asked())).exitCode, 75);
  const folder = await project.folder();
  await project.answer("look", { say: "tick", items: [1] });
  const [message] = await readInbox(folder);
  writeFileSync(join(folder.inboxFolder, "000000000000001-000001-aa.json"), "{ torn");
  assert.ok(message);
  const story = await project.resume(asked());
  assert.is(story.exitCode, 0);
  assert.match(ofType(story.events, "noted")[0]?.text ?? "", "cannot be read");
  assert.equal(await readInbox(folder), []);
});

test("an answer without a name of what it says, or of a wrong shape, does not break the run", async () => {
  assert.is((await project.run(asked())).exitCode, 75);
  for (const answer of [{}, { say: "tick" }, { say: "tick", items: "1" }, { say: 7 }, "tick", 5, { say: "refuse" }])
    await project.answer("look", answer as never);
  const story = await project.resume(asked());
  assert.is(story.exitCode, 75, story.message);
  await project.answer("look", { say: "tick", items: [1] });
  assert.is((await project.resume(asked())).exitCode, 0);
});

test("an answer that was journaled before a kill is not asked for again", async () => {
  const lockstep = await startRun({
    module: "test/runners/questions/asking-runbooks.ts",
    make: "byHand",
    root: project.root,
  });
  await lockstep.waitFor(({ type }) => type === "asked" || type === "stopped");
  await lockstep.ended;
  // what a lockstep that died right after the answer leaves
  const { openJournal } = await import("../../../runners/journal/journal-writer.ts");
  const { createClock } = await import("../../../runners/journal/clock.ts");
  const journal = await openJournal<import("../../../runners/events/run-event.ts").JournalEvent>(
    (await project.folder()).path,
    { clock: createClock() },
  );
  await journal.append(
    {
      type: "answered",
      step: "hand",
      question: "hand#1",
      kind: "manual",
      answer: { say: "done", asks: { impact: "none" } },
      by: { user: "bo", host: "there" },
      unsigned: true,
    },
    { sync: true },
  );
  await journal.close();
  const { byHand } = await import("./asking-runbooks.ts");
  const story = await project.resume(byHand());
  assert.is(story.exitCode, 0);
  assert.equal(ofType(story.events, "asked"), []);
  assert.match(finishedOf(story.events, "hand")[0]?.remark ?? "", "bo");
});

test("a watch that was interrupted is shown again, and ends when a person has seen it", async () => {
  const watching = runbook({ id: "r", title: "R" }, () => [
    watch("pods", "Watch", sh.read`echo up`, { until: "all are up" }),
    step("next", "Go on", sh`echo next >> effects`, { undo }),
  ]);
  const interrupted = new AbortController();
  const run = project.start(watching, {
    mode: "interactive",
    prompter: { ask: () => new Promise(() => {}) },
    signal: interrupted.signal,
  });
  await run.waitFor(({ type }) => type === "asked");
  interrupted.abort("SIGINT");
  assert.is((await run.story).exitCode, 130);
  const again = await project.resume(watching, {
    mode: "interactive",
    prompter: { ask: async () => ({ say: "seen" }) },
  });
  assert.is(again.exitCode, 0);
  assert.is(ofType(again.events, "asked").length, 1);
  assert.equal(outcomesOf(again.events, "pods"), ["ok"]);
});

test("a prompter that fails is one that does not answer: it is noted, what runs beside it ends in its own time, and the run is suspended", async () => {
  const beside = runbook({ id: "r", title: "R" }, () => [
    parallel("both", "Both", [
      step("write", "Write", sh`echo begin >> effects; until [ -e go ]; do sleep 0.02; done; echo end >> effects`, {
        undo,
      }),
      manual("look", "Look"),
    ]),
  ]);
  const prompter: Prompter = { ask: () => Promise.reject(new Error("the chat is down")) };
  const run = project.start(beside, { mode: "interactive", prompter, by: me });
  await run.waitFor(({ type }) => type === "noted");
  await until(() => project.effects().length === 1);
  project.write("go", "");
  const story = await run.story;
  assert.is(story.exitCode, 75, story.message);
  assert.is(story.step, "look");
  assert.equal(project.effects(), ["begin", "end"]);
  assert.equal(outcomesOf(story.events, "write"), ["ok"]);
  const [noted] = ofType(story.events, "noted");
  assert.is(noted?.text, "it could not be asked here: the chat is down");
  assert.is((await project.journal()).at(-1)?.type, "stopped");
  await project.answer("look", { say: "done", asks: {} });
  assert.is((await project.resume(beside)).exitCode, 0);
});

test.run();
