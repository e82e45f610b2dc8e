import { type ErrorCode, errorCodes } from "./error-codes.ts";
import { type CallSite, positionOf, type SourcePosition } from "./source-position.ts";

/** What a `LockstepError` is made of. */
export interface LockstepErrorInit {
  readonly code: ErrorCode;
  /** One sentence that says what is wrong, without the word "error" and without a full stop. */
  readonly message: string;
  /** What to do about it: names the fix, such as a nearest match or the text to write. */
  readonly hint?: string | undefined;
  /** Where in the runbook, if it is about a runbook. */
  readonly at?: CallSite | SourcePosition | undefined;
  readonly cause?: unknown;
}

/**
 * An error that a person can mend. The command prints `message`, `hint` and position without a stack trace.
 *
 * @example
 * try {
 *   compile(runbook);
 * } catch (error) {
 *   if (error instanceof LockstepError) console.error(error.code, error.position?.line, error.hint);
 * }
 */
export class LockstepError extends Error {
  override readonly name = "LockstepError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly position: SourcePosition | undefined;
  readonly exitCode: 1 | 2 | 5 | 75;

  constructor({ code, message, hint, at, cause }: LockstepErrorInit) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.position = at && "line" in at ? at : positionOf(at);
    this.exitCode = errorCodes[code];
  }
}
