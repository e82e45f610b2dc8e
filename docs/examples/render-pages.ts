import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compile } from "lockstep";
import { renderMarkdown } from "lockstep/render";
import * as procedures from "lockstep/runbooks/rlhf-audit-trail";

/** Writes the page of two shipped procedures, for the values of one deployment, and returns their files. */
export async function renderPages(folder: string, version: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const plans = [
    compile(procedures.productionBlueGreen, { values: { version }, environment: "production" }),
    compile(procedures.stagingVerification),
  ];
  const files: string[] = [];
  for (const plan of plans) {
    const file = join(folder, `${plan.id}.md`);
    await writeFile(file, await renderMarkdown(plan, { linkTo: (id) => `${id}.md` }));
    files.push(file);
  }
  return files;
}
