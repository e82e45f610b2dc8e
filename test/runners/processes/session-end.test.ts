import { spawn } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readBootId } from "../../../runners/processes/boot-id.ts";
import { readProcess } from "../../../runners/processes/process-entry.ts";
import type { ProcessIdentity } from "../../../runners/processes/process-identity.ts";
import { endSession } from "../../../runners/processes/session-end.ts";
import { descendants, sessionMembers } from "../../../runners/processes/session-members.ts";
import { until } from "../../support/attempt-fixture.ts";

const test = suite("end a session");
const started: ProcessIdentity[] = [];
test.after.each(() => {
  for (const leader of started.splice(0)) {
    for (const { pid } of sessionMembers(leader)) process.kill(pid, "SIGKILL");
  }
});

/** Starts bash as the leader of a session, and waits for its first line. */
async function startSession(script: string): Promise<ProcessIdentity> {
  const child = spawn("bash", ["-c", script], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const pid = child.pid ?? 0;
  const leader = { pid, startTime: readProcess(pid)?.startTime ?? "", boot: readBootId() };
  started.push(leader);
  return leader;
}

test("the members of a session are its leader, its children and theirs, also in other groups", async () => {
  const leader = await startSession("(sleep 300 & wait) & set -m; sleep 300 & echo; wait");
  // the inner shell may start its child after the outer one has spoken
  await until(() => sessionMembers(leader).length >= 4);
  const members = sessionMembers(leader);
  assert.ok(members.some(({ pid }) => pid === leader.pid));
  assert.ok(members.some(({ group }) => group !== leader.pid));
  assert.equal(
    descendants(leader)
      .map(({ pid }) => pid)
      .sort(),
    members.map(({ pid }) => pid).sort(),
  );
});

test("another start time or boot means another session, which is left alone", async () => {
  const leader = await startSession("echo; sleep 300");
  assert.equal(sessionMembers({ ...leader, startTime: "1" }), []);
  assert.equal(sessionMembers({ ...leader, boot: "another" }), []);
  assert.equal(sessionMembers({ ...leader, pid: 0 }), []);
  assert.equal(descendants({ ...leader, startTime: "1" }), []);
});

test("a session outlives its leader", async () => {
  const leader = await startSession("sleep 300 & echo; wait");
  process.kill(leader.pid, "SIGKILL");
  while (sessionMembers(leader).some(({ pid }) => pid === leader.pid))
    await new Promise((resolve) => setTimeout(resolve, 5));
  assert.is(sessionMembers(leader).length, 1);
  assert.equal(await endSession({ members: () => sessionMembers(leader), wholeGroups: true, graceSeconds: 30 }), []);
  assert.equal(sessionMembers(leader), []);
});

test("KILL ends what ignores TERM, one by one as well as by groups", async () => {
  for (const wholeGroups of [true, false]) {
    const leader = await startSession("trap '' TERM; (while :; do sleep 0.02; done) & echo; wait");
    assert.equal(await endSession({ members: () => sessionMembers(leader), wholeGroups, graceSeconds: 0.1 }), []);
    assert.equal(sessionMembers(leader), []);
  }
});

test("to end what has ended is no error", async () => {
  assert.equal(await endSession({ members: () => [], wholeGroups: true, graceSeconds: 0 }), []);
});

test("what cannot be ended is given up, and named", async () => {
  const gone = spawn("true");
  await new Promise((resolve) => gone.once("exit", resolve));
  const kept = { pid: gone.pid ?? 0, parent: 1, group: 0, session: 0, startTime: "1", zombie: false, stopped: false };
  assert.equal(await endSession({ members: () => [kept], wholeGroups: false, graceSeconds: 0 }), [kept]);
});

test.run();
