import { suite } from "uvu";
import * as assert from "uvu/assert";
import { notNeeded, runbook, sh, step } from "../../../dsl/index.ts";
import { readBootId } from "../../../runners/processes/boot-id.ts";
import { readProcess } from "../../../runners/processes/process-entry.ts";
import { isAlive } from "../../../runners/processes/process-identity.ts";
import { until } from "../../support/attempt-fixture.ts";
import { createRunFixture, finishedOf, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { type RunProcess, startRun } from "../../support/run-process.ts";
import * as runbooks from "../resume/crash-runbooks.ts";

const test = suite("a run that is interrupted");
const module = "test/runners/resume/crash-runbooks.ts";
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

async function startLong(effect: "read" | "write"): Promise<RunProcess> {
  const lockstep = await startRun({ module, make: "interruptible", args: [effect], root: project.root });
  await until(() => project.exists("grandchild") && project.read("grandchild").endsWith("\n"));
  return lockstep;
}

const livesIn = (file: string): boolean => {
  const pid = Number(project.read(file));
  const startTime = readProcess(pid)?.startTime;
  return startTime !== undefined && isAlive({ pid, startTime, boot: readBootId() });
};

for (const [signal, exitCode] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  test(`${signal} ends a read with all that it started, which counts as not started`, async () => {
    const lockstep = await startLong("read");
    assert.ok(livesIn("grandchild"));
    lockstep.signal(signal);
    const result = await lockstep.ended;
    assert.ok(result && "exitCode" in result);
    assert.is(result.exitCode, exitCode);
    assert.is(result.state, "interrupted");
    assert.is(result.step, "long");
    assert.not(livesIn("grandchild"));
    assert.equal(outcomesOf(lockstep.events, "long"), ["not-started"]);
    assert.equal(project.effects(), ["began"]);
    project.write("go", "");
    const story = await project.resume(runbooks.interruptible("read"));
    assert.is(story.exitCode, 0, story.message);
    assert.equal(project.effects(), ["began", "began", "after"]);
  });

  test(`${signal} ends a write, whose outcome is unknown then`, async () => {
    const lockstep = await startLong("write");
    lockstep.signal(signal);
    const result = await lockstep.ended;
    assert.is(result && "exitCode" in result && result.exitCode, exitCode);
    assert.not(livesIn("grandchild"));
    assert.equal(outcomesOf(lockstep.events, "long"), ["unknown"]);
    const story = await project.resume(runbooks.interruptible("write"));
    assert.is(story.exitCode, 75);
    assert.equal(project.effects(), ["began"]);
    await project.answer("long", { say: "there", how: "looked" });
    assert.is((await project.resume(runbooks.interruptible("write"))).exitCode, 0);
    assert.equal(project.effects(), ["began", "after"]);
  });
}

test("SIGHUP lets the running step finish, starts nothing new, and leaves the run resumable", async () => {
  const lockstep = await startLong("write");
  lockstep.signal("SIGHUP");
  await new Promise((resolve) => setTimeout(resolve, 100));
  project.write("go", "");
  const result = await lockstep.ended;
  assert.ok(result && "exitCode" in result);
  assert.is(result.state, "interrupted");
  assert.equal(outcomesOf(lockstep.events, "long"), ["ok"]);
  assert.equal(project.effects(), ["began"]);
  assert.is((await project.resume(runbooks.interruptible("write"))).exitCode, 0);
  assert.equal(project.effects(), ["began", "after"]);
});

test("background steps are ended too, and nothing is left running", async () => {
  const lockstep = await startRun({ module, make: "serving", root: project.root });
  await until(() => project.effects().length === 1);
  assert.ok(livesIn("servers"));
  lockstep.signal("SIGINT");
  const result = await lockstep.ended;
  assert.is(result && "exitCode" in result && result.exitCode, 130);
  assert.not(livesIn("servers"));
  assert.match(finishedOf(lockstep.events, "serve").at(-1)?.remark ?? "", "ended with the run");
  project.write("go", "");
  await project.answer("use", { say: "missing", how: "looked" });
  const story = await project.resume(runbooks.serving());
  assert.is(story.exitCode, 0, story.message);
  assert.is(project.read("servers").split("\n").length, 3, "it was started again");
});

test("an interruption before anything began starts nothing", async () => {
  const story = await project.run(
    runbook({ id: "one", title: "One" }, () => [step("a", "A", sh`echo a >> effects`, { undo: notNeeded("a test") })]),
    { signal: AbortSignal.abort("SIGTERM") },
  );
  assert.is(story.exitCode, 143);
  assert.equal(project.effects(), []);
  assert.is((await project.resume()).exitCode, 0);
});

test("a pause between two attempts ends at once", async () => {
  const { seconds } = await import("../../../dsl/index.ts");
  const interrupt = new AbortController();
  const { run } = await import("../../../runners/engine/run.ts");
  const plan = project.plan(
    runbook({ id: "one", title: "One" }, () => [
      step("a", "A", sh.read`false`, { retry: { attempts: 2, every: seconds(3600) } }),
    ]),
  );
  const running = run(plan, { root: project.root, signal: interrupt.signal });
  for await (const event of running) if (event.type === "finished") interrupt.abort("SIGINT");
  assert.is((await running.result).exitCode, 130);
});

test("a resume makes only the attempts that are left", async () => {
  const { seconds } = await import("../../../dsl/index.ts");
  const { run } = await import("../../../runners/engine/run.ts");
  const interrupt = new AbortController();
  const plan = project.plan(
    runbook({ id: "one", title: "One" }, () => [
      step("a", "A", sh.read`echo x >> tries; false`, { retry: { attempts: 3, every: seconds(0.3) } }),
    ]),
  );
  let failures = 0;
  const running = run(plan, { root: project.root, signal: interrupt.signal });
  for await (const event of running) {
    if (event.type !== "finished") continue;
    failures += 1;
    if (failures === 2) interrupt.abort("SIGINT");
  }
  assert.is((await running.result).exitCode, 130);
  assert.is((await project.resume(plan)).exitCode, 1);
  assert.is(project.read("tries"), "x\nx\nx\n");
  assert.is((await project.resume(plan)).exitCode, 1);
  assert.is(project.read("tries").length, 12, "after the last one a resume begins with the first again");
});

test("two processes on one run: the second is refused, and told who holds it; reading needs no hold", async () => {
  const lockstep = await startLong("read");
  const error = await project.resume(runbooks.interruptible("read")).then(
    () => undefined,
    (thrown: { code: string; message: string }) => thrown,
  );
  assert.is(error?.code, "run-held");
  assert.match(error?.message ?? "", `process ${lockstep.pid} `);
  assert.ok((await project.journal()).length > 0);
  await lockstep.kill();
  project.write("go", "");
  assert.is((await project.resume(runbooks.interruptible("read"))).exitCode, 0);
});

test.run();
