import { spawnSync } from "node:child_process";
import fs, { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { attachAttempt } from "../../../runners/attempts/attach-attempt.ts";
import type { AttemptSpec } from "../../../runners/attempts/attempt.ts";
import { claimAttempt } from "../../../runners/attempts/claim-attempt.ts";
import { inspectAttempt } from "../../../runners/attempts/inspect-attempt.ts";
import { beginNative, endNative } from "../../../runners/attempts/native-attempt.ts";
import { wrapperExits, wrapperScript } from "../../../runners/attempts/wrapper-script.ts";
import { isAlive, processIdentity } from "../../../runners/processes/process-identity.ts";
import { createAttemptFixture, kill, readOutput, stateOf, until } from "../../support/attempt-fixture.ts";

const test = suite("an attempt after a crash of lockstep");
let fixture: ReturnType<typeof createAttemptFixture>;
test.before.each(() => {
  fixture = createAttemptFixture();
});
test.after.each(() => fixture.clean());

const read = ({ folder }: { folder: string }, name: string): string => readFileSync(join(folder, name), "utf8");
const begunOf = (spec: AttemptSpec): { pid: number; startTime: string; boot: string } =>
  JSON.parse(read(spec, "begun"));
const gone = {
  pid: 4_194_304,
  startTime: "1",
  boot: processIdentity().boot,
  kind: "session",
  startedAt: "2024-05-01T10:00:00.000Z",
};

function folderWith(files: Record<string, string>): string {
  const { folder } = fixture.spec("");
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test("it runs on, is attached to, and its output is whole", async () => {
  const spec = fixture.spec("echo one; until [[ -e go ]]; do sleep 0.02; done; echo two; exit 5", {
    separateOutput: true,
  });
  const parent = await fixture.startFromAnotherProcess(spec);
  await until(() => existsSync(join(spec.folder, "out")) && read(spec, "out") === "one\n");
  await kill(parent);
  const state = await inspectAttempt(spec.folder);
  assert.is(state.state, "running");
  assert.is("pid" in state && state.pid, begunOf(spec).pid);
  const attempt = attachAttempt(spec.folder, { graceSeconds: 1 });
  await attempt.begun;
  writeFileSync(join(fixture.root, "go"), "");
  assert.equal(await readOutput(attempt), { stdout: "one\ntwo\n", stderr: "" });
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 5 });
  assert.equal(await stateOf(spec.folder), { state: "ended", exitCode: 5 });
});

test("the outcome is there although nobody was attached when it ended", async () => {
  const spec = fixture.spec("until [[ -e go ]]; do sleep 0.02; done; seq 1 20000");
  const parent = await fixture.startFromAnotherProcess(spec);
  await kill(parent);
  writeFileSync(join(fixture.root, "go"), "");
  await until(async () => (await inspectAttempt(spec.folder)).state === "ended");
  assert.equal(await attachAttempt(spec.folder, { graceSeconds: 1 }).ended, { kind: "exited", exitCode: 0 });
  assert.is(read(spec, "log").split("\n").length, 20_001);
});

const elsewhen = (spec: AttemptSpec): void =>
  writeFileSync(join(spec.folder, "begun"), `${JSON.stringify({ ...begunOf(spec), boot: "the boot before" })}\n`);

for (const [how, more] of [
  ["printed by itself", {}],
  ["masked", { secrets: ["hunter22-hunter22"] }],
] as const)
  test(`a power cut that left its status and took the end of its output makes the outcome unknown: ${how}`, async () => {
    const attempt = await fixture.start("printf one; echo aside >&2; (printf two)", { ...more, separateOutput: true });
    await readOutput(attempt);
    assert.equal(await attempt.ended, { kind: "exited", exitCode: 0 });
    const spec = { folder: attempt.folder } as AttemptSpec;
    assert.match(read(spec, "status"), /^0 out 6\n/);
    elsewhen(spec);
    assert.equal(await stateOf(spec.folder), { state: "ended", exitCode: 0 });
    truncateSync(join(spec.folder, "out"), 4);
    assert.equal(await inspectAttempt(spec.folder), {
      state: "unknown",
      reason: "its exit code was 0, and of 6 bytes that it printed 4 are left since the machine was started anew",
    });
    rmSync(join(spec.folder, "out"));
    assert.match(JSON.stringify(await inspectAttempt(spec.folder)), "of 6 bytes that it printed 0 are left");
  });

