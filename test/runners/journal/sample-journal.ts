import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../../runners/journal/clock.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** An event with anything in it. */
export interface SampleEvent {
  readonly type: string;
  readonly [field: `x-${string}`]: unknown;
}

/** Takes every object for an event. */
export function anyEvent(value: unknown): SampleEvent {
  return value as SampleEvent;
}

/** A clock that goes on by a second whenever it is read. */
export function createTickingClock(): Clock {
  let ticks = 0;
  return {
    boot: "a-boot",
    now: () => new Date(Date.UTC(2026, 10, 24, 3, 7, ticks++)),
    mono: () => ticks * 1000,
  };
}

/** The folder and the bytes of a journal with some events in it. */
export async function sampleJournal(count: number): Promise<{ folder: string; file: string; bytes: Buffer }> {
  const folder = join(await tempFolder(), "7k3m");
  const journal = await openJournal<SampleEvent>(folder, { clock: createTickingClock() });
  for (let i = 1; i <= count; i += 1) {
    await journal.append({ type: "sample", "x-step": `step-${i}`, "x-text": "é\n\u2028" }, { sync: false });
  }
  await journal.close();
  return { folder, file: journal.file, bytes: await readFile(journal.file) };
}
