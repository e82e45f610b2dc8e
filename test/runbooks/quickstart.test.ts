import { spawnSync } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { RunEvent } from "../../runners/events/run-event.ts";
import { lockstep } from "../support/lockstep-command.ts";
import { createQuickstartProject, type Ended, listen, type QuickstartProject } from "../support/quickstart-project.ts";

const test = suite("the quickstart");
let project: QuickstartProject;
test.before.each(async () => {
  project = await createQuickstartProject();
});
test.after.each(() => project.clean());

const started = (step: string) => (event: RunEvent) => event.type === "started" && event.step === step;
const finished = (step: string) => (event: RunEvent) => event.type === "finished" && event.step === step;
const waited = (event: RunEvent): boolean => event.type === "waited" && event.step === "watch";

/** Each step that was begun, once for each time. */
const begun = (...runs: readonly Ended[]): readonly string[] =>
  runs.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === "started" && !event.attached ? [event.step] : [])),
  );

const allSteps = [
  ...["ports", "create", "open", "start-green", "green-health", "to-green", "watch", "steady"],
  ...["stop-blue", "unharmed", "delete"],
];

async function leavesNothing(): Promise<void> {
  assert.equal(await project.takenPorts(), []);
  assert.equal(project.processes(), []);
  assert.is(project.hasFolder(), false);
}

test("deploys green, harms no visitor, and leaves no process, no port and no file behind", async () => {
  const run = await project.start().ended;
  assert.is(run.exitCode, 0, run.stderr);
  assert.equal(begun(run), allSteps);
  const unharmed = run.events.find(finished("unharmed")) as { outputs?: { served?: number } };
  assert.ok((unharmed.outputs?.served ?? 0) > 0, "visitors were served");
  await leavesNothing();
});

test("goes back to blue in the middle of the wait when green is faulty", async () => {
  const run = await project.start("faulty=yes", "watch=60s").ended;
  assert.is(run.exitCode, 4, run.stderr);
  const trip = run.events.find(({ type }) => type === "guard-tripped") as { why?: string; during?: string };
  assert.match(trip.why ?? "", /^Error rate [\d.]+% is above 1%$/);
  assert.is(trip.during, "watch");
  const undone = run.events.filter((event) => event.type === "finished" && event.outcome === "undone");
  assert.equal(
    undone.map((event) => event.type === "finished" && event.step),
    ["to-green"],
  );
  assert.is(project.site().serving, "blue");
  assert.not(begun(run).includes("stop-blue"));
  assert.equal(await project.takenPorts(), []);
  assert.equal(project.processes(), []);

  const rollback = await project.rollback().ended;
  assert.is(rollback.exitCode, 4, rollback.stderr);
  await leavesNothing();
});

test("goes on after kill -9 in the wait, with the site that served meanwhile", async () => {
  const run = project.start("watch=4s");
  await run.until(waited);
  const killed = await run.signal("SIGKILL");
  assert.equal(await project.takenPorts(), Object.values(project.ports), "the site outlives lockstep");
  const resumed = await project.resume().ended;
  assert.is(resumed.exitCode, 0, resumed.stderr);
  assert.equal(begun(killed, resumed), allSteps);
  await leavesNothing();
});

test("goes on after kill -9 right after the switch began", async () => {
  const run = project.start();
  await run.until(started("to-green"));
  const killed = await run.signal("SIGKILL");
  const resumed = await project.resume().ended;
  assert.is(resumed.exitCode, 0, resumed.stderr);
  assert.equal(begun(killed, resumed), allSteps);
  await leavesNothing();
});

test("goes on after kill -9 of lockstep and of all that it had started, as the probe of the switch says", async () => {
  const run = project.start();
  await run.until(started("to-green"));
  const killed = await run.signal("SIGKILL");
  for (const pid of project.processes()) process.kill(pid, "SIGKILL");
  const resumed = await project.resume().ended;
  assert.is(resumed.exitCode, 0, resumed.stderr);
  const again = begun(killed, resumed);
  for (const step of allSteps.filter((id) => id !== "open" && id !== "to-green"))
    assert.is(again.filter((id) => id === step).length, 1, step);
  await leavesNothing();
});

test("ends what it started when it is interrupted, and opens the site as it was on resume", async () => {
  const run = project.start("watch=4s");
  await run.until(waited);
  const interrupted = await run.signal("SIGINT");
  assert.is(interrupted.exitCode, 130, interrupted.stderr);
  assert.equal(await project.takenPorts(), []);
  assert.equal(project.processes(), []);
  assert.is(project.site().serving, "green");
  const resumed = await project.resume().ended;
  assert.is(resumed.exitCode, 0, resumed.stderr);
  assert.equal(
    begun(resumed).filter((step) => allSteps.indexOf(step) < allSteps.indexOf("watch")),
    ["open"],
  );
  await leavesNothing();
});

test("is ended by a rollback after kill -9", async () => {
  const run = project.start("watch=60s");
  await run.until(waited);
  await run.signal("SIGKILL");
  const ports = Object.values(project.ports).map(String);
  const { status, stderr } = spawnSync(process.execPath, ["runbooks/quickstart/ports.mjs", ...ports], {
    cwd: project.root,
    encoding: "utf8",
  });
  assert.is(status, 1);
  assert.match(stderr, /^ports [\d, ]+ taken: perhaps by a quickstart that was killed\./);
  const rollback = await project.rollback().ended;
  assert.is(rollback.exitCode, 4, rollback.stderr);
  await leavesNothing();
});

test("is rolled back after Ctrl-C in the wait, while its site is closed", async () => {
  const run = project.start("watch=60s");
  await run.until(waited);
  await run.signal("SIGINT");
  const rollback = await project.rollback().ended;
  assert.is(rollback.exitCode, 4, rollback.stderr);
  await leavesNothing();
});

test("is rolled back after a later run took its site over, and deleted it", async () => {
  const older = project.start("watch=60s");
  await older.until(waited);
  await older.signal("SIGINT");
  const [created] = older.events;
  const later = await project.start().ended;
  assert.is(later.exitCode, 0, later.stderr);
  await leavesNothing();
  await lockstep("rollback", created?.type === "created" ? created.run : "")
    .in(project.root)
    .says(/Undo 4\.1 \| +the site is gone: there is nothing to do\n/, /Undo 3\.1 \| +the site is gone/)
    .prints(/^Rolled back: Quickstart/)
    .exits(4);
});

test("does nothing when a port is taken, says which, and runs when it is free", async () => {
  const { green } = project.ports;
  const other = await listen(green);
  try {
    await lockstep("run", "quickstart", ...project.params())
      .in(project.root)
      .says(new RegExp(`port ${green} taken: choose others, such as -p proxy-port=5780`), /0\.1 {3}failed/)
      .prints(
        /not run {3}1, 2,/,
        /^ {2}lockstep run quickstart -p proxy-port=\.\.\. -p blue-port=\.\.\. -p green-port=\.\.\. {4}anew, with other values$/m,
      )
      .exits(1);
    assert.is(project.hasFolder(), false);
  } finally {
    await new Promise((done) => other.close(done));
  }
  const run = await project.start().ended;
  assert.is(run.exitCode, 0, run.stderr);
  await leavesNothing();
});

test.run();
