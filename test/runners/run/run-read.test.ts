import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runRead } from "../../../runners/engine/run-read.ts";
import { readProcess } from "../../../runners/processes/process-entry.ts";
import { until } from "../../support/attempt-fixture.ts";

const test = suite("a read beside the steps");
let cwd = "";
test.before.each(() => {
  cwd = mkdtempSync(join(tmpdir(), "lockstep-read-"));
});
test.after.each(() => rmSync(cwd, { recursive: true, force: true }));

const pids = (): readonly number[] => {
  try {
    return readFileSync(join(cwd, "pids"), "utf8").split("\n").filter(Boolean).map(Number);
  } catch {
    return [];
  }
};
const living = (): readonly number[] => pids().filter((pid) => readProcess(pid)?.zombie === false);

const leavers = [
  ["a child", "sleep 300 & echo $! >> pids; echo seen"],
  ["a daemon that holds its output", "setsid bash -c 'echo $$ >> pids; exec sleep 300' & echo seen"],
  ["what ignores TERM", "bash -c 'trap \"\" TERM; echo $$ >> pids; while :; do sleep 0.02; done'"],
] as const;

for (const [what, command] of leavers)
  test(`its time-out ends ${what}, too`, async () => {
    const read = await runRead(`${command}; sleep 300`, { cwd, withheld: [], env: {}, timeoutSeconds: 1 });
    assert.ok(read.timedOut);
    assert.is(pids().length, 1);
    assert.equal(living(), []);
  });

test("it ends at once when nobody wants it any more, with what it started", async () => {
  const stop = new AbortController();
  const reading = runRead("sleep 300 & echo $! >> pids; wait", {
    cwd,
    withheld: [],
    env: {},
    timeoutSeconds: 300,
    signal: stop.signal,
  });
  await until(() => pids().length === 1);
  stop.abort();
  await reading;
  assert.equal(living(), []);
});

test("one that prints without an end is ended, and says why", async () => {
  const read = await runRead("echo $$ >> pids; while :; do echo line; done", {
    cwd,
    withheld: [],
    env: {},
    timeoutSeconds: 300,
  });
  assert.is.not(read.exitCode, 0);
  assert.match(read.stderr, "maxBuffer");
  assert.equal(living(), []);
});

test("a folder that does not exist is a failure, and ends nothing else", async () => {
  const read = await runRead("true", {
    cwd: join(cwd, "none"),
    withheld: [],
    env: {},
    timeoutSeconds: 1,
    signal: AbortSignal.abort(),
  });
  assert.is(read.exitCode, undefined);
  assert.match(read.stderr, "cwd");
});

test.run();
