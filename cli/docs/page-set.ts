import { join } from "node:path";
import type { Plan } from "../../dsl/plan/plan.ts";
import type { Project } from "../loading/project.ts";
import type { FoundRunbook } from "../loading/runbook-card.ts";
import { loadRunbook } from "../loading/runbook-loader.ts";
import { compileWith } from "../params/compile-with.ts";
import type { ValueOptions } from "../params/value-options.ts";
import { valuesFor } from "./page-values.ts";
import { readPartials } from "./project-partials.ts";
import { sourceHref } from "./source-href.ts";

/** A page as it should be. */
export interface Page {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

export interface PageSetOptions {
  readonly project: Project;
  /** Every runbook of the project: the pages link to each other. */
  readonly all: readonly FoundRunbook[];
  /** Those whose pages are wanted. */
  readonly wanted: readonly FoundRunbook[];
  /** Absolute folder of the pages. */
  readonly out: string;
  readonly values: ValueOptions;
  /** Also the index of them all. */
  readonly index: boolean;
}

/** Renders the pages of these runbooks, and their index. */
export async function renderPages({
  project,
  all,
  wanted,
  out,
  values,
  index,
}: PageSetOptions): Promise<readonly Page[]> {
  const { renderIndex, renderMarkdown } = await import("../../renderers/index.ts");
  const partials = await readPartials(project);
  const titles = new Map(all.map(({ id, title }) => [id, title]));
  const plans: Plan[] = [];
  for (const found of wanted) {
    const loaded = await loadRunbook(found.file, { root: project.root });
    plans.push(await compileWith(loaded, valuesFor(found, values), { allowMissing: true }));
  }
  const linkTo = (id: string): string | undefined => (titles.has(id) ? `${id}.md` : undefined);
  const titleOf = (id: string): string | undefined => titles.get(id);
  const pages: Page[] = [];
  for (const plan of plans) {
    pages.push({
      path: join(out, `${plan.id}.md`),
      text: await renderMarkdown(plan, {
        linkTo,
        titleOf,
        sourceHref: sourceHref(plan, project.root, out),
        partials,
      }),
    });
  }
  if (!index) return pages;
  return [
    { path: join(out, "README.md"), text: await renderIndex(plans, partials === undefined ? {} : { partials }) },
    ...pages,
  ];
}
