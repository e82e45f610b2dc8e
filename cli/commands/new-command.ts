import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { openProject, type Project } from "../loading/project.ts";
import { indexRunbooks } from "../loading/runbook-finder.ts";
import { shownPath } from "../loading/shown-path.ts";
import { writeWhereFound } from "../scaffold/runbook-place.ts";
import { packageTemplate, runbookTemplate, tsconfigTemplate } from "../scaffold/runbook-template.ts";
import type { CommandModule } from "./command-module.ts";

const newCommand: CommandModule = {
  about:
    "Writes a file that runs as it is: runbooks/ID.runbook.ts, or where lockstep.config.ts looks for runbooks. A package.json and a tsconfig.json are written as well where there are none, so that an editor knows the types.",
  examples: ["lockstep new restart-web", "lockstep new hello && lockstep run hello"],
  define(command) {
    command.argument("ID", "lower case letters, digits and -").action(async (id: string) => {
      requireId(id);
      const project = await openProject();
      await requireFree(project, id);
      const file = await writeWhereFound(project, id, runbookTemplate(id));
      const created = [file, ...(await writeBeside(project.root))];
      process.stderr.write(created.map((path) => `Created ${shownPath(path)}\n`).join(""));
      process.stdout.write(`Next\n${nextCommands(project.root, id, shownPath(file))}`);
    });
  },
};

export default newCommand;

/** Of it are made the names of files, which have 255 bytes at most. */
const longest = 100;

function requireId(id: string): void {
  if (id.length > longest)
    throw new LockstepError({
      code: "bad-id",
      message: `an id of ${id.length} characters is too long for the name of a file`,
      hint: `Write one of at most ${longest}`,
    });
  if (/^[a-z][a-z0-9-]*$/.test(id)) return;
  const better = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  throw new LockstepError({
    code: "bad-id",
    message: `"${id}" cannot be the id of a runbook`,
    hint:
      better === ""
        ? "An id has lower case letters, digits and -, such as restart-web"
        : `Write lockstep new ${better}`,
  });
}

async function requireFree(project: Project, id: string): Promise<void> {
  const { runbooks } = await indexRunbooks(project);
  const other = runbooks.find((runbook) => runbook.id === id);
  if (other === undefined) return;
  throw new LockstepError({
    code: "duplicate-id",
    message: `there is a runbook ${id} already: ${shownPath(other.file)}`,
    hint: "Nothing was changed. Choose another id",
  });
}

/** What an editor and Node need beside it. @returns What was not there. */
async function writeBeside(root: string): Promise<string[]> {
  const missing = [
    { path: join(root, "package.json"), text: packageTemplate },
    { path: join(root, "tsconfig.json"), text: tsconfigTemplate },
  ].filter(({ path }) => !existsSync(path));
  for (const { path, text } of missing) await writeFile(path, text, { flag: "wx" });
  return missing.map(({ path }) => path);
}

function nextCommands(root: string, id: string, file: string): string {
  const rows = [
    [`lockstep show ${id}`, "the page"],
    [`lockstep run ${id} --dry-run`, "every step as it would run"],
    [`lockstep run ${id}`, "run it"],
    [`lockstep docs ${id}`, "write the page as Markdown"],
    [`$EDITOR ${file}`, "make it yours"],
    ...(existsSync(join(root, "node_modules/lockstep"))
      ? []
      : [["npm install --save-dev /path/to/lockstep", "types, for your editor (a checkout or a packed file)"]]),
  ];
  const width = Math.max(...rows.map(([command = ""]) => command.length));
  return rows.map(([command = "", remark]) => `  ${command.padEnd(width)}  ${remark}\n`).join("");
}