test("within one boot what a script cut off of its own output is no loss, and no output of a failure is missed", async () => {
  const attempt = await fixture.start('echo one; echo two; bash -c "echo 3 >/proc/$$/fd/1"', { separateOutput: true });
  await readOutput(attempt);
  await attempt.ended;
  truncateSync(join(attempt.folder, "out"), 1);
  assert.equal(await stateOf(attempt.folder), { state: "ended", exitCode: 0 });
  const failed = await fixture.start("echo one; exit 3", { separateOutput: true });
  await readOutput(failed);
  await failed.ended;
  truncateSync(join(failed.folder, "out"), 1);
  elsewhen({ folder: failed.folder } as AttemptSpec);
  assert.equal(await stateOf(failed.folder), { state: "ended", exitCode: 3 });
});

test("a step that prints secrets goes on, whole and masked", async () => {
  const spec = fixture.spec(
    'until [[ -e go ]]; do echo "key $KEY"; echo "$KEY" | base64 >&2; done; for i in $(seq 1 3000); do echo "$i $KEY"; done; exit 4',
    { secrets: ["hunter22-hunter22"], env: { KEY: "hunter22-hunter22" }, separateOutput: true },
  );
  const parent = await fixture.startFromAnotherProcess(spec);
  await until(() => existsSync(join(spec.folder, "out")) && read(spec, "out").length > 1000);
  await kill(parent);
  writeFileSync(join(fixture.root, "go"), "");
  const attempt = attachAttempt(spec.folder, { graceSeconds: 1 });
  const { stdout, stderr } = await readOutput(attempt);
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 4 });
  assert.not.match(stdout, "hunter");
  assert.not.match(stderr, Buffer.from("hunter22-hunter22").toString("base64").slice(0, 8));
  assert.match(stdout, /^key \*\*\*\n/);
  assert.equal(
    stdout.split("\n").slice(-3001, -1),
    Array.from({ length: 3000 }, (_, index) => `${index + 1} ***`),
  );
});

test("an attempt that another lockstep started is ended with all that it started", async () => {
  const spec = fixture.spec("sleep 300 & sleep 300");
  const parent = await fixture.startFromAnotherProcess(spec);
  await until(() => existsSync(join(spec.folder, "begun")) && read(spec, "begun").endsWith("\n"));
  await kill(parent);
  const attempt = attachAttempt(spec.folder, { graceSeconds: 5 });
  assert.equal(await attempt.end("guard"), { kind: "ended-by-lockstep", reason: "guard", exitCode: 143 });
});

test("an attempt without begun has not begun; in another boot nobody can say", async () => {
  const folder = folderWith({ script: "true", log: "" });
  assert.equal(await inspectAttempt(folder), { state: "not-begun" });
  assert.equal(await inspectAttempt(join(fixture.root, "none")), { state: "not-begun" });
  for (const path of [folder, join(fixture.root, "none")])
    assert.is((await inspectAttempt(path, { startedBoot: "another" })).state, "unknown");
});

test("a claimed attempt never begins", async () => {
  const spec = fixture.spec("touch ran");
  assert.is(await claimAttempt(spec.folder), true);
  assert.equal(await inspectAttempt(spec.folder), { state: "not-begun" });
  writeFileSync(join(spec.folder, "script"), spec.script);
  const late = spawnSync(
    "bash",
    ["-p", "-c", wrapperScript, "late", spec.folder, "0022", "boot", "now", "session", ""],
    { cwd: fixture.root },
  );
  assert.is(late.status, wrapperExits.begunExists);
  assert.not(existsSync(join(fixture.root, "ran")));
  assert.is(await claimAttempt(spec.folder), true, "who died after claiming it leaves it claimed");
});

test("a claim that is cut off in the middle leaves nothing: it is not taken for a process that began", async () => {
  const folder = folderWith({ status: " ".repeat(24) });
  const { writeSync } = fs;
  fs.writeSync = ((fd: number, bytes: Buffer) => {
    writeSync(fd, bytes, 0, 3);
    throw new Error("died");
  }) as unknown as typeof writeSync;
  syncBuiltinESMExports();
  try {
    await claimAttempt(folder).catch(() => {});
  } finally {
    fs.writeSync = writeSync;
    syncBuiltinESMExports();
  }
  assert.equal(await inspectAttempt(folder), { state: "not-begun" });
  assert.is(await claimAttempt(folder), true);
});

