import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import { inertText } from "../output/inert-text.ts";
import { type RunHistory, readHistory } from "./run-history.ts";
import { type RecordedRun, readPlan } from "./run-reader.ts";
import { indexSteps } from "./step-numbers.ts";

/**
 * Prints what a step of a run printed: its own bytes into a pipe; into a terminal without control sequences.
 *
 * @throws {LockstepError} `unknown-step` for a step that did not run; `bad-argument` for an attempt that was not made.
 */
export async function printStepOutput(
  run: RecordedRun,
  numberOrId: string,
  attempt: string | undefined,
): Promise<void> {
  const history = readHistory(run.events);
  const key = await findKey(run, history, numberOrId);
  const last = history.steps.get(key)?.started?.attempt ?? 1;
  const wanted = attempt === undefined ? last : Number(attempt);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > last)
    throw new LockstepError({
      code: "bad-argument",
      message: `${numberOrId} has no attempt ${attempt}`,
      hint: `It has ${last === 1 ? "one" : `1 to ${last}`}`,
    });
  const folder = run.folder.attemptFolder(key, wanted);
  for (const name of ["out", "log"]) await printFile(join(folder, name));
}

async function findKey(run: RecordedRun, history: RunHistory, numberOrId: string): Promise<string> {
  if (history.steps.has(numberOrId)) return numberOrId;
  const numbers = indexSteps(await readPlan(run));
  const id = numbers.idOf(numberOrId);
  const key = [...history.steps.keys()].find(
    (candidate) => candidate === id || candidate.replace(/\[\d+\]/g, "") === id,
  );
  if (key !== undefined) return key;
  if (id !== undefined)
    throw new LockstepError({
      code: "unknown-step",
      message: `${numberOrId} has not run in ${run.folder.id}`,
      hint: `lockstep log ${run.folder.id} shows what has`,
    });
  const known = [...numbers.ids, ...numbers.ids.map((name) => numbers.numberOf(name))];
  throw new LockstepError({
    code: "unknown-step",
    message: `run ${run.folder.id} has no step ${numberOrId}`,
    hint: didYouMean(numberOrId, known, `lockstep log ${run.folder.id} shows its steps`),
  });
}

async function printFile(path: string): Promise<void> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  });
  if (!process.stdout.isTTY) process.stdout.write(bytes);
  else process.stdout.write(bytes.toString("utf8").replace(/[^\n]+/g, inertText));
}
