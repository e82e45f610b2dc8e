import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { onWords } from "../session/step-lines.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askTyped } from "../session/typed-line.ts";
import { type AnswerEntry, askAnswer, because } from "./answer-menu.ts";
import { backEntries, noteEntry, quitEntry } from "./anytime-answers.ts";
import { askCaution } from "./caution-view.ts";
import { shellEntry, viewEntry } from "./look-entries.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** Before a step starts: run it, skip it with a reason, look at it, leave. */
export const askStart: QuestionView<"start"> = async (ui, question, signal, record) => {
  const { step: key, title, command } = question;
  if (record.warn(key)) {
    const left = await askCaution(ui, question, signal);
    if (left !== "read") return left;
  }
  record.announce(key, title, command);
  return askAnswer(ui, key, signal, () => ({ entries: entriesFor(ui, question, signal) }));
};

function entriesFor(
  ui: TerminalUi,
  { step: key, number, command }: Asked<"start">,
  signal: AbortSignal,
): readonly AnswerEntry[] {
  const step = ui.facts.stepOf(key);
  const toTheEnd: AnswerEntry = {
    key: "e",
    word: "to the end",
    help: "run on without asking before each step; asks for the word",
    rare: true,
    answer: async () => {
      if (!(await goesToTheEnd(ui, signal)) || !(await mayRun(ui, step, signal))) return undefined;
      ui.stepping = false;
      return { say: "run-to-end" };
    },
  };
  return [
    {
      key: "r",
      word: "run",
      help: `run ${number}`,
      answer: async () => ((await mayRun(ui, step, signal)) ? { say: "run" } : undefined),
    },
    {
      key: "s",
      word: "skip",
      help: "skip it; asks why, and the reason is kept",
      answer: because(
        ui,
        signal,
        `Why is ${number} skipped? It is kept in the record. Esc: not skipped.`,
        (reason) => ({ say: "skip", reason }),
      ),
    },
    viewEntry(ui, step, command),
    noteEntry,
    shellEntry(ui, step),
    ...(ui.stepping ? [toTheEnd] : []),
    ...backEntries(ui, key),
    quitEntry(ui, number),
  ];
}

async function goesToTheEnd(ui: TerminalUi, signal: AbortSignal): Promise<boolean> {
  const say = ["To run on without asking before each step, type end and Enter. Esc: no."];
  return (await askTyped(ui, { say, expected: ["end"] }, signal)) === "end";
}

/** What takes something away, or cannot be undone, needs its own name typed. */
async function mayRun(ui: TerminalUi, step: PlanStep | undefined, signal: AbortSignal): Promise<boolean> {
  if (!step || (step.effect !== "destructive" && step.undo.kind !== "irreversible")) return true;
  const { number, id, undo } = step;
  const why = `${number} ${undo.kind === "irreversible" ? "cannot be undone" : "takes something away"}.`;
  const [place] = onWords(ui, step).split(", ");
  const say = [`${why} To run it on ${place} type ${id} and Enter. Esc: no.`];
  return (await askTyped(ui, { say, expected: [id] }, signal)) === id;
}
