import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Attempt } from "../../../runners/attempts/attempt.ts";
import { inspectAttempt } from "../../../runners/attempts/inspect-attempt.ts";
import { readStatus } from "../../../runners/attempts/status-record.ts";
import { markOf } from "../../../runners/processes/marked-processes.ts";
import { readProcess } from "../../../runners/processes/process-entry.ts";
import { createAttemptFixture, stateOf, until } from "../../support/attempt-fixture.ts";

const test = suite("end an attempt");
let fixture: ReturnType<typeof createAttemptFixture>;
test.before.each(() => {
  fixture = createAttemptFixture();
});
test.after.each(() => fixture.clean());

const log = ({ folder }: Attempt): string => readFileSync(join(folder, "log"), "utf8");
const lives = (pid: number): boolean => readProcess(pid)?.zombie === false;

/** The attempt once it has printed so many lines, each the pid of one of its processes. */
async function withPids(script: string, count: number, more = {}): Promise<{ attempt: Attempt; pids: number[] }> {
  const attempt = await fixture.start(script, more);
  await until(() => log(attempt).split("\n").length > count);
  return { attempt, pids: log(attempt).trim().split("\n").map(Number) };
}

test("TERM ends it, and its status is recorded", async () => {
  const { attempt, pids } = await withPids("echo $$; sleep 300", 1);
  assert.equal(await attempt.end("timeout"), { kind: "ended-by-lockstep", reason: "timeout", exitCode: 143 });
  assert.equal(pids.filter(lives), []);
  assert.equal(await stateOf(attempt.folder), { state: "ended", exitCode: 143 });
});

test("it may end in its own way within the grace time", async () => {
  const { attempt } = await withPids("trap 'echo bye; exit 9' TERM; echo $$; while :; do sleep 0.02; done", 1, {
    graceSeconds: 30,
  });
  assert.equal(await attempt.end("interrupt"), { kind: "ended-by-lockstep", reason: "interrupt", exitCode: 9 });
  assert.match(log(attempt), "bye");
});

test("what ignores TERM is killed after the grace time", async () => {
  const { attempt, pids } = await withPids("trap '' TERM; echo $$; while :; do sleep 0.02; done", 1);
  assert.equal(await attempt.end("interrupt"), { kind: "ended-by-lockstep", reason: "interrupt", exitCode: undefined });
  assert.equal(pids.filter(lives), []);
  assert.is((await inspectAttempt(attempt.folder)).state, "unknown");
});

test("grandchildren end with it, also those that ignore TERM or have a group of their own", async () => {
  const script =
    "(trap '' TERM; echo $BASHPID; while :; do sleep 0.02; done) & (bash -c 'echo $$; sleep 300' & wait) & set -m; bash -c 'echo $$; sleep 300' & set +m; echo $$; wait";
  const { attempt, pids } = await withPids(script, 4);
  assert.equal(pids.filter(lives), pids);
  await attempt.end("section-end");
  assert.equal(pids.filter(lives), []);
});

/** Nothing else of this process is done meanwhile, as when it is stopped (SIGSTOP) or held up. */
function heldUpUntilStatus({ folder }: Attempt): void {
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  while (readStatus(folder) === undefined) Atomics.wait(nobody, 0, 0, 10);
}

for (const reason of ["timeout", "interrupt", "guard"] as const)
  test(`what ended before lockstep came to look keeps its outcome, and what it left behind stays: ${reason}`, async () => {
    const { attempt, pids } = await withPids(
      "(exec >&- 2>&-; exec sleep 300) & echo $!; until [ -e go ]; do sleep 0.02; done; exit 3",
      1,
    );
    writeFileSync(join(fixture.root, "go"), "");
    heldUpUntilStatus(attempt);
    assert.equal(await attempt.end(reason), { kind: "exited", exitCode: 3 });
    assert.equal(pids.filter(lives), pids);
    await attempt.end("section-end");
    assert.equal(pids.filter(lives), []);
  });

