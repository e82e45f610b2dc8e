import { suite } from "uvu";
import * as assert from "uvu/assert";
import { output, parallel, runbook, seconds, section, sh, step, wait } from "../../../dsl/index.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { guarded, write as guardedWrite } from "../guards/guarded-runbooks.ts";
import { fail, write } from "./rollback-runbooks.ts";

const test = suite("the order of a rollback");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

test("newest first, only what ran, and once", async () => {
  const story = await project.run(runbook({ id: "r", title: "R" }, () => [write("a"), write("b"), fail(), write("c")]));
  assert.is(story.exitCode, 1);
  const back = await project.rollback();
  assert.is(back.exitCode, 4);
  assert.is(back.state, "rolled-back");
  assert.equal(project.effects(), ["a", "b", "undo-b", "undo-a"]);
  assert.equal(ofType(back.events, "rollback-started")[0]?.steps, ["b", "a"]);
  const again = await project.rollback();
  assert.is(again.exitCode, 4);
  assert.equal(project.effects(), ["a", "b", "undo-b", "undo-a"]);
});

test("a run that ended well can be undone, too", async () => {
  assert.is((await project.run(runbook({ id: "r", title: "R" }, () => [write("a"), write("b")]))).exitCode, 0);
  assert.is((await project.rollback()).exitCode, 4);
  assert.equal(project.effects(), ["a", "b", "undo-b", "undo-a"]);
});

test("the steps of a parallel one at a time, in reverse order of their start", async () => {
  const slow = (id: string, needs: string) =>
    step(id, `Do ${id}`, sh`echo ${id} >> effects`, {
      undo: sh`echo begin-${id} >> effects; sleep 0.1; echo end-${id} >> effects`,
      ...(needs === "" ? {} : { after: [needs] }),
    });
  await project.run(
    runbook({ id: "r", title: "R" }, () => [
      parallel("p", "P", [slow("a", ""), slow("b", "a"), slow("c", "b")]),
      fail(),
    ]),
  );
  await project.rollback();
  assert.equal(project.effects().slice(3), ["begin-c", "end-c", "begin-b", "end-b", "begin-a", "end-a"]);
});

test("the undo of a section runs once, after the own undos of its steps, at the place of the first of them", async () => {
  const covered = (id: string) => step(id, `Do ${id}`, sh`echo ${id} >> effects`);
  await project.run(
    runbook({ id: "r", title: "R" }, () => [
      write("before"),
      section("s", "S", { undo: sh`echo undo-s >> effects` }, [covered("a"), write("b"), covered("c")]),
      write("after"),
      fail(),
    ]),
  );
  const back = await project.rollback();
  assert.equal(project.effects().slice(5), ["undo-after", "undo-b", "undo-s", "undo-before"]);
  assert.equal(
    ofType(back.events, "started").map(({ step: key }) => key),
    ["undo:after.1", "undo:b.1", "undo:section:s.1", "undo:before.1"],
  );
  await project.rollback();
  assert.is(project.effects().filter((line) => line === "undo-s").length, 1);
});

test("the undo of a section comes after the own undo of its first step", async () => {
  await project.run(
    runbook({ id: "r", title: "R" }, () => [
      section("s", "S", { undo: sh`echo undo-s >> effects` }, [
        write("a"),
        step("b", "Do b", sh`echo b >> effects`),
        write("c"),
      ]),
      fail(),
    ]),
  );
  await project.rollback();
  assert.equal(project.effects().slice(3), ["undo-c", "undo-a", "undo-s"]);
});

test("the undo of a section that ran nothing does not run", async () => {
  await project.run(
    runbook({ id: "r", title: "R" }, () => [
      write("a"),
      fail(),
      section("s", "S", { undo: sh`echo undo-s >> effects` }, [step("b", "Do b", sh`echo b >> effects`)]),
    ]),
  );
  await project.rollback();
  assert.equal(project.effects(), ["a", "undo-a"]);
});

test("the undo of the runbook covers what has no other, and runs once, last", async () => {
  await project.run(
    runbook({ id: "r", title: "R", undo: sh`echo undo-all >> effects` }, () => [
      step("a", "Do a", sh`echo a >> effects`),
      write("b"),
      step("c", "Do c", sh`echo c >> effects`),
      fail(),
    ]),
  );
  await project.rollback();
  assert.equal(project.effects().slice(3), ["undo-b", "undo-all"]);
});

test("after a guard undid its range, a rollback undoes the rest only", async () => {
  project.write("rate", "0\n");
  const run = project.start(guarded([guardedWrite("one"), wait("linger", "Linger", seconds(600))]));
  await run.waitFor(({ type }) => type === "tick");
  project.write("rate", "5\n");
  assert.is((await run.story).exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
  const back = await project.rollback();
  assert.is(back.exitCode, 4);
  assert.equal(ofType(back.events, "rollback-started")[0]?.steps, ["before"]);
  assert.equal(project.effects(), ["before", "one", "undo-one", "undo-before"]);
});

test("what an undo needs of its step's outputs is known, and it runs what was recorded, not what the source says", async () => {
  const version = (undo: string) =>
    runbook({ id: "r", title: "R" }, () => [
      step("a", "Do a", sh`echo blue`, {
        outputs: { was: output.text() },
        undo: ({ was }) => sh`echo ${undo}-${was} >> effects`,
      }),
      fail(),
    ]);
  await project.run(version("first"));
  const story = await project.rollback({ plan: project.plan(version("second")) });
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["first-blue"]);
});

test("a resumed rollback goes on where it was", async () => {
  await project.run(
    runbook({ id: "r", title: "R" }, () => [
      write("a"),
      step("b", "Do b", sh`echo b >> effects`, { undo: sh`test -e allowed && echo undo-b >> effects` }),
      write("c"),
      fail(),
    ]),
  );
  const failed = await project.rollback();
  assert.is(failed.exitCode, 1);
  assert.is(ofType(failed.events, "stopped")[0]?.reason, "rollback-failed");
  assert.match(failed.message ?? "", /Undo 2 .*failed: exit code 1/);
  assert.equal(project.effects(), ["a", "b", "c", "undo-c"]);
  project.write("allowed", "");
  const resumed = await project.resume();
  assert.is(resumed.exitCode, 4);
  assert.equal(project.effects(), ["a", "b", "c", "undo-c", "undo-b", "undo-a"]);
  assert.equal(outcomesOf(resumed.events, "undo:b.1"), ["ok"]);
});

test("an undo that failed is tried again by another rollback", async () => {
  await project.run(
    runbook({ id: "r", title: "R" }, () => [
      step("b", "Do b", sh`echo b >> effects`, { undo: sh`test -e allowed && echo undo-b >> effects` }),
      fail(),
    ]),
  );
  assert.is((await project.rollback()).exitCode, 1);
  assert.is((await project.rollback()).exitCode, 1);
  project.write("allowed", "");
  assert.is((await project.rollback()).exitCode, 4);
  assert.equal(project.effects(), ["b", "undo-b"]);
});

test.run();
