/** A place in a runbook's source. Line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Remembers a call site; formatted only when somebody asks, since most are never shown. */
export interface CallSite {
  readonly stack?: string;
}

/**
 * Remembers where `caller` was called from.
 *
 * V8 keeps the frames and formats them at the first look at `stack`, so ten thousand steps
 * cost ten thousand small objects and no source map look-up.
 */
export function captureCallSite(caller: (...args: never[]) => unknown): CallSite {
  const site: { stack?: string } = {};
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 3;
  Error.captureStackTrace(site, caller);
  Error.stackTraceLimit = stackTraceLimit;
  return site;
}

/** The position that a call site stands for, or undefined where the engine gave none. */
export function positionOf(site: CallSite | undefined): SourcePosition | undefined {
  // the first frame in a file: a method of JavaScript's own, such as Array.join, has none
  const found = site?.stack?.match(
    /^\s+at (?:.*? \()?(?:async )?((?:file:\/\/|\/|[A-Za-z]:\\)(?:(?!\), ).)*):(\d+):(\d+)\)?$/m,
  );
  if (!found) return undefined;
  const [, location = "", line = "0", column = "0"] = found;
  const file = location.startsWith("file://") ? decodeURIComponent(new URL(location).pathname) : location;
  return { file, line: Number(line), column: Number(column) };
}
