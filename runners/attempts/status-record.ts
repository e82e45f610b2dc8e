import { createAttemptFile, overwriteAttemptFile, readAttemptFile } from "./attempt-folder.ts";

/** What `status` says: how the attempt ended. */
export interface StatusRecord {
  /** Undefined if `begun` could not be written, and so nothing ran. */
  readonly exitCode: number | undefined;
  /** Part of the standard output that belongs in `out` did not reach the disk. */
  readonly outputLost: boolean;
  /** Bytes that `out` held when the command had ended, where the system counts them. */
  readonly outBytes?: number;
}

/** Blanks without a newline: not yet a status, but its place on the disk, so that a full disk cannot keep the outcome out. */
const place = " ".repeat(48);

/** Makes room for the status before anything runs. */
export function reserveStatus(folder: string): void {
  createAttemptFile(folder, "status", place);
}

/** Writes the status into its place. */
export function writeStatus(
  folder: string,
  { exitCode, outputLost }: StatusRecord & { readonly exitCode: number },
): void {
  overwriteAttemptFile(folder, "status", `${exitCode}${outputLost ? " output-lost" : ""}\n`);
}

/** Reads the status; undefined while it is not complete. It is complete when its newline is there. */
export function readStatus(folder: string): StatusRecord | undefined {
  const found = readAttemptFile(folder, "status")?.match(/^(?:(\d{1,3})( output-lost)?(?: out (\d+))?|not-begun)\n/);
  if (!found) return undefined;
  const [, exitCode, lost, bytes] = found;
  return {
    exitCode: exitCode === undefined ? undefined : Number(exitCode),
    outputLost: lost !== undefined,
    ...(bytes === undefined ? {} : { outBytes: Number(bytes) }),
  };
}
