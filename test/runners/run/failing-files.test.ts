import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { DiskFault } from "../../support/disk-faults.ts";
import { countOf, isJournal, survivesAll } from "./disk-survival.ts";

const test = suite("a run on a disk that fails beside its journal");

test("it fails at any other file or folder of the run: the run stops, and goes on where it was", async () => {
  // a hold that cannot be let go ends with its process, and here that goes on
  const among: DiskFault["among"] = (_, path) => !isJournal(path) && !path.endsWith(".released");
  const count = await countOf(among);
  assert.ok(count > 60, `${count} operations`);
  await survivesAll(
    Array.from({ length: count }, (_, index) => ({
      nth: index + 1,
      among,
      ...(index % 2 === 0 ? { code: "ENOSPC" } : { code: "EIO", half: true }),
    })),
  );
});

test.run();
