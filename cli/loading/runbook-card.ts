import { basename, dirname, relative, sep } from "node:path";
import type { AnyRunbook } from "../../dsl/nodes/runbook.ts";
import type { ParamDeclaration } from "../../dsl/params/param.ts";

/** What can be known of a runbook without importing it. */
export interface RunbookCard {
  readonly id: string;
  readonly title: string;
  readonly summary?: string;
  readonly params: Readonly<Record<string, ParamDeclaration>>;
  readonly environments: readonly { readonly id: string; readonly title: string }[];
}

/** A runbook file of the project, with its card. */
export interface FoundRunbook extends RunbookCard {
  /** Absolute. */
  readonly file: string;
  /** The folder below `runbooks/`; empty for a file that stands in none. */
  readonly group: string;
}

export function describeRunbook({ id, title, summary, params, environments }: AnyRunbook): RunbookCard {
  return {
    id,
    title,
    ...(summary === undefined ? {} : { summary }),
    params,
    environments: environments.map((environment) => ({ id: environment.id, title: environment.title })),
  };
}

/** The group that a file is listed in. */
export function groupOf(root: string, file: string): string {
  const folders = relative(root, dirname(file))
    .split(sep)
    .filter((name) => name !== "");
  if (folders[0] === "runbooks") folders.shift();
  return folders[0] === ".." ? basename(dirname(file)) : folders.join("/");
}
