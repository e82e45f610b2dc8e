import { readFileSync } from "node:fs";
import type { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { SourcePosition } from "../../dsl/errors/source-position.ts";
import { isLockstepError } from "../loading/load-error.ts";
import { ownPackage } from "../loading/package-root.ts";
import { shownPath } from "../loading/shown-path.ts";
import { inertLines } from "../output/inert-text.ts";

/** The text for standard error, and the exit code. */
export interface PrintedError {
  readonly text: string;
  readonly exitCode: number;
}

/** What a person reads of an error: never a stack trace, unless `LOCKSTEP_DEBUG=1`. */
export function printError(error: unknown): PrintedError {
  const { text, exitCode } = describeError(error);
  return { text: inertLines(text), exitCode };
}

function describeError(error: unknown): PrintedError {
  const debug = process.env.LOCKSTEP_DEBUG === "1" && error instanceof Error ? `${error.stack}\n` : "";
  if (isLockstepError(error)) return { text: explain(error) + debug, exitCode: error.exitCode };
  const fault = systemFault(error);
  if (fault !== undefined) return { text: `error: ${fault}\n${debug}`, exitCode: 1 };
  return { text: internalFault(error) + debug, exitCode: 1 };
}

/** One line where it is about what was typed; with the place and the line of code where it is about a file. */
function explain({ message, hint, position }: LockstepError): string {
  if (position === undefined) return `error: ${joinSentences(message, hint)}\n`;
  const place = `  at ${shownPath(position.file)}:${position.line}:${position.column}\n`;
  const lines = hint === undefined ? "" : `hint: ${hint}\n`;
  return `error: ${message}\n${place}${codeLine(position)}${lines}`;
}

function joinSentences(message: string, hint: string | undefined): string {
  if (hint === undefined) return message;
  return `${message}${/[.?!]$/.test(message) ? "" : "."} ${/^lockstep /.test(hint) ? hint : hint.charAt(0).toUpperCase() + hint.slice(1)}`;
}

function codeLine({ file, line, column }: SourcePosition): string {
  const text = readLine(file, line);
  if (text === undefined || text.trim() === "" || text.length > 200) return "";
  const before = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  return `  | ${text}\n  | ${before}^\n`;
}

function readLine(file: string, line: number): string | undefined {
  try {
    return readFileSync(file, "utf8").split("\n")[line - 1]?.trimEnd();
  } catch {
    return undefined;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  ENAMETOOLONG: "the name is too long",
  EPERM: "not permitted",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EROFS: "the disk is read-only",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  ENOENT: "it does not exist",
  EEXIST: "something else has this name",
  EMFILE: "too many files are open",
};

/** A disk that says no is no fault of lockstep. */
function systemFault(error: unknown): string | undefined {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : reasons[code];
  if (reason === undefined || path === undefined) return undefined;
  return `${shownPath(path)}: ${reason}. Mend that and run it again`;
}

function internalFault(error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message.split("\n")[0]}` : String(error);
  const how =
    process.env.LOCKSTEP_DEBUG === "1" ? "" : "; run it again with LOCKSTEP_DEBUG=1 for the details to report";
  return `error: lockstep ${ownPackage().version} has a fault of its own (${what})${how}\n`;
}
