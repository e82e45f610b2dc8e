import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { askMenu, type MenuEntry } from "../session/menu.ts";
import { onWords } from "../session/step-lines.ts";
import { openShell } from "../session/step-shell.ts";
import { printView } from "../session/step-view.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askTyped } from "../session/typed-line.ts";
import { askReason, backEntries, commonKeys, noteEntry, quitEntry, shellEntry } from "./anytime-answers.ts";
import { askCaution } from "./caution-view.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** Before a step starts: run it, skip it with a reason, look at it, leave. */
export const askStart: QuestionView<"start"> = async (ui, question, signal, record) => {
  const { step: key, number, title, command } = question;
  if (record.warn(key)) {
    const left = await askCaution(ui, question, signal);
    if (left !== undefined) return left;
  }
  record.announce(key, title, command);
  const step = ui.facts.stepOf(key);
  const common = commonKeys(ui, key, signal);
  for (;;) {
    const given = await askMenu(ui, { entries: entriesFor(ui, question), message: common.message() }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("left" in given) continue;
    if (given.key === "r" && (await mayRun(ui, step, signal))) return { say: "run" };
    if (given.key === "e" && (await goesToTheEnd(ui, signal)) && (await mayRun(ui, step, signal))) {
      ui.stepping = false;
      return { say: "run-to-end" };
    }
    if (given.key === "s") {
      const say = `Why is ${number} skipped? It is kept in the record. Esc: not skipped.`;
      const reason = await askReason(ui, say, signal);
      if (reason !== undefined) return { say: "skip", reason };
    }
    if (given.key === "v" && step) printView(ui, step, command);
    if (given.key === "!" && step) await openShell(ui, step);
  }
};

function entriesFor(ui: TerminalUi, { step: key, number }: Asked<"start">): readonly MenuEntry[] {
  return [
    { key: "r", word: "run", help: `run ${number}` },
    { key: "s", word: "skip", help: "skip it; asks why, and the reason is kept" },
    { key: "v", word: "view", help: "what it would change, its undo, what watches it" },
    noteEntry,
    shellEntry,
    ...(ui.stepping
      ? [
          {
            key: "e",
            word: "to the end",
            help: "run on without asking before each step; asks for the word",
            rare: true,
          },
        ]
      : []),
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
