import { execFileSync } from "node:child_process";
import { mkdir, open, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import { readJournal, verifyJournal } from "../../../runners/journal/journal-reader.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { anyEvent, type SampleEvent } from "./sample-journal.ts";

const test = suite("journal on a full disk");

const disk = await mountSmallDisk(512);
const testOnDisk = disk === undefined ? test.skip : test;
if (disk === undefined) console.warn("skipped: a small disk can be mounted by root only");

test.after(() => {
  if (disk !== undefined) execFileSync("umount", [disk]);
});

const event: SampleEvent = { type: "sample", "x-text": "x".repeat(1000) };

testOnDisk("a full disk stops the next effect, and the reserve takes the last events", async () => {
  const folder = join(disk ?? "", "7k3m");
  const journal = await openJournal<SampleEvent>(folder);
  const filler = await fillDisk(join(disk ?? "", "filler"));

  // until the pages that the journal has already are used up
  let acknowledged = 0;
  let refused: unknown;
  while (refused === undefined) {
    assert.not(journal.diskWasFull);
    await journal.append(event, { sync: true, effect: true }).then(
      () => {
        acknowledged += 1;
      },
      (error: unknown) => {
        refused = error;
      },
    );
  }
  assertDiskFailed(refused);
  assert.ok(journal.diskWasFull);
  assert.not(await exists(join(folder, "reserve")));

  assert.is((await journal.append({ type: "finished" }, { sync: true })).seq, acknowledged + 1);
  assertDiskFailed(await journal.append({ type: "started" }, { sync: true, effect: true }).catch((error) => error));
  assert.is((await journal.append({ type: "stopped" }, { sync: true })).seq, acknowledged + 2);
  await journal.close();
  const { lines } = await readJournal(journal.file, { validate: anyEvent });
  assert.equal(
    lines.slice(acknowledged).map((line) => line.type),
    ["finished", "stopped"],
  );

  // on a disk that is still full, the reserve cannot be laid in again, so nothing goes on
  await fillDisk(join(disk ?? "", "more-filler"));
  assertDiskFailed(await openJournal(folder).catch((error) => error));
  await unlink(filler);
  const resumed = await openJournal<SampleEvent>(folder);
  assert.not(resumed.diskWasFull);
  assert.is((await resumed.append(event, { sync: true, effect: true })).seq, acknowledged + 3);
  await resumed.close();
});

testOnDisk("when the reserve is used up too, the journal has failed for good, and is whole", async () => {
  const folder = join(disk ?? "", "2fq8");
  const journal = await openJournal<SampleEvent>(folder);
  const filler = await fillDisk(join(disk ?? "", "filler"));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 150 }, () => journal.append(event, { sync: true }).then((line) => line.seq)),
  );
  // so many at once are one write, which is too large even with the reserve: all or nothing
  assert.ok(outcomes.every((outcome) => outcome.status === "rejected"));
  for (const outcome of outcomes) if (outcome.status === "rejected") assertDiskFailed(outcome.reason);
  await unlink(filler);
  assertDiskFailed(await journal.append({ type: "late" }, { sync: false }).catch((error) => error));
  await journal.close();
  assert.equal(await verifyJournal(journal.file), { ok: true, lines: 0 });
});

testOnDisk("events one by one use the reserve to its end", async () => {
  const folder = join(disk ?? "", "9xyz");
  const journal = await openJournal<SampleEvent>(folder);
  await fillDisk(join(disk ?? "", "filler"));
  let acknowledged = 0;
  let failure: unknown;
  while (failure === undefined) {
    await journal.append(event, { sync: true }).then(
      (line) => {
        acknowledged = line.seq;
      },
      (error: unknown) => {
        failure = error;
      },
    );
  }
  assertDiskFailed(failure);
  assert.ok(acknowledged > 40, `${acknowledged} events`);
  assert.is(await journal.append(event, { sync: true }).catch((error) => error), failure);
  await journal.close();
  assert.equal(await verifyJournal(journal.file), { ok: true, lines: acknowledged });
});

function assertDiskFailed(error: unknown): void {
  assert.instance(error, LockstepError);
  const { code, message, hint = "" } = error as LockstepError;
  assert.is(code, "disk-failed");
  assert.match(message, "the disk is full");
  assert.match(hint, /^Free some space, then: lockstep resume \w{4}$/);
}

/** Takes all the space that is left. */
async function fillDisk(file: string): Promise<string> {
  const handle = await open(file, "w");
  try {
    for (;;) await handle.write(Buffer.alloc(4096, 1));
  } catch (error) {
    assert.is((error as NodeJS.ErrnoException).code, "ENOSPC");
  } finally {
    await handle.close();
  }
  return file;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A disk in memory of so many kB, or undefined where none can be mounted. */
async function mountSmallDisk(size: number): Promise<string | undefined> {
  const path = join(await tempFolder(), "disk");
  await mkdir(path);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}k`, "lockstep-test", path], { stdio: "ignore" });
    return path;
  } catch {
    return undefined;
  }
}

test.run();
