import { existsSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { code, notNeeded, output, runbook, seconds, sh, step } from "../../../dsl/index.ts";
import { type DiskFault, failDisk } from "../../support/disk-faults.ts";
import { createRunFixture, finishedOf, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("a step in TypeScript on a disk that fails");
let project: RunFixture;
let calls: string[];
test.before.each(() => {
  project = createRunFixture();
  calls = [];
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");

const giving = runbook({ id: "giving", title: "Giving" }, () => {
  const give = step(
    "give",
    "Give",
    code(({ log }) => {
      calls.push("begin");
      log("half done");
      calls.push("end");
      return "word";
    }),
    { undo, outputs: { word: output.text() }, retry: { attempts: 3, every: seconds(0) } },
  );
  return [give, step("use", "Use", sh`echo ${give.outputs.word} >> effects`, { undo })];
});

/** Runs it while one file of its attempt cannot be written. */
async function runWithout(file: "log" | "out", fault: Partial<DiskFault>): Promise<{ code?: string; message: string }> {
  const among: DiskFault["among"] = (operation, path) => operation === "write" && path.endsWith(`/give.1/${file}`);
  const disk = await failDisk(project.root, { nth: 1, code: "ENOSPC", lasting: true, among, ...fault });
  try {
    return (await project.run(giving).catch((error: unknown) => error)) as { code?: string; message: string };
  } finally {
    disk.mend();
  }
}

test("what it gives cannot be written: it is not run again, and a person is asked what it gave", async () => {
  const { code: failed, message } = await runWithout("out", { half: true });
  assert.is(failed, "disk-failed", message);
  assert.match(message, /give\.1\/out could not be written: the disk is full/);
  assert.not(existsSync(join((await project.folder()).attemptFolder("give", 1), "out")), "half of it is none of it");
  const resumed = await project.resume(giving);
  assert.is(resumed.exitCode, 75, resumed.message);
  assert.equal(calls, ["begin", "end"]);
  const [asked] = ofType(resumed.events, "asked");
  assert.match(JSON.stringify(asked?.question), "its output could not be written; its exit code was 0");
  await project.answer("give", { say: "there", how: "looked", outputs: { word: "word" } });
  assert.is((await project.resume(giving)).exitCode, 0);
  assert.equal(project.effects(), ["word"]);
  assert.equal(calls, ["begin", "end"]);
});

test("its log cannot be written: it is not cut off in the middle, the run stops before the next step, and goes on after it", async () => {
  const { code: failed, message } = await runWithout("log", {});
  assert.is(failed, "disk-failed", message);
  assert.match(message, /give\.1\/log could not be written: the disk is full/);
  assert.equal(project.effects(), []);
  const resumed = await project.resume(giving);
  assert.is(resumed.exitCode, 0, resumed.message);
  assert.equal(calls, ["begin", "end"]);
  assert.equal(project.effects(), ["word"]);
});

test("a run that is taken up in the process that began it does not take its own pid for the step's", async () => {
  const stuck = (effect: typeof code | typeof code.read) =>
    runbook({ id: "stuck", title: "Stuck" }, () => [
      step(
        "it",
        "Do it",
        effect(() => {
          calls.push("began");
        }),
        effect === code ? { undo } : ({} as { undo: typeof undo }),
      ),
    ]);
  const among: DiskFault["among"] = (operation, path) => operation === "write" && path.endsWith("/status");
  for (const [effect, exitCode] of [
    [code, 75],
    [code.read, 0],
  ] as const) {
    calls = [];
    // the first write is the place of the status
    const disk = await failDisk(project.root, { nth: 2, code: "EIO", lasting: true, among });
    await project.run(stuck(effect)).catch(() => {});
    disk.mend();
    const resumed = await project.resume(stuck(effect));
    assert.is(resumed.exitCode, exitCode, resumed.message);
    assert.is(calls.length, effect === code ? 1 : 2);
    assert.is(finishedOf(resumed.events, "it")[0]?.outcome, effect === code ? "unknown" : "not-started");
  }
});

test("one that returns what is no text has failed, and is not repeated", async () => {
  const plan = runbook({ id: "number", title: "Number" }, () => [
    step(
      "it",
      "Do it",
      code((() => {
        calls.push("began");
        return 5;
      }) as never),
      { undo, retry: { attempts: 3, every: seconds(0) } },
    ),
  ]);
  const story = await project.run(plan);
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "it returned a number, and not a text");
  assert.equal(outcomesOf(story.events, "it"), ["failed"]);
  assert.equal(calls, ["began"]);
});

test.run();
