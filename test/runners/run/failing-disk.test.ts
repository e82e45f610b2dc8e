import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { DiskFault } from "../../support/disk-faults.ts";
import { countOf, isJournal, survivesAll } from "./disk-survival.ts";

const test = suite("a run on a disk that fails at any event");

const atEvents: DiskFault["among"] = (operation, path) =>
  isJournal(path) && (operation === "write" || operation === "sync");

const passing = [
  { code: "ENOSPC" },
  { code: "EIO" },
  { code: "ENOSPC", half: true },
] as const satisfies readonly Partial<DiskFault>[];
const lasting = [
  { code: "EIO", half: true, lasting: true },
  { code: "ENOSPC", lasting: true },
] as const satisfies readonly Partial<DiskFault>[];

for (const [how, kinds] of [
  ["is full, fails, or takes half of it once, at any event", passing],
  ["is full or fails from any event on", lasting],
] as const)
  test(`it ${how}: the run stops, and goes on where it was`, async () => {
    const count = await countOf(atEvents);
    assert.ok(count > 40, `${count} writes and syncs`);
    await survivesAll(
      Array.from({ length: count }, (_, index) => ({
        ...(kinds[index % kinds.length] ?? kinds[0]),
        nth: index + 1,
        among: atEvents,
      })),
    );
  });

test.run();
