import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Project } from "../loading/project.ts";
import { runbookFiles } from "../loading/runbook-finder.ts";
import { shownPath } from "../loading/shown-path.ts";

/**
 * Writes the file of a new runbook to the first place at which the project finds it.
 *
 * @returns Its path.
 * @throws {LockstepError} `file-exists`; `bad-config` if no place is one that the config's globs name.
 */
export async function writeWhereFound(project: Project, id: string, text: string): Promise<string> {
  for (const place of placesFor(project.settings.runbooks, id)) {
    const path = join(project.root, place);
    const made = await writeNew(path, text);
    if ((await runbookFiles(project)).includes(path)) return path;
    await rm(made, { recursive: true });
  }
  throw new LockstepError({
    code: "bad-config",
    message: `the runbooks of lockstep.config.ts (${project.settings.runbooks.join(", ")}) would not find a runbook ${id}`,
    hint: 'Add a glob to it, such as "runbooks/**/*.runbook.ts"',
  });
}

/** Where globs may look for it, from `runbooks/` to what each of them says when the id stands for its stars. */
function placesFor(globs: readonly string[], id: string): readonly string[] {
  const name = `${id}.runbook.ts`;
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  const usual = wanted.some((glob) => ["", "runbooks"].includes(fixedFolder(glob))) ? [`runbooks/${name}`] : [];
  const others = wanted.flatMap((glob) => [
    join(fixedFolder(glob), name),
    ...(/\*.*\.[cm]?ts$/.test(glob) ? [filledIn(glob, id)] : []),
  ]);
  return [...new Set([...usual, ...others])];
}

/** The folders of a glob before its first pattern; `ops` names a folder too. */
function fixedFolder(glob: string): string {
  const parts = glob.split("/");
  const at = parts.findIndex((part) => /[*?[\]{}()!+@]/.test(part));
  if (at !== -1) return parts.slice(0, at).join("/");
  return /\.[cm]?ts$/.test(glob) ? dirname(glob) : glob;
}

/** What a star stands for is called by the id; the first of several words will do. */
function filledIn(glob: string, id: string): string {
  return glob
    .replace(/\*\*\//g, "")
    .replace(/\{([^,}]*)[^}]*\}/g, "$1")
    .replace(/\*+/g, id);
}

/** @returns The path of what is to be removed to undo it: the file, or the first folder that was not there. */
async function writeNew(path: string, text: string): Promise<string> {
  const folder = await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: "wx" });
    return folder ?? path;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    throw new LockstepError({
      code: "file-exists",
      message: `${shownPath(path)} is there already`,
      hint: "Nothing was changed. Choose another id, or remove the file first",
      cause,
    });
  }
}
