import { resolve } from "node:path";
import type { BuildFailure, Message } from "esbuild";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { shownPath } from "./shown-path.ts";

/** The error for a file that esbuild cannot read. */
export function syntaxError(file: string, root: string, cause: unknown): LockstepError {
  const errors = (cause as Partial<BuildFailure>).errors ?? [];
  const [first] = errors;
  if (!first) throw cause;
  const { location } = first;
  const path = location ? resolve(root, location.file) : file;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return new LockstepError({
    code: "syntax-error",
    message: `${shownPath(path)} cannot be read: ${wording(first)}${more}`,
    hint: hintFor(first),
    ...(location && { at: { file: path, line: location.line, column: column(location) } }),
    cause,
  });
}

/** What esbuild says of an import that is not there is for who makes bundles. */
function hintFor({ text, notes }: Message): string | undefined {
  const missing = missingImport(text);
  if (missing === undefined) return notes[0]?.text;
  if (/^[./]/.test(missing)) return "See whether the path is right, with its ending: ./measurements.ts";
  const name = missing.split("/", missing.startsWith("@") ? 2 : 1).join("/");
  return `Install the package: npm install ${name}; if it is installed, see whether its name is right`;
}

function missingImport(text: string): string | undefined {
  return /^Could not resolve "(.*)"$/.exec(text)?.[1];
}

function wording({ text }: Message): string {
  const missing = missingImport(text);
  return missing === undefined ? text.replace(/\.$/, "") : `it imports "${missing}", which is not there`;
}

/** esbuild counts bytes, from 0. */
function column({ lineText, column }: { readonly lineText: string; readonly column: number }): number {
  return Buffer.from(lineText).subarray(0, column).toString().length + 1;
}
