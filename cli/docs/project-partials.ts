import { readdir, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Project } from "../loading/project.ts";

/** The Handlebars partials of the project, by name, if its config has a folder of them. */
export async function readPartials({ root, settings }: Project): Promise<Readonly<Record<string, string>> | undefined> {
  if (settings.partials === undefined) return undefined;
  const folder = resolve(root, settings.partials);
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new LockstepError({
      code: "bad-config",
      message: `the folder of partials cannot be read: ${settings.partials}`,
      hint: "Create it, or leave partials out of lockstep.config.ts",
      cause,
    });
  });
  const files = names.filter((name) => name.endsWith(".hbs"));
  return Object.fromEntries(
    await Promise.all(files.map(async (name) => [basename(name, ".hbs"), await readFile(join(folder, name), "utf8")])),
  );
}
