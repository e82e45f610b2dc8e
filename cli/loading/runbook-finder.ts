import { basename, resolve } from "node:path";
import { glob } from "tinyglobby";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import { isLockstepError } from "./load-error.ts";
import { readCard } from "./module-loader.ts";
import { isPath, openProject, openProjectOf, type Project } from "./project.ts";
import { type FoundRunbook, groupOf, type RunbookCard } from "./runbook-card.ts";
import { type LoadedRunbook, loadRunbook } from "./runbook-loader.ts";
import { shownPath } from "./shown-path.ts";

/** The runbooks of a project, and the files that did not load. */
export interface RunbookIndex {
  readonly runbooks: readonly FoundRunbook[];
  readonly failures: readonly { readonly file: string; readonly error: LockstepError }[];
}

/** The files that the config's globs name, absolute and in order. */
export async function runbookFiles({ root, settings }: Project): Promise<readonly string[]> {
  const files = await glob(settings.runbooks, { cwd: root, absolute: true, ignore: ["**/node_modules/**"] });
  return files.map((file) => resolve(file)).sort();
}

/**
 * The runbooks of a project by their cards. One whose file did not change is not imported.
 *
 * @throws {LockstepError} `duplicate-id` for two files with one id.
 */
export async function indexRunbooks(project: Project): Promise<RunbookIndex> {
  const files = await runbookFiles(project);
  const results = await Promise.all(files.map((file) => cardOf(project.root, file)));
  const runbooks = results.flatMap((result) => ("error" in result ? [] : [result]));
  refuseDuplicates(runbooks);
  return { runbooks, failures: results.filter((result) => "error" in result) };
}

/**
 * All runbooks of a project, loaded.
 *
 * @throws {LockstepError} The first error of a file that does not load; `duplicate-id`.
 *
 * @example
 * for (const { runbook, root } of await loadRunbooks()) await publish(await renderMarkdown(compile(runbook, { root, allowMissing: true })));
 */
export async function loadRunbooks(folder: string = process.cwd()): Promise<readonly LoadedRunbook[]> {
  const project = await openProject(folder);
  const { runbooks, failures } = await indexRunbooks(project);
  if (failures[0]) throw failures[0].error;
  return Promise.all(runbooks.map(({ file }) => loadRunbook(file, { root: project.root })));
}

/** A runbook by its id, or by the path of its file; with its project. */
export async function findRunbook(
  idOrFile: string,
): Promise<{ readonly project: Project; readonly found: FoundRunbook }> {
  if (isPath(idOrFile)) {
    const project = await openProjectOf(idOrFile);
    const { card } = await loadRunbook(idOrFile, { root: project.root });
    return { project, found: card };
  }
  const project = await openProject();
  return { project, found: await findById(project, idOrFile) };
}

/** Loads a runbook by its id, or by the path of its file. */
export async function loadById(idOrFile: string): Promise<LoadedRunbook & { readonly project: Project }> {
  const { project, found } = await findRunbook(idOrFile);
  return { ...(await loadRunbook(found.file, { root: project.root })), project };
}

async function findById(project: Project, id: string): Promise<FoundRunbook> {
  const { runbooks, failures } = await indexRunbooks(project);
  const found = runbooks.find((runbook) => runbook.id === id);
  if (found) return found;
  // its own file is the one that does not load, most likely
  const broken = failures.find(({ file }) => basename(file) === `${id}.runbook.ts`);
  if (broken) throw broken.error;
  throw new LockstepError({
    code: "unknown-runbook",
    message: `no runbook "${id}"`,
    hint: hintFor(project, id, runbooks, failures.length),
  });
}

function hintFor(project: Project, id: string, runbooks: readonly FoundRunbook[], failed: number): string {
  if (runbooks.length === 0 && failed === 0)
    return `There are no runbooks in ${shownPath(project.root) || "."} (${project.settings.runbooks.join(", ")}). Begin with lockstep new ${id}`;
  const names = runbooks.map((runbook) => runbook.id);
  const others = failed > 0 ? `lockstep list shows them; ${failed} did not load` : "lockstep list shows them";
  return didYouMean(id, names, others) ?? others;
}

async function cardOf(
  root: string,
  file: string,
): Promise<FoundRunbook | { readonly file: string; readonly error: LockstepError }> {
  try {
    const card = await readCard<RunbookCard>(root, file);
    return card ? { ...card, file, group: groupOf(root, file) } : (await loadRunbook(file, { root })).card;
  } catch (error) {
    if (isLockstepError(error)) return { file, error };
    throw error;
  }
}

function refuseDuplicates(runbooks: readonly FoundRunbook[]): void {
  const seen = new Map<string, FoundRunbook>();
  for (const runbook of runbooks) {
    const other = seen.get(runbook.id);
    if (other)
      throw new LockstepError({
        code: "duplicate-id",
        message: `two runbooks have the id "${runbook.id}"`,
        hint: `Give one of them another: ${shownPath(other.file)}, ${shownPath(runbook.file)}`,
      });
    seen.set(runbook.id, runbook);
  }
}
