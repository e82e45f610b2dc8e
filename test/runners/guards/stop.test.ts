import { suite } from "uvu";
import * as assert from "uvu/assert";
import { percent, rollback, runbook, seconds, stop, wait } from "../../../dsl/index.ts";
import type { JournalEvent } from "../../../runners/events/run-event.ts";
import { createClock } from "../../../runners/journal/clock.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";
import { memory, stopping, watchRate, write } from "./guarded-runbooks.ts";

const test = suite("a guard that stops the run");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => project.clean());

async function stopped(): Promise<void> {
  const run = project.start(stopping());
  await run.waitFor(({ type }) => type === "tick");
  project.write("rate", "5\n");
  const story = await run.story;
  assert.is(story.exitCode, 1);
  assert.is(story.state, "failed");
  assert.is(ofType(story.events, "stopped")[0]?.reason, "tripped");
  assert.equal(project.effects(), ["before", "one"]);
  project.write("rate", "0\n");
}

test("is latched: a resume asks, although the alert is over, and nothing runs without an answer", async () => {
  await stopped();
  const again = await project.resume(stopping());
  assert.is(again.exitCode, 75);
  assert.is(ofType(again.events, "asked")[0]?.question.kind, "tripped");
  assert.equal(ofType(again.events, "started"), []);
  assert.equal(project.effects(), ["before", "one"]);
});

test("is armed by an answer from elsewhere, which the journal keeps, and watches on", async () => {
  await stopped();
  await project.answer("rates", { say: "arm", reason: "a blip" });
  const story = await project.resume(stopping());
  assert.is(story.exitCode, 0);
  assert.equal(project.effects(), ["before", "one", "two"]);
  const words = story.events.map((event) => (event.type === "started" ? event.step : event.type));
  assert.ok(words.indexOf("guard-armed") < words.indexOf("sampled"));
  assert.ok(words.indexOf("sampled") < words.indexOf("linger"));
  assert.is(ofType(story.events, "guard-armed")[0]?.by?.user, "bo");
});

test("is not armed by an answer without a reason", async () => {
  await stopped();
  await project.answer("rates", { say: "arm", reason: " " });
  const story = await project.resume(stopping());
  assert.is(story.exitCode, 75);
  assert.match(ofType(story.events, "noted")[0]?.text ?? "", "no reason");
});

test("armed while the alert still holds, trips again", async () => {
  await stopped();
  project.write("rate", "5\n");
  await project.answer("rates", { say: "arm", reason: "a blip" });
  const story = await project.resume(stopping());
  assert.is(story.exitCode, 1);
  assert.equal(project.effects(), ["before", "one"]);
});

test("is undone to where the guard began by an answer from elsewhere", async () => {
  await stopped();
  await project.answer("rates", { say: "roll-back" });
  const story = await project.resume(stopping());
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

test("is undone whole by a rollback", async () => {
  await stopped();
  const story = await project.rollback();
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "undo-one", "undo-before"]);
});

test("does not keep another guard from going back", async () => {
  project.write("memory", "0\n");
  const both = runbook({ id: "both", title: "Both" }, () => [
    watchRate({ onTrip: stop }, "stops"),
    watchRate({ alerts: [memory.above(percent(80))], onTrip: rollback }, "goes-back"),
    write("one"),
    wait("linger", "Linger", seconds(600)),
  ]);
  const run = project.start(both);
  await run.waitFor(({ type }) => type === "tick");
  project.write("rate", "5\n");
  assert.is((await run.story).exitCode, 1);
  const journal = await openJournal<JournalEvent>((await project.folder()).path, { clock: createClock() });
  await journal.append({ type: "guard-tripped", guard: "goes-back", why: "Memory 99% is above 80%" }, { sync: true });
  await journal.close();
  const story = await project.resume(both);
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["one", "undo-one"]);
});

test.run();
