import { setTimeout as delay } from "node:timers/promises";
import { isAlive, type ProcessIdentity } from "../processes/process-identity.ts";
import type { Attempt } from "./attempt.ts";
import { createAttempt } from "./attempt-handle.ts";
import { readBegun } from "./begun-record.ts";
import { readStatus } from "./status-record.ts";

export interface AttachOptions {
  /** How long it may take to end after TERM, in seconds, before KILL. */
  readonly graceSeconds: number;
}

/** Milliseconds between two looks at the status. */
const lookEvery = 25;
const nobody: ProcessIdentity = { pid: 0, startTime: "none", boot: "none" };

/**
 * Takes up an attempt that an earlier lockstep started: follows its output from the beginning and waits for
 * its outcome. For one that `inspectAttempt` calls running; one that has ended gives its outcome at once.
 */
export function attachAttempt(folder: string, { graceSeconds }: AttachOptions): Attempt {
  const record = readBegun(folder);
  const leader = typeof record === "object" ? record : nobody;
  const kind = typeof record === "object" ? record.kind : "session";
  return createAttempt({ folder, graceSeconds, kind, leader, exited: untilOver(folder, leader), live: undefined });
}

async function untilOver(folder: string, leader: ProcessIdentity): Promise<undefined> {
  for (;;) {
    const alive = isAlive(leader); // looked at first: it may write its status and end between the two
    if (readStatus(folder) || !alive) return;
    await delay(lookEvery);
  }
}
