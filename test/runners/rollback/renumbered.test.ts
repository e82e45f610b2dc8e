import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type AnyRunbook, type Block, irreversible, runbook, sh, step, undoBy } from "../../../dsl/index.ts";
import { createRunFixture, ofType, type RunFixture, type RunStory } from "../../support/run-fixture.ts";
import { fail, write } from "./rollback-runbooks.ts";

const test = suite("a rollback after an edit that moved numbers");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

/** It stops at its end; then a step is put before the others, which is accepted, and it is rolled back. */
async function rollbackOfEdited(...blocks: readonly Block[]): Promise<RunStory> {
  const book = (...first: readonly Block[]): AnyRunbook =>
    runbook({ id: "moved", title: "Moved" }, () => [...first, write("one"), ...blocks, fail()]);
  await project.run(book());
  await project.resume(book(step("new", "New", sh.read`true`)), { acceptChanges: true });
  return project.rollback();
}

const two = (undo: ReturnType<typeof sh>): Block =>
  step("two", "Do two", sh`true`, { undo: undoBy("Take two back", undo) });

test("shows what an undo prints by the number of now", async () => {
  const { events } = await rollbackOfEdited(two(sh`echo taken back`));
  assert.equal(
    ofType(events, "output").map(({ number, text }) => [number, text]),
    [["Undo 3", "taken back\n"]],
  );
});

test("asks by the number of now", async () => {
  const story = await rollbackOfEdited(step("two", "Do two", sh`true`, { undo: irreversible("it is gone") }));
  assert.is(story.step, "undo:two");
  const [asked] = ofType(story.events, "asked");
  assert.is(asked?.question.number, "Undo 3");
  assert.match(JSON.stringify(asked), "3 cannot be undone: it is gone");
});

test("names what it could not undo by the number of now", async () => {
  assert.is((await rollbackOfEdited(two(sh`false`))).message, "Undo 3 (Take two back) failed: exit code 1");
});

test.run();
