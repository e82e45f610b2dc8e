import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { AnyRunbook } from "../../dsl/nodes/runbook.ts";
import { rememberSourceReader } from "../../dsl/plan/source-reader.ts";
import { loadModule } from "./module-loader.ts";
import { findProjectRoot } from "./project-root.ts";
import { describeRunbook, type FoundRunbook, groupOf, type RunbookCard } from "./runbook-card.ts";
import { shownPath } from "./shown-path.ts";
import { createSourceReader } from "./source-reader.ts";

/** A runbook with where it was found. */
export interface LoadedRunbook {
  readonly runbook: AnyRunbook;
  readonly card: FoundRunbook;
  /** The project's root: give it to `compile` and `run`. */
  readonly root: string;
}

/**
 * Loads the runbook of a TypeScript file. What is compiled of it shows the TypeScript of its `code` steps, so that its
 * digests are those of the command.
 *
 * @param root The project; the nearest one around the file unless given.
 * @throws {LockstepError} `unreadable-file`, `syntax-error`, `load-failed`, `no-default-export`, each with the place.
 *
 * @example
 * const { runbook, root } = await loadRunbook("runbooks/hello.runbook.ts");
 * const plan = compile(runbook, { root });
 */
export async function loadRunbook(file: string, { root }: { readonly root?: string } = {}): Promise<LoadedRunbook> {
  const path = resolve(file);
  if (!existsSync(path))
    throw new LockstepError({
      code: "unreadable-file",
      message: `there is no file ${file}`,
      hint: "lockstep list shows the runbooks of this project",
    });
  const project = root ?? findProjectRoot(dirname(path)) ?? process.cwd();
  const { value, card } = await loadModule<AnyRunbook, RunbookCard>(path, {
    root: project,
    read: (module) => readRunbook(path, module.default),
    describe: describeRunbook,
  });
  rememberSourceReader(value, createSourceReader());
  return { runbook: value, card: { ...card, file: path, group: groupOf(project, path) }, root: project };
}

function readRunbook(file: string, exported: unknown): AnyRunbook {
  if ((exported as Partial<AnyRunbook> | undefined)?.node === "runbook") return exported as AnyRunbook;
  const what = exported === undefined ? "has no default export" : "exports something by default that is no runbook";
  throw new LockstepError({
    code: "no-default-export",
    message: `${shownPath(file)} ${what}`,
    hint: 'write: export default runbook({ id: "hello", title: "Hello" }, () => [ ... ])',
    at: { file, line: 1, column: 1 },
  });
}
