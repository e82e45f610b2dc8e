import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import { type RunHistory, readHistory } from "../history/run-history.ts";
import { type RecordedRun, readPlan } from "../history/run-reader.ts";
import { indexSteps, type StepNumbers } from "../history/step-numbers.ts";
import { inertPieces, readOutput, writePieces } from "../output/attempt-output.ts";

/**
 * Prints what a step of a run printed: its own bytes into a pipe; into a terminal without control sequences. `name` is
 * what the log calls it (`3.2`, `3.2[4]`, `Undo 3.2`) or its id; of a step in a repeat the last pass, unless it says
 * which; of an undo all of its actions.
 *
 * @throws {LockstepError} `unknown-step` for a step that did not run; `bad-argument` for an attempt that was not made.
 */
export async function printStepOutput(run: RecordedRun, name: string, attempt: string | undefined): Promise<void> {
  const history = readHistory(run.events);
  for (const key of await findKeys(run, history, name)) {
    const last = history.steps.get(key)?.started?.attempt ?? 1;
    const wanted = attempt === undefined ? last : Number(attempt);
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > last)
      throw new LockstepError({
        code: "bad-argument",
        message: `${name} has no attempt ${attempt}`,
        hint: `It has ${last === 1 ? "one" : `1 to ${last}`}`,
      });
    const folder = run.folder.attemptFolder(key, wanted);
    await writePieces(process.stdout.isTTY ? inertPieces(folder) : readOutput(folder), process.stdout);
  }
}

/** The keys of the journal that a person means. */
async function findKeys(run: RecordedRun, { steps }: RunHistory, name: string): Promise<readonly string[]> {
  if (steps.has(name)) return [name];
  const numbers = indexSteps(await readPlan(run));
  const namesOf = (key: string): readonly string[] => {
    const number = numbers.numberOf(key);
    const whole = key.startsWith("undo:") ? key.replace(/\.\d+$/, "") : key;
    return [number, whole, withoutPasses(number), withoutPasses(whole)];
  };
  const typed = name.toLowerCase();
  const meant = [...steps.keys()].filter((key) => namesOf(key).some((known) => known.toLowerCase() === typed));
  const undos = meant.filter((key) => key.startsWith("undo:"));
  if (meant.length > undos.length) return meant.filter((key) => !undos.includes(key)).slice(-1);
  if (undos.length > 0) return undos;
  throw unknownStep(run, numbers, name);
}

function withoutPasses(name: string): string {
  return name.replace(/\[\d+\]/g, "");
}

function unknownStep({ folder }: RecordedRun, numbers: StepNumbers, name: string): LockstepError {
  if (numbers.idOf(withoutPasses(name)) !== undefined)
    return new LockstepError({
      code: "unknown-step",
      message: `${name} has not run in ${folder.id}`,
      hint: `lockstep log ${folder.id} shows what has`,
    });
  const known = [...numbers.ids, ...numbers.ids.map((id) => numbers.numberOf(id))];
  return new LockstepError({
    code: "unknown-step",
    message: `run ${folder.id} has no step ${name}`,
    hint: didYouMean(name, known, `lockstep log ${folder.id} shows its steps`),
  });
}
