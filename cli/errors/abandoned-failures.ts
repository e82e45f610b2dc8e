import { abandonedFailure } from "../loading/load-error.ts";
import { printError } from "./error-printer.ts";

/** Takes what a failure that nobody waits for says of itself: lines for standard error. */
export type FailureReader = (text: string) => void;

let reader: FailureReader | undefined;

/**
 * Hears promises that a runbook's code forgot, and what it throws where nobody calls it. That is its author's mistake,
 * and gets one line as any other; it ends the process, but not a run, which must journal how what runs has ended.
 * A fault of lockstep's own ends both: what it would still do is worth nothing.
 */
export function hearAbandonedFailures(): void {
  const hear = (cause: unknown): void => {
    const failure = abandonedFailure(cause);
    const { text, exitCode } = printError(failure);
    if (reader !== undefined && failure !== cause) {
      reader(text);
      return;
    }
    process.stderr.write(text);
    process.exit(exitCode);
  };
  process.on("unhandledRejection", hear);
  process.on("uncaughtException", hear);
}

/** Hands such failures to a run that has begun, until the returned function is called. */
export function readAbandonedFailures(next: FailureReader): () => void {
  reader = next;
  return () => {
    reader = undefined;
  };
}
