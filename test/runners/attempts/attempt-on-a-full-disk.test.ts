import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { claimAttempt } from "../../../runners/attempts/claim-attempt.ts";
import { inspectAttempt } from "../../../runners/attempts/inspect-attempt.ts";
import { beginNative, endNative } from "../../../runners/attempts/native-attempt.ts";
import { startAttempt } from "../../../runners/attempts/start-attempt.ts";
import { reserveStatus } from "../../../runners/attempts/status-record.ts";
import { wrapperExits, wrapperScript } from "../../../runners/attempts/wrapper-script.ts";
import { createAttemptFixture, stateOf, until } from "../../support/attempt-fixture.ts";

const test = suite("an attempt on a full disk");
const disk = mkdtempSync(join(tmpdir(), "lockstep-disk-"));
const mounted = mountDisk();
const check = mounted ? test : test.skip;
if (!mounted)
  console.error("SKIPPED: no small disk could be mounted here (needs Linux and root); the full disk is not tested");

let fixture: ReturnType<typeof createAttemptFixture>;
test.before.each(() => {
  fixture = createAttemptFixture();
});
test.after.each(async () => {
  await fixture.clean();
  for (const name of ["full", "attempts"]) rmSync(join(disk, name), { recursive: true, force: true });
});
test.after(async () => {
  // A masker may take a moment to end after its step; a descriptor that was left open here would keep it for ever.
  if (mounted) await until(() => spawnSync("umount", [disk]).status === 0);
  rmdirSync(disk);
});

function mountDisk(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "lockstep-test", disk]).status === 0;
}

/** Fills what is left of the disk, and ignores that it does not all fit. */
function fill(): void {
  try {
    writeFileSync(join(disk, "full"), Buffer.alloc(1_000_000));
  } catch {
    // full
  }
}

const folder = join(disk, "attempts", "step.1");
const go = (): void => writeFileSync(join(fixture.root, "go"), "");
const wait = "until [[ -e go ]]; do sleep 0.02; done";

check("nothing is started", async () => {
  fill();
  await startAttempt(fixture.spec("touch ran", { folder })).then(
    () => assert.unreachable(),
    (error) => {
      assert.is(error.code, "disk-failed");
      assert.match(error.message, "the disk is full");
      assert.match(error.hint, /^Free some space, then: lockstep resume/);
    },
  );
  assert.not(existsSync(join(fixture.root, "ran")));
});

check("a wrapper that cannot write begun runs nothing, and says that nothing began", async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "script"), "touch ran");
  reserveStatus(folder);
  fill();
  const { status } = spawnSync(
    "bash",
    ["-p", "-c", wrapperScript, "test", folder, "0022", "boot", "now", "session", ""],
    { cwd: fixture.root },
  );
  assert.is(status, wrapperExits.begunFailed);
  assert.not(existsSync(join(fixture.root, "ran")));
  assert.equal(await inspectAttempt(folder), { state: "not-begun" });
  assert.is(await claimAttempt(folder), true);
});

check("the status of a step that runs is recorded all the same", async () => {
  const attempt = await fixture.start(`${wait}; exit 6`, { folder });
  await attempt.begun;
  fill();
  go();
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 6 });
  assert.equal(await stateOf(folder), { state: "ended", exitCode: 6 });
});

check("a step that writes directly fails by itself", async () => {
  const attempt = await fixture.start(`${wait}; seq 1 100000; touch ran`, { folder });
  await attempt.begun;
  fill();
  go();
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 1 });
  assert.not(existsSync(join(fixture.root, "ran")));
});

check("a masked step is not stopped in the middle, and its lost output makes the outcome unknown", async () => {
  const attempt = await fixture.start(`${wait}; seq 1 100000; touch ran`, {
    folder,
    secrets: ["hunter22"],
    separateOutput: true,
  });
  await attempt.begun;
  fill();
  go();
  assert.equal(await attempt.ended, { kind: "lost", reason: "its output could not be written; its exit code was 0" });
  assert.is((await inspectAttempt(folder)).state, "unknown");
  assert.ok(existsSync(join(fixture.root, "ran")));
});

check("a masked step whose log alone is lost keeps its exit code", async () => {
  const attempt = await fixture.start(`${wait}; seq 1 100000 >&2; exit 2`, {
    folder,
    secrets: ["hunter22"],
    separateOutput: true,
  });
  await attempt.begun;
  fill();
  go();
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 2 });
});

check("what lockstep does itself is recorded all the same", async () => {
  beginNative(folder);
  fill();
  endNative(folder, 0);
  assert.equal(await stateOf(folder), { state: "ended", exitCode: 0 });
});

test.run();
