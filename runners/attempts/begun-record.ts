import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { ProcessIdentity } from "../processes/process-identity.ts";
import { attemptFileExists, linkAttemptFile, readAttemptFile } from "./attempt-folder.ts";

/** How the process of an attempt stands to lockstep. */
export type AttemptKind =
  /** In a session of its own, which its process leads. */
  | "session"
  /** In the person's terminal. */
  | "terminal"
  /** In lockstep itself. */
  | "native";

/** Who began an attempt: the one line of `begun`. */
export interface BegunRecord extends ProcessIdentity {
  readonly kind: AttemptKind;
  /** Wall-clock time, ISO 8601, for people. */
  readonly startedAt: string;
}

/** Nobody may begin any more: this stands in place of who began. */
const claimed = { claimed: true };

/**
 * Reads `begun`: undefined if there is none, `"torn"` if it exists without saying who began, `"claimed"`
 * if lockstep saw to it that nobody does.
 */
export function readBegun(folder: string): BegunRecord | "torn" | "claimed" | undefined {
  const text = readAttemptFile(folder, "begun");
  if (text === undefined) return undefined;
  if (!text.endsWith("\n")) return "torn";
  try {
    const record = JSON.parse(text) as Partial<BegunRecord> & Partial<typeof claimed>;
    if (record.claimed) return "claimed";
    return isWhole(record) ? record : "torn";
  } catch {
    return "torn";
  }
}

/**
 * Creates `begun`, whole at once, so that no kill leaves half of it; false if it exists, whatever it holds. The first
 * who creates it decides.
 */
export function createBegun(folder: string, record: BegunRecord | "claimed"): boolean {
  // looked at first, since a full disk has no room for the draft
  if (attemptFileExists(folder, "begun")) return false;
  try {
    linkAttemptFile(folder, "begun", `${JSON.stringify(record === "claimed" ? claimed : record)}\n`);
    return true;
  } catch (error) {
    if (error instanceof LockstepError && (error.cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isWhole(record: Partial<BegunRecord>): record is BegunRecord {
  const { pid, startTime, boot, kind, startedAt } = record;
  return (
    Number.isInteger(pid) &&
    [startTime, boot, kind, startedAt].every((value) => typeof value === "string" && value !== "")
  );
}
