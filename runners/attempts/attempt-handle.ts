import { setTimeout as delay } from "node:timers/promises";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { markedProcesses, markOf, processName } from "../processes/marked-processes.ts";
import type { ProcessEntry } from "../processes/process-entry.ts";
import type { ProcessIdentity } from "../processes/process-identity.ts";
import { endSession } from "../processes/session-end.ts";
import { descendants, sessionMembers } from "../processes/session-members.ts";
import type { Attempt, AttemptOutcome, EndReason } from "./attempt.ts";
import { type AttemptKind, readBegun } from "./begun-record.ts";
import type { LiveOutput } from "./live-output.ts";
import { followOutput } from "./output-follower.ts";
import { readStatus } from "./status-record.ts";
import { wrapperExits } from "./wrapper-script.ts";

/** What a handle on a running attempt needs to know. */
export interface AttemptHandle {
  readonly folder: string;
  readonly graceSeconds: number;
  readonly kind: AttemptKind;
  /** The wrapper. */
  readonly leader: ProcessIdentity;
  /** Resolves when the wrapper is gone or the status is there, with its exit code where that is known. */
  readonly exited: Promise<number | undefined>;
  /** Where the output is, if it is in no file. */
  readonly live: LiveOutput | undefined;
}

/** Milliseconds between two looks at what is left of a session whose wrapper is gone. */
const lookEvery = 50;

/** Makes the handle by which the engine follows and ends a running attempt. */
export function createAttempt(handle: AttemptHandle): Attempt {
  const { folder, graceSeconds, kind, leader, exited, live } = handle;
  const hurry = new AbortController();
  const members = (): readonly ProcessEntry[] => (kind === "terminal" ? descendants(leader) : sessionMembers(leader));
  let ending: { readonly reason: EndReason; readonly done: Promise<readonly number[]> } | undefined;
  let outside: readonly string[] = [];
  let ended = false;
  let settled = false;

  const endAll = async (): Promise<readonly number[]> => {
    // what left the session is no part of the step while it runs, and must not outlive its end by lockstep
    const strays = (): readonly ProcessEntry[] => markedProcesses(markOf(folder));
    const inside = new Set(members().map(({ pid }) => pid));
    outside = strays().flatMap(({ pid }) => (inside.has(pid) ? [] : [`process ${pid} (${processName(pid)})`]));
    const endStrays = () => endSession({ members: strays, wholeGroups: false, graceSeconds, hurry: hurry.signal });
    const wholeGroups = kind !== "terminal";
    const [left] = await Promise.all([
      endSession({ members, wholeGroups, graceSeconds, hurry: hurry.signal }),
      endStrays(), // at once, since a masker lives as long as anything can write to it
    ]);
    const alsoLeft = await endStrays();
    ended = true;
    return [...new Set([...left, ...alsoLeft].map(({ pid }) => pid))];
  };

  const conclude = async (): Promise<AttemptOutcome> => {
    const wrapperExit = await exited;
    const status = readStatus(folder);
    if (!status) await emptied(members, () => ended);
    const left = (await ending?.done) ?? [];
    settled = true;
    if (ending)
      return {
        kind: "ended-by-lockstep",
        reason: ending.reason,
        exitCode: status?.exitCode,
        ...(left.length > 0 ? { left } : {}),
        ...(outside.length > 0 ? { outside } : {}),
      };
    if (status?.outputLost)
      return { kind: "lost", reason: `its output could not be written; its exit code was ${status.exitCode}` };
    if (status?.exitCode !== undefined) return { kind: "exited", exitCode: status.exitCode };
    return { kind: "lost", reason: whyLost(wrapperExit) };
  };
  // A file that cannot be read any more is an outcome that nobody knows, not a reason to end lockstep.
  const concluded = conclude().catch((error: Error): AttemptOutcome => ({ kind: "lost", reason: error.message }));
  let begun: Promise<void> | undefined;

  return {
    folder,
    ended: concluded,
    get begun() {
      begun ??= untilBegun(folder, exited);
      begun.catch(() => {});
      return begun;
    },
    output: () => live?.follow() ?? followOutput({ folder, ended: concluded }),
    async end(reason) {
      // whoever was held up itself, or stopped, may come to look when it is over
      const over = settled || hasStatus(folder);
      if (!over) ending ??= { reason, done: endAll() };
      else if (reason === "section-end") await endAll();
      return concluded;
    },
    hurry: () => hurry.abort(),
  };
}

/** A status that cannot be read keeps nothing from being ended. */
function hasStatus(folder: string): boolean {
  try {
    return readStatus(folder) !== undefined;
  } catch {
    return false;
  }
}

async function untilBegun(folder: string, exited: Promise<unknown>): Promise<void> {
  let over = false;
  exited.then(() => (over = true));
  for (;;) {
    const last = over;
    const record = readBegun(folder);
    if (record !== undefined && record !== "torn" && record !== "claimed") return;
    if (last) {
      throw new LockstepError({
        code: "disk-failed",
        message: `the command of ${folder} did not begin`,
        hint: "Nothing of it ran. See that the disk is not full, then resume the run.",
      });
    }
    await delay(2);
  }
}

/** Waits until nothing of the session lives: as long as something does, the step has not ended; nor is more to be had of one that cannot be ended. */
async function emptied(members: () => readonly ProcessEntry[], givenUp: () => boolean): Promise<void> {
  while (!givenUp() && members().length > 0) await delay(lookEvery);
}

function whyLost(wrapperExit: number | undefined): string {
  switch (wrapperExit) {
    case wrapperExits.begunExists:
      return "it did not begin: the attempt was claimed, or begun, by another process";
    case wrapperExits.begunFailed:
      return "it did not begin: begun could not be written";
    case wrapperExits.stdinTorn:
      return "it did not begin: its standard input did not arrive whole";
    case wrapperExits.maskerFailed:
      return "it did not begin: the process that masks secrets could not be started";
    default:
      return "the process that records its outcome was killed, and left no status";
  }
}
