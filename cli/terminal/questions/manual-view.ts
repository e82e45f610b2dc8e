import { factLine } from "../session/fact-line.ts";
import { askMenu, type MenuEntry } from "../session/menu.ts";
import { openShell } from "../session/step-shell.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askReason, backEntries, commonKeys, noteEntry, quitEntry, shellEntry } from "./anytime-answers.ts";
import { askFor } from "./asked-values.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** What only a person can do, and what they are asked for once it is done. */
export const askManual: QuestionView<"manual"> = async (ui, question, signal, record) => {
  const { step: key, number, title, command, asks, secondPerson } = question;
  record.announce(key, title, command);
  printInstructions(ui, question);
  const step = ui.facts.stepOf(key);
  const common = commonKeys(ui, key, signal);
  const elsewhere = `A second person does this, and answers: lockstep approve ${ui.facts.runId} ${number}`;
  for (;;) {
    const message = common.message() ?? (secondPerson ? elsewhere : undefined);
    const given = await askMenu(ui, { entries: entriesFor(ui, question), message }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("left" in given) continue;
    if (given.key === "!" && step) await openShell(ui, step);
    if (given.key === "x") {
      const reason = await askReason(ui, "Why not? It is kept in the record. Esc: not refused.", signal);
      if (reason !== undefined) return { say: "refuse", reason };
    }
    if (given.key === "d") {
      const values = await askFor(ui, asks, signal);
      if (values !== undefined) return { say: "done", asks: values };
    }
  }
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

function entriesFor(ui: TerminalUi, { step: key, number, asks, secondPerson }: Asked<"manual">): readonly MenuEntry[] {
  const help = asks.length > 0 ? "it is done; asks for what is noted" : "it is done";
  return [
    ...(secondPerson ? [] : [{ key: "d", word: "done", help }]),
    { key: "x", word: "cannot be done", help: "refuse; asks why, and the reason is kept" },
    noteEntry,
    shellEntry,
    ...backEntries(ui, key),
    quitEntry(ui, number),
  ];
}
