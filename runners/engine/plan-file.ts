import { constants } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import { diskFailed } from "../journal/disk-failure.ts";
import { syncFolder } from "../journal/durable-folder.ts";
import { sha256 } from "../journal/journal-line.ts";
import { writeNewFile } from "../store/run-birth.ts";
import type { RunFolder } from "../store/run-folder.ts";

export interface PlanFile {
  readonly file: string;
  readonly sha256: string;
}

/** Keeps a plan in the run's folder; the journal names it by its SHA-256. */
export async function writePlan(folder: RunFolder, plan: Plan): Promise<PlanFile> {
  const text = `${JSON.stringify(plan)}\n`;
  const hash = sha256(text);
  const file = `plan-${hash.slice(0, 12)}.json`;
  try {
    await writeNewFile(join(folder.path, file), text);
    await syncFolder(folder.path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw diskFailed(join(folder.path, file), error);
    await mendPlan(folder, file, text);
  }
  return { file, sha256: hash };
}

/** The same plan again, after a resume; but an earlier lockstep may have died before it had written all of it. */
async function mendPlan(folder: RunFolder, file: string, text: string): Promise<void> {
  const path = join(folder.path, file);
  try {
    if ((await readFile(path, { encoding: "utf8", flag: constants.O_RDONLY | constants.O_NOFOLLOW })) === text) return;
    const draft = `${path}.${process.pid}`;
    await rm(draft, { force: true });
    await writeNewFile(draft, text);
    await rename(draft, path);
    await syncFolder(folder.path);
  } catch (error) {
    throw diskFailed(path, error);
  }
}

/**
 * The plan that a run was made with, or last resumed with.
 *
 * @throws LockstepError `journal-damaged` if it is not the plan that the journal names.
 */
export async function readPlan(folder: RunFolder, { file, sha256: expected }: PlanFile): Promise<Plan> {
  const path = join(folder.path, file);
  const text = await readFile(path, { encoding: "utf8", flag: constants.O_RDONLY | constants.O_NOFOLLOW }).catch(
    (cause: unknown) => {
      throw new LockstepError({
        code: "journal-damaged",
        message: `${path} cannot be read`,
        hint: "Restore it from a backup",
        cause,
      });
    },
  );
  if (/^plan-[0-9a-f]{12}\.json$/.test(file) && sha256(text) === expected) return JSON.parse(text) as Plan;
  throw new LockstepError({
    code: "journal-damaged",
    message: `${path} is not the plan that the journal names`,
    hint: "It was changed after the run was made. Restore it from a backup",
  });
}