const daemons = [
  ["a daemon", "(setsid bash -c 'echo $$; exec sleep 300' &) & echo $$; wait; sleep 300"],
  [
    "one of two forks",
    "setsid bash -c '(setsid bash -c \"echo \\$\\$; sleep 300\" &) & wait' & echo $$; wait; sleep 300",
  ],
  [
    "one that ignores TERM",
    "setsid bash -c 'trap \"\" TERM; echo $$; while :; do sleep 0.02; done' & echo $$; sleep 300",
  ],
  ["one that closed all", "setsid bash -c 'echo $$; exec sleep 300 <&- >&- 2>&-' & echo $$; sleep 300"],
] as const;

for (const [what, script] of daemons)
  test(`what left the session ends with it: ${what}`, async () => {
    const { attempt, pids } = await withPids(script, 2);
    assert.equal(pids.filter(lives), pids);
    await attempt.end("timeout");
    assert.equal(pids.filter(lives), []);
  });

test("a daemon that a masked step started ends with it, and nobody waits for the grace time", async () => {
  const { attempt, pids } = await withPids("setsid bash -c 'echo $$; exec sleep 300' & echo $$; sleep 300", 2, {
    secrets: ["secret-word"],
    graceSeconds: 200,
  });
  await attempt.end("interrupt");
  assert.equal(pids.filter(lives), []);
});

test("what a step left behind when it ended by itself stays, and ends only with its section", async () => {
  const { attempt, pids } = await withPids("setsid bash -c 'echo $$; exec sleep 300' & sleep 300 & echo $!", 2);
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 0 });
  await attempt.end("interrupt");
  assert.equal(pids.filter(lives), pids);
  assert.equal(await attempt.end("section-end"), { kind: "exited", exitCode: 0 });
  assert.equal(pids.filter(lives), []);
});

test("a lockstep in a step ends what is its own, and the step ends both", async () => {
  const outer = await fixture.start("echo $$; sleep 300");
  const inherited = process.env["LOCKSTEP_ATTEMPT"];
  process.env["LOCKSTEP_ATTEMPT"] = markOf(outer.folder);
  const inner = ["a", "b"].map(() => withPids("setsid bash -c 'echo $$; exec sleep 300' & echo $$; wait", 2));
  const [first, second] = await Promise.all(inner);
  if (inherited === undefined) delete process.env["LOCKSTEP_ATTEMPT"];
  else process.env["LOCKSTEP_ATTEMPT"] = inherited;
  await first?.attempt.end("interrupt");
  assert.equal(first?.pids.filter(lives), []);
  assert.equal(second?.pids.filter(lives), second?.pids);
  await outer.end("interrupt");
  assert.equal(second?.pids.filter(lives), []);
});

test("a stopped process is ended", async () => {
  const { attempt, pids } = await withPids("echo $$; kill -STOP $$", 1, { graceSeconds: 30 });
  assert.is((await attempt.end("guard")).kind, "ended-by-lockstep");
  assert.equal(pids.filter(lives), []);
});

test("a masked step is ended as well, its output whole", async () => {
  const { attempt } = await withPids(
    "echo $$; trap 'echo last words secret-word; exit 1' TERM; while :; do sleep 0.02; done",
    1,
    { secrets: ["secret-word"], graceSeconds: 30 },
  );
  assert.equal(await attempt.end("timeout"), { kind: "ended-by-lockstep", reason: "timeout", exitCode: 1 });
  assert.match(log(attempt), /last words \*\*\*\n$/);
});

test("ending it twice is ending it once, with the first reason", async () => {
  const { attempt } = await withPids("echo $$; sleep 300", 1);
  const outcomes = await Promise.all([attempt.end("timeout"), attempt.end("interrupt"), attempt.ended]);
  for (const outcome of outcomes)
    assert.equal(outcome, { kind: "ended-by-lockstep", reason: "timeout", exitCode: 143 });
});

test("what has ended keeps its outcome", async () => {
  const attempt = await fixture.start("exit 3");
  await attempt.ended;
  assert.equal(await attempt.end("timeout"), { kind: "exited", exitCode: 3 });
});

test("what was ended before it began never begins", async () => {
  const attempt = await fixture.start("touch ran", { stdin: "" });
  const outcome = await attempt.end("interrupt");
  assert.is(outcome.kind, "ended-by-lockstep");
});

test.run();
