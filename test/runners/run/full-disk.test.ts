import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { notNeeded, runbook, sh, step } from "../../../dsl/index.ts";
import { verifyJournal } from "../../../runners/journal/journal-reader.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("a run on a full disk");
const root = process.getuid?.() === 0;
if (!root) console.warn("skipped: a small disk can be mounted by root only");
const onDisk = root ? test : test.skip;
let project: RunFixture;
let disk: string;

test.before.each(() => {
  project = createRunFixture();
  disk = `${project.root}/.lockstep`;
  if (!root) return;
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=512k", "none", disk]);
});
test.after.each(async () => {
  if (root) execFileSync("umount", ["-l", disk]);
  await project.clean();
});

const undo = notNeeded("a test");

/** The second step fills the disk that the record of the run is on, but not the one that it works on. */
const filling = runbook({ id: "filling", title: "Filling" }, () => [
  step("a", "A", sh`echo a >> effects`, { undo }),
  step(
    "fill",
    "Fill the disk",
    sh`echo fill >> effects; dd if=/dev/zero of=.lockstep/filler bs=4k 2>/dev/null || true`,
    {
      undo,
    },
  ),
  ...Array.from({ length: 12 }, (_, index) =>
    step(`s${index}`, `Step ${index}`, sh`echo ${index} >> effects`, { undo }),
  ),
]);

onDisk("it stops before the next effect, says why, and goes on once there is space", async () => {
  const story = await project.run(filling).catch((error: { code?: string; message?: string; hint?: string }) => error);
  assert.is((story as { code?: string }).code, "disk-failed");
  const { message, hint } = story as { message: string; hint: string };
  assert.match(`${message}. ${hint}`, /disk is full/);
  assert.match(hint, /resume/);
  const done = project.effects().length;
  assert.ok(done >= 2 && done < 14, `${done} effects`);
  assert.ok((await verifyJournal((await project.folder()).journalFile)).ok);
  rmSync(`${disk}/filler`);
  const resumed = await project.resume(filling);
  assert.is(resumed.exitCode, 0, resumed.message);
  assert.equal(project.effects(), ["a", "fill", ...Array.from({ length: 12 }, (_, index) => `${index}`)]);
});

onDisk("on a disk that is full from the beginning nothing runs", async () => {
  try {
    writeFileSync(`${disk}/filler`, Buffer.alloc(1024 * 1024));
  } catch {}
  const error = await project.run(filling).then(
    () => undefined,
    (thrown: { code?: string }) => thrown,
  );
  assert.is(error?.code, "disk-failed");
  assert.equal(project.effects(), []);
});

onDisk("that it stopped is in the journal, from the reserve", async () => {
  await project.run(filling).catch(() => {});
  const stopped = (await project.journal()).at(-1);
  assert.is(stopped?.type, "stopped");
  assert.is(stopped?.type === "stopped" && stopped.reason, "disk");
  assert.ok(ofType((await project.journal()) as never, "started").length > 0);
});

test.run();
