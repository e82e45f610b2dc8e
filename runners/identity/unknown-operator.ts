import { readFile } from "node:fs/promises";
import type { Signers } from "./signers.ts";

/** One who runs it and may be any of the signers, as far as anybody can tell. */
export async function unknownOperator(
  { file, users }: Signers,
  operators: ReadonlySet<string>,
): Promise<string | undefined> {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => /^[^#\s]/.test(line));
  const known = new Set(lines.flatMap((line) => (/^\S+/.exec(line)?.[0] ?? "").replaceAll('"', "").split(",")));
  return [...operators].find((user) => !Object.hasOwn(users, user) && !known.has(user));
}
