import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { findProjectRoot } from "../loading/project-root.ts";
import { shownPath } from "../loading/shown-path.ts";
import { packageTemplate, runbookTemplate, tsconfigTemplate } from "../scaffold/runbook-template.ts";
import type { CommandModule } from "./command-module.ts";

const newCommand: CommandModule = {
  about:
    "Writes runbooks/ID.runbook.ts, which runs as it is. A package.json and a tsconfig.json are written as well where there are none, so that an editor knows the types.",
  examples: ["lockstep new restart-web", "lockstep new hello && lockstep run hello"],
  define(command) {
    command.argument("ID", "lower case letters, digits and -").action(async (id: string) => {
      requireId(id);
      const root = findProjectRoot(process.cwd()) ?? process.cwd();
      const created = await createFiles(root, id);
      const file = shownPath(join(root, "runbooks", `${id}.runbook.ts`));
      process.stderr.write(created.map((path) => `Created ${shownPath(path)}\n`).join(""));
      process.stdout.write(`Next\n${nextCommands(root, id, file)}`);
    });
  },
};

export default newCommand;

function requireId(id: string): void {
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

async function createFiles(root: string, id: string): Promise<string[]> {
  const runbook = join(root, "runbooks", `${id}.runbook.ts`);
  await writeNew(runbook, runbookTemplate(id));
  const beside = [
    { path: join(root, "package.json"), text: packageTemplate },
    { path: join(root, "tsconfig.json"), text: tsconfigTemplate },
  ].filter(({ path }) => !existsSync(path));
  for (const { path, text } of beside) await writeFile(path, text, { flag: "wx" });
  return [runbook, ...beside.map(({ path }) => path)];
}

async function writeNew(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: "wx" });
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
