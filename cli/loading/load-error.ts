import { join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { positionOf, type SourcePosition } from "../../dsl/errors/source-position.ts";
import { ownPackage } from "./package-root.ts";
import { shownPath } from "./shown-path.ts";

/** What stopped a file from being imported, as an error that names the place in the source. */
export function loadFailed(file: string, cause: unknown): LockstepError {
  if (isLockstepError(cause)) return cause;
  const reason = cause instanceof Error ? cause.message : `it threw ${JSON.stringify(cause)}`;
  return new LockstepError({
    code: "load-failed",
    message: `${shownPath(file)} does not load: ${reason.split("\n")[0]}`,
    hint: hintFor(cause),
    at: firstPlaceIn(cause),
    cause,
  });
}

/** What a runbook's code left behind and nobody waited for; a fault of lockstep's own stays what it is. */
export function abandonedFailure(cause: unknown): unknown {
  const at = firstPlaceIn(cause);
  if (at === undefined && isOwnFault(cause)) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LockstepError({
    code: "load-failed",
    message: `something that nobody waits for failed: ${reason.split("\n")[0]}`,
    hint: "Wait for it with await, or catch its failure",
    at,
    cause,
  });
}

/** Also of another copy of lockstep, such as the one that a test bundles. */
export function isLockstepError(error: unknown): error is LockstepError {
  return (
    error instanceof LockstepError || (error instanceof Error && error.name === "LockstepError" && "exitCode" in error)
  );
}

function hintFor(cause: unknown): string | undefined {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code === "ERR_MODULE_NOT_FOUND" ? "Install what it imports: npm install" : undefined;
}

/** What Node itself says of a promise of its own, such as that of `fetch`, names no file. */
function isOwnFault(cause: unknown): boolean {
  return cause instanceof Error && cause.stack?.includes(join(ownPackage().root, "dist")) === true;
}

/** The first frame that is neither Node's nor a package's. */
function firstPlaceIn(cause: unknown): SourcePosition | undefined {
  if (!(cause instanceof Error) || cause.stack === undefined) return undefined;
  const frames = cause.stack.split("\n").filter((line) => /^\s+at /.test(line));
  return frames
    .map((stack) => positionOf({ stack }))
    .find(
      (position) =>
        position && !/node_modules|[\\/]dist[\\/]/.test(position.file) && /\.[cm]?[jt]sx?$/.test(position.file),
    );
}
