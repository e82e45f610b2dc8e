import { LockstepError } from "../errors/lockstep-error.ts";
import { captureCallSite } from "../errors/source-position.ts";
import { describeValue } from "../settings/describe-value.ts";
import type { CodeAction } from "./action.ts";
import type { Effect } from "./effect.ts";

/** What a step written in TypeScript is given. */
export interface CodeContext {
  /** Aborted when the step must end: a time-out, Ctrl-C, a guard that tripped. */
  readonly signal: AbortSignal;
  /** The folder that the step's settings name, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Writes a line to the step's output and log. */
  log(line: string): void;
}

/** A step written in TypeScript. What it returns is the step's standard output, for `outputs` and `expect`. */
export type CodeFunction = (
  context: CodeContext,
) => Promise<string | undefined> | Promise<void> | string | undefined | void;

/**
 * A write in TypeScript. It runs in lockstep's own process; the page shows the function's own source.
 *
 * @example
 * step("warm", "Warm the cache", code(async ({ log }) => log(await warmCache())), { undo: notNeeded("the cache fills itself") });
 */
export const code: {
  (run: CodeFunction): CodeAction<"write">;
  read(run: CodeFunction): CodeAction<"read">;
  destructive(run: CodeFunction): CodeAction<"destructive">;
} = Object.assign((run: CodeFunction) => createCode("write", run, code), {
  read: (run: CodeFunction) => createCode("read", run, code.read),
  destructive: (run: CodeFunction) => createCode("destructive", run, code.destructive),
});

function createCode<E extends Effect>(
  effect: E,
  run: CodeFunction,
  caller: (run: CodeFunction) => unknown,
): CodeAction<E> {
  const at = captureCallSite(caller);
  if (typeof run !== "function")
    throw new LockstepError({
      code: "bad-action",
      message: `code takes a function, not ${describeValue(run)}`,
      hint: "Write code(async ({ log }) => { ... }), or for a command sh`...`",
      at,
    });
  return Object.freeze({ node: "action", kind: "code", effect, run, at });
}
