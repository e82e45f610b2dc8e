import { readFileSync } from "node:fs";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import type { SourcePosition } from "../../dsl/errors/source-position.ts";
import { shownPath } from "./shown-path.ts";

/** A name that a package does not export, as an error that names the nearest one; undefined for another failure. */
export async function missingExport(file: string, cause: unknown): Promise<LockstepError | undefined> {
  if (!(cause instanceof SyntaxError)) return undefined;
  const found = /module '(.+)' does not provide an export named '(.+)'/.exec(cause.message);
  if (!found) return undefined;
  const [, from = "", name = ""] = found;
  const names = await import(from).then(Object.keys, () => []);
  return new LockstepError({
    code: "load-failed",
    message: `${shownPath(file)} imports ${name}, which is not exported there`,
    hint: didYouMean(name, names, "See how the name is spelled where it is exported"),
    at: firstMention(file, name),
    cause,
  });
}

/** The file that was asked for; the name may stand in one that it imports. */
function firstMention(file: string, name: string): SourcePosition | undefined {
  const lines = readFileSync(file, "utf8").split("\n");
  const line = lines.findIndex((text) => wordIn(text, name) >= 0);
  return line < 0 ? undefined : { file, line: line + 1, column: wordIn(lines[line] ?? "", name) + 1 };
}

function wordIn(text: string, name: string): number {
  return text.search(new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`));
}