test("of a claim and a wrapper exactly one comes first", async () => {
  for (let round = 0; round < 12; round++) {
    const spec = fixture.spec(`touch ran.${round}`);
    const starting = fixture.start(spec.script, { folder: spec.folder });
    await until(() => existsSync(join(spec.folder, "status")));
    await new Promise((resolve) => setTimeout(resolve, round));
    const claimed = await claimAttempt(spec.folder);
    const outcome = await (await starting).ended;
    assert.is(existsSync(join(fixture.root, `ran.${round}`)), !claimed);
    assert.is(outcome.kind, claimed ? "lost" : "exited");
  }
});

test("a begun attempt cannot be claimed, also when begun is empty or torn", async () => {
  for (const begun of ["", '{"pid":12', '{"pid":12}\n', `${JSON.stringify(gone)}\n`]) {
    const folder = folderWith({ begun, status: "   " });
    assert.is(await claimAttempt(folder), false);
    assert.is((await inspectAttempt(folder)).state, "unknown");
  }
});

test("a process that is just writing who began it is waited for: it is not unknown", async () => {
  const folder = folderWith({ begun: "", status: " ".repeat(24) });
  const inspected = inspectAttempt(folder);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const begun = { ...processIdentity(), kind: "session", startedAt: gone.startedAt };
  writeFileSync(join(folder, "begun"), `${JSON.stringify(begun)}\n`);
  assert.is((await inspected).state, "running");
});

test("a process that is gone without a status leaves an unknown outcome", async () => {
  const folder = folderWith({ begun: `${JSON.stringify(gone)}\n`, status: " ".repeat(24) });
  assert.equal(await inspectAttempt(folder), { state: "unknown", reason: "its process is gone and left no status" });
  assert.is((await attachAttempt(folder, { graceSeconds: 1 }).ended).kind, "lost");
});

test("a status without its newline is none", async () => {
  for (const status of ["", "0", "13   ", "12"])
    assert.is(
      (await inspectAttempt(folderWith({ begun: `${JSON.stringify(gone)}\n`, status }))).state,
      "unknown",
      status,
    );
  assert.equal(await stateOf(folderWith({ begun: "", status: "12\n    " })), { state: "ended", exitCode: 12 });
});

test("the pid of another process proves nothing", async () => {
  const reused = { ...gone, pid: process.pid };
  assert.is((await inspectAttempt(folderWith({ begun: `${JSON.stringify(reused)}\n` }))).state, "unknown");
});

test("the same process in another boot proves nothing", async () => {
  const other = { ...processIdentity(), boot: "another", kind: "session", startedAt: "now" };
  assert.equal(await inspectAttempt(folderWith({ begun: `${JSON.stringify(other)}\n` })), {
    state: "unknown",
    reason: "the machine was started anew while it ran",
  });
  const status = "0\n";
  assert.equal(await stateOf(folderWith({ begun: `${JSON.stringify(other)}\n`, status })), {
    state: "ended",
    exitCode: 0,
  });
});

test("while a process of its session lives it runs, although its wrapper was killed; then it is unknown", async () => {
  const attempt = await fixture.start("echo $$; until [[ -e go ]]; do sleep 0.02; done");
  await until(() => read(attempt, "log") !== "");
  process.kill(JSON.parse(read(attempt, "begun")).pid, "SIGKILL");
  await until(() => !isAlive(JSON.parse(read(attempt, "begun"))));
  assert.is((await inspectAttempt(attempt.folder)).state, "running");
  writeFileSync(join(fixture.root, "go"), "");
  assert.equal(await attempt.ended, {
    kind: "lost",
    reason: "the process that records its outcome was killed, and left no status",
  });
  assert.is((await inspectAttempt(attempt.folder)).state, "unknown");
});

test("a torn standard input begins nothing", async () => {
  const folder = folderWith({ script: "touch ran" });
  const torn = spawnSync(
    "bash",
    ["-p", "-c", wrapperScript, "torn", folder, "0022", "boot", "now", "session", "stdin"],
    { cwd: fixture.root, input: "half of it" },
  );
  assert.is(torn.status, wrapperExits.stdinTorn);
  assert.not(existsSync(join(folder, "begun")));
  assert.not(existsSync(join(fixture.root, "ran")));
});

test("what lockstep does itself is recorded by the same files; that the lockstep lives does not say that it runs", async () => {
  const { folder } = fixture.spec("");
  beginNative(folder);
  assert.is((await inspectAttempt(folder)).state, "unknown");
  assert.is(await claimAttempt(folder), false);
  endNative(folder, 1);
  assert.equal(await stateOf(folder), { state: "ended", exitCode: 1 });
  const died = folderWith({ begun: `${JSON.stringify({ ...gone, kind: "native" })}\n` });
  assert.is((await inspectAttempt(died)).state, "unknown");
});

test.run();
