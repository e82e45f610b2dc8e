import { setTimeout as delay } from "node:timers/promises";
import { readBootId } from "../processes/boot-id.ts";
import { isAlive } from "../processes/process-identity.ts";
import { sessionMembers } from "../processes/session-members.ts";
import type { AttemptState } from "./attempt.ts";
import { attemptFileSize, attemptFileTime, attemptFolderExists } from "./attempt-folder.ts";
import { type BegunRecord, readBegun } from "./begun-record.ts";
import { readStatus, type StatusRecord } from "./status-record.ts";

/** Bytes at the beginning of its output by which a step is judged; more than any capture needs. */
export const maxCaptured: number = 4 * 1024 * 1024;

export interface InspectOptions {
  /** The boot in which the journal says it was started. In another one, a lacking `begun` proves nothing: it may have been lost. */
  readonly startedBoot?: string | undefined;
}

/**
 * Says what became of an attempt that the journal calls started, from its folder and the machine's processes.
 *
 * One that has not begun may still do so until `claimAttempt`.
 *
 * @throws LockstepError `disk-failed` if its files cannot be read.
 */
export async function inspectAttempt(folder: string, { startedBoot }: InspectOptions = {}): Promise<AttemptState> {
  const rebooted = startedBoot !== undefined && startedBoot !== readBootId();
  if (!attemptFolderExists(folder))
    return rebooted ? unknown("the machine was started anew since, and nothing is left of it") : { state: "not-begun" };
  const begun = await readWholeBegun(folder, rebooted);
  const running = typeof begun === "object" && stillRuns(begun); // looked at before the status, which is written last
  const status = readStatus(folder);
  if (status?.outputLost) return unknown(`its output could not be written; its exit code was ${status.exitCode}`);
  // what did not succeed is not judged by what it printed
  const cut = status?.exitCode === 0 && typeof begun === "object" ? lossOfOutput(folder, begun, status) : undefined;
  if (cut !== undefined) return unknown(`its exit code was 0, and ${cut}`);
  if (status?.exitCode !== undefined)
    return { state: "ended", exitCode: status.exitCode, endedAt: attemptFileTime(folder, "status") };
  if (status) return { state: "not-begun" };
  if (begun === undefined) return rebooted ? unknown("the machine was started anew since") : { state: "not-begun" };
  if (begun === "claimed") return { state: "not-begun" };
  if (begun === "torn") return unknown("it began, but who began it was not recorded whole");
  if (begun.boot !== readBootId()) return unknown("the machine was started anew while it ran");
  if (!running) return unknown("its process is gone and left no status");
  // this lockstep may be the one that began it, and nobody can attach to what it does in itself
  if (begun.kind === "native") return unknown(`it ran in lockstep itself (process ${begun.pid}), which left no status`);
  if (begun.kind === "terminal")
    return unknown(`its process ${begun.pid} still lives, in a terminal, where nobody can attach to it`);
  return { state: "running", pid: begun.pid, startedAt: begun.startedAt };
}

/** A wrapper creates it and then writes it: one that does so right now is not to be called unknown. */
async function readWholeBegun(folder: string, rebooted: boolean): Promise<ReturnType<typeof readBegun>> {
  for (let looks = 0; looks < 20; looks += 1) {
    const begun = readBegun(folder);
    if (begun !== "torn" || rebooted) return begun;
    await delay(20);
  }
  return readBegun(folder);
}

/** The wrapper, or what it left in its session, lives. */
function stillRuns(begun: BegunRecord): boolean {
  return isAlive(begun) || (begun.kind === "session" && sessionMembers(begun).length > 0);
}

/**
 * The status is small and written last, and neither is synced: a power cut may leave it and take the end of the output.
 * Within a boot nothing is lost, and a script may cut off what it printed itself.
 */
function lossOfOutput(folder: string, { boot }: BegunRecord, { outBytes }: StatusRecord): string | undefined {
  if (outBytes === undefined || boot === readBootId()) return undefined;
  const left = attemptFileSize(folder, "out");
  if (left >= Math.min(outBytes, maxCaptured)) return undefined;
  return `of ${outBytes} bytes that it printed ${left} are left since the machine was started anew`;
}

function unknown(reason: string): AttemptState {
  return { state: "unknown", reason };
}
