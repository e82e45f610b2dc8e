import * as fc from "fast-check";
import * as assert from "uvu/assert";
import { journalOf } from "./journal-of.ts";
import type { LockstepTerminal } from "./lockstep-terminal.ts";
import { pause } from "./terminal.ts";

/** What somebody might do at a menu without meaning anything by it. */
type Deed = { readonly send: string } | { readonly paste: string };

const words = [
  "approve\r",
  "rollback\r",
  "accept",
  "one\r",
  "there\r",
  "end\r",
  "rm -rf build\n",
  "yes\r",
  "s\r",
  "q\n",
];
const keys = [
  "\r",
  "\n",
  "y",
  "Y",
  " ",
  "\x1b",
  "\x1b[A",
  "\x1b[B",
  "\t",
  "\x04",
  "\x7f",
  "\x1bOP",
  "\x1b[<0;3;5M",
  "\x1by",
];
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...keys).map((send) => ({ send })) },
  // a terminal that knows no brackets sends what is pasted as letters, all at once
  fc.constantFrom(...words).map((send) => ({ send })),
  fc.constantFrom(...words).map((paste) => ({ paste })),
  fc.string({ minLength: 2, maxLength: 30 }).map((paste) => ({ paste })),
);

async function misuse(window: LockstepTerminal, deeds: readonly Deed[]): Promise<void> {
  for (const each of deeds) {
    if ("paste" in each) window.paste(each.paste);
    else window.send(each.send);
    // longer than what follows a paste counts as a part of it
    await pause(150);
  }
}

/** All that was decided or done. */
export const decided = (folder: string): readonly string[] =>
  journalOf(folder).flatMap((event) =>
    ["sampled", "asked", "progress", "guard-sees", "guard-blind"].includes(event.type ?? "")
      ? []
      : [JSON.stringify(event)],
  );

/** One run of deeds is enough to show that one of them was taken for consent: a window cannot be tried again from the start. */
const once = { numRuns: 1, endOnFailure: true };

interface AtQuestion {
  readonly window: LockstepTerminal;
  readonly folder: string;
  readonly shown: RegExp;
}

/** Does what means nothing, and demands that nothing was decided, started or ended, and that the menu still stands. */
export async function assertNothingDone({ window, folder, shown }: AtQuestion): Promise<void> {
  const before = decided(folder);
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 25, maxLength: 25 }), async (deeds) => {
      await misuse(window, deeds);
      assert.is(window.exitCode, undefined);
      assert.equal(decided(folder), before);
      await goBack(window);
      await window.waitFor(shown);
    }),
    once,
  );
}

const goBack = async (window: LockstepTerminal): Promise<void> => {
  await pause(300);
  await window.press("escape");
};
