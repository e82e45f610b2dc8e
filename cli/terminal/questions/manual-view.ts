import { factLine } from "../session/fact-line.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { type AnswerEntry, askAnswer, because } from "./answer-menu.ts";
import { backEntries, noteEntry, quitEntry } from "./anytime-answers.ts";
import { approveWords } from "./approve-command.ts";
import { askFor } from "./asked-values.ts";
import { shellEntry } from "./look-entries.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** What only a person can do, and what they are asked for once it is done. */
export const askManual: QuestionView<"manual"> = (ui, question, signal, record) => {
  const { step: key, number, title, command, secondPerson } = question;
  record.announce(key, title, command);
  printInstructions(ui, question);
  const elsewhere = `A second person does this, and answers: ${approveWords(ui, number)}`;
  return askAnswer(ui, key, signal, () => ({
    entries: entriesFor(ui, question, signal),
    message: secondPerson ? elsewhere : undefined,
  }));
};

const printed = new WeakMap<TerminalUi, Set<string>>();

/** Once, also when it is asked again. */
function printInstructions(ui: TerminalUi, { step, instructions, asks }: Asked<"manual">): void {
  const keys = printed.get(ui) ?? new Set();
  printed.set(ui, keys);
  if (keys.has(step)) return;
  keys.add(step);
  const lines = (instructions ?? "").split("\n").filter((line) => line.trim() !== "");
  ui.screen.print([
    ...lines.map((line, index) => factLine(ui, index === 0 ? "do" : "", line)),
    ...asks.map(({ name, gives }) => factLine(ui, "asks", gives ?? name)),
  ]);
}

function entriesFor(
  ui: TerminalUi,
  { step: key, number, asks, secondPerson }: Asked<"manual">,
  signal: AbortSignal,
): readonly AnswerEntry[] {
  const done: AnswerEntry = {
    key: "d",
    word: "done",
    help: asks.length > 0 ? "it is done; asks for what is noted" : "it is done",
    answer: async () => {
      const values = await askFor(ui, asks, signal);
      return values === undefined ? undefined : { say: "done", asks: values };
    },
  };
  return [
    ...(secondPerson ? [] : [done]),
    {
      key: "x",
      word: "cannot be done",
      help: "refuse; asks why, and the reason is kept",
      answer: because(ui, signal, "Why not? It is kept in the record. Esc: not refused.", (reason) => ({
        say: "refuse",
        reason,
      })),
    },
    noteEntry,
    shellEntry(ui, ui.facts.stepOf(key)),
    ...backEntries(ui, key),
    quitEntry(ui, number),
  ];
}
