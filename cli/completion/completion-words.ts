import type { ParamDeclaration } from "../../dsl/params/param.ts";
import { flagOf } from "../../dsl/params/parameter-flag.ts";
import { openRunStore } from "../../runners/store/run-store.ts";
import type { ArgumentKind } from "../command-table.ts";
import { readHistory } from "../history/run-history.ts";
import { type RecordedRun, readRun } from "../history/run-reader.ts";
import { hasEnded, stateOf, stateText } from "../history/run-state.ts";
import { openProject } from "../loading/project.ts";
import type { FoundRunbook } from "../loading/runbook-card.ts";
import type { Candidate } from "./word-completer.ts";

/** `version=` while a name is typed, `strategy=rolling` once there is one. */
export function parameterWords({ params }: FoundRunbook, typed: string): readonly Candidate[] {
  const open = Object.entries(params).filter(([, { type }]) => type !== "secret");
  if (!typed.includes("="))
    return open.map(([name, { meaning }]) => ({
      value: `${flagOf(name)}=`,
      ...(meaning === undefined ? {} : { meaning }),
    }));
  const flag = typed.slice(0, typed.indexOf("="));
  const found = open.find(([name]) => flagOf(name) === flag || name === flag);
  return found ? valuesOf(found[1]).map((value) => ({ value: `${flag}=${value}` })) : [];
}

/** The values that a parameter can have, where they can be listed. */
export function valuesOf(declaration: ParamDeclaration): readonly string[] {
  if (declaration.type === "oneOf") return declaration.choices;
  if (declaration.type === "boolean") return ["yes", "no"];
  return "example" in declaration && declaration.example !== undefined && declaration.type !== "duration"
    ? [String(declaration.example)]
    : [];
}

/** The ids of runs that fit. */
export async function runWords(kind: ArgumentKind): Promise<readonly Candidate[]> {
  const runs = await readRuns();
  return runs.flatMap((run) => {
    const history = readHistory(run.events);
    if (kind === "run-to-resume" && hasEnded(history)) return [];
    if (kind === "run-to-undo" && history.last?.type === "ended" && history.last.result === "rolled-back") return [];
    if (kind === "run-that-asks" && history.questions.length === 0) return [];
    return [{ value: run.folder.id, meaning: `${run.created.runbook.id}, ${stateText(stateOf(run, history))}` }];
  });
}

/** The steps of a run that ran, or those that ask. */
export async function stepWords(id: string, kind: ArgumentKind): Promise<readonly Candidate[]> {
  const { root } = await openProject();
  const { questions, steps } = readHistory((await readRun(await openRunStore(root).find(id))).events);
  if (kind === "step-that-asks") return questions.map(({ step, title }) => ({ value: step, meaning: title }));
  return [...steps.values()].map(({ key, started }) => ({
    value: key,
    ...(started === undefined ? {} : { meaning: started.title }),
  }));
}

async function readRuns(): Promise<readonly RecordedRun[]> {
  const { root } = await openProject();
  const folders = await openRunStore(root).list();
  const runs = await Promise.all(folders.map((folder) => readRun(folder).catch(() => undefined)));
  return runs.filter((run) => run !== undefined);
}
