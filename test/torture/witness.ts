import type { JournalEvent } from "../../runners/events/run-event.ts";
import type { Answer, Question } from "../../runners/questions/question.ts";
import { countOf } from "./effect-laws.ts";
import type { Facts } from "./facts.ts";
import { factOf, nameOf } from "./journal-laws.ts";

/** Somebody who looks at the effects file and answers by what is there. */
export interface Witness {
  answer(question: Question): Answer | undefined;
  /** For each line how often it was let happen again: by the answers that counted, which are those in the journal. */
  readonly repeats: ReadonlyMap<string, number>;
}

export interface WitnessInit {
  readonly facts: Facts;
  readonly effects: () => readonly string[];
  readonly journal: () => readonly JournalEvent[];
  /** Does by hand what no command can. */
  readonly append: (line: string) => void;
  /** Gives the guard its sight back. */
  readonly mend: () => void;
}

/** It happened, but what it printed is lost, and later steps need that. */
const forItsOutput = "seen in the effects, and needed once more for its output";

export function createWitness({ facts, effects, journal, append, mend }: WitnessInit): Witness {
  const repeats = (): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const event of journal())
      if (event.type === "answered" && "how" in event.answer && event.answer.how === forItsOutput)
        counts.set(nameOf(event.step), (counts.get(nameOf(event.step)) ?? 0) + 1);
    return counts;
  };

  /** More often than the journal knows of it. */
  const isThere = (line: string, keys: (key: string) => boolean, settled = ["ok", "undone"]): boolean => {
    const outcomes = new Map<string, string>();
    for (const event of journal())
      if (event.type === "finished" && keys(event.step)) outcomes.set(event.step, event.outcome);
    const known = [...outcomes.values()].filter((outcome) => settled.includes(outcome)).length;
    return countOf(effects(), line) > known + (repeats().get(line) ?? 0);
  };
  const stepIsThere = (name: string): boolean => isThere(name, (key) => isStep(key, name));
  const isStep = (key: string, name: string): boolean => !key.startsWith("undo:") && nameOf(key) === name;

  function aboutUnknown(key: string): Answer {
    const how = "seen in the effects";
    if (key.startsWith("undo:") || !facts.steps.has(nameOf(key))) return aboutUndo(key, how);
    const name = nameOf(key);
    const there = stepIsThere(name);
    // what it printed is lost, and later steps need it
    const again = there && facts.steps.get(name)?.captured;
    return again ? { say: "missing", how: forItsOutput } : { say: there ? "there" : "missing", how };
  }

  function aboutUndo(key: string, how: string): Answer {
    const line = undoLineOf(key);
    const index = key.match(/\.\d+$/)?.[0] ?? "";
    const there = isThere(line, (other) => isUndoKey(other) && nameOf(other) === nameOf(key) && other.endsWith(index));
    return { say: there ? "there" : "missing", how };
  }

  const isUndoKey = (key: string): boolean => key.startsWith("undo:") || !facts.steps.has(nameOf(key));

  /** Of a step's own undo by its place, else of a section's. */
  function undoLineOf(key: string): string {
    const own = factOf(facts, key)?.undo[Number(key.match(/\.(\d+)$/)?.[1] ?? 1) - 1];
    if (key.startsWith("undo:") && own !== undefined) return own;
    return facts.sections.find(({ line }) => key.includes(line.replace(/^undo-/, "")))?.line ?? key;
  }

  function aboutRollback(question: Extract<Question, { kind: "rollback" }>): Answer {
    const reason = "seen in the effects";
    const asked = question.step.replace(/^undo:/, "");
    const name = nameOf(asked);
    // what its other passes did is theirs
    const others = (key: string): boolean => isStep(key, name) && key !== asked;
    if (!isThere(name, others, ["ok", "overruled", "undone"])) return { say: "leave", reason };
    if (question.command !== undefined && question.command !== "") return { say: "undo", reason };
    for (const line of facts.steps.get(name)?.undo ?? []) append(line);
    return { say: "leave", reason: "undone by hand" };
  }

  return {
    get repeats() {
      return repeats();
    },
    answer: (question) => {
      switch (question.kind) {
        case "unknown":
          return aboutUnknown(question.step);
        case "rollback":
          return aboutRollback(question);
        case "approval":
          return { say: "approve", digest: question.digest };
        case "manual":
          return { say: "done", asks: {} };
        case "checklist":
          return { say: "tick", items: question.items.map(({ item }) => item) };
        case "inconclusive":
        case "blind":
          mend();
          return { say: "retry" };
        default:
          return undefined;
      }
    },
  };
}
