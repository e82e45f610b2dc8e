import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** An event as its line holds it. */
export type JournalLine = Readonly<Record<string, unknown>> & { readonly type: string };

/** The events of the only run of a project, in order; none if nothing was created. */
export function journalOf(folder: string): readonly JournalLine[] {
  const runs = join(folder, ".lockstep", "runs");
  if (!existsSync(runs)) return [];
  const [run] = readdirSync(runs).filter((name) => existsSync(join(runs, name, "journal.ndjson")));
  if (run === undefined) return [];
  const text = readFileSync(join(runs, run, "journal.ndjson"), "utf8");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as JournalLine);
}
