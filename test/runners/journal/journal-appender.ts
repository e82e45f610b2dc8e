import { writeSync } from "node:fs";
import type { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import type { SampleEvent } from "./sample-journal.ts";

/**
 * Appends many events at once to the journal of a folder, and prints the number of each one that is acknowledged, or
 * `failed` with the code of its error.
 */
const [folder = "", count = "0"] = process.argv.slice(2);
const journal = await openJournal<SampleEvent>(folder);
const text = "x".repeat(1000);
const appends = Array.from({ length: Number(count) }, (_, i) =>
  journal.append({ type: "sample", "x-number": i, "x-text": text }, { sync: true }).then(
    // not through a stream: what is printed must be out before the process can be killed
    (line) => writeSync(1, `${line.seq}\n`),
    (error: LockstepError) => writeSync(1, `failed ${error.code} ${(error.cause as NodeJS.ErrnoException).code}\n`),
  ),
);
await Promise.all(appends);
await journal.append({ type: "late" }, { sync: false }).then(
  (line) => writeSync(1, `late ${line.seq}\n`),
  (error: LockstepError) => writeSync(1, `late ${error.code}\n`),
);
await journal.close();
