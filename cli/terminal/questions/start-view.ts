import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { askMenu, askTyped, type MenuEntry } from "../session/menu.ts";
import { openShell } from "../session/step-shell.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { viewLines } from "../session/view-lines.ts";
import { askReason, backEntry, commonAnswer, noteEntry, quitEntry } from "./common-answers.ts";
import type { QuestionView } from "./question-view.ts";

/** Before a step starts: run it, skip it with a reason, look at it, leave. */
export const askStart: QuestionView<"start"> = async (ui, question, signal, record) => {
  const { step: key, number, title, command } = question;
  record.announce(key, title, command);
  const step = ui.facts.stepOf(key);
  for (;;) {
    const given = await askMenu(ui, { entries: entriesFor(ui, number) }, signal);
    const common = await commonAnswer(ui, given, key, signal);
    if (common !== undefined) return common;
    if ("left" in given) continue;
    if (given.key === "r" && (await mayRun(ui, step, signal))) return { say: "run" };
    if (given.key === "e") {
      const word = await askTyped(
        ui,
        { say: ["To run on without asking before each step, type end and Enter. Esc: no."], expected: ["end"] },
        signal,
      );
      if (word === "end" && (await mayRun(ui, step, signal))) return { say: "run-to-end" };
    }
    if (given.key === "s") {
      const reason = await askReason(
        ui,
        `Why is ${number} skipped? It is kept in the record. Esc: not skipped.`,
        signal,
      );
      if (reason !== undefined) return { say: "skip", reason };
    }
    if (given.key === "v" && step) ui.screen.print(viewLines(ui, step));
    if (given.key === "!" && step) await openShell(ui, step);
  }
};

function entriesFor(ui: TerminalUi, number: string): readonly MenuEntry[] {
  const ran = [...ui.facts.outcomes.values()].some((outcome) => outcome === "ok");
  return [
    { key: "r", word: "run", help: `run ${number}` },
    { key: "s", word: "skip", help: "skip it; asks why, and the reason is kept" },
    { key: "v", word: "view", help: "what it would change, its undo, what watches it" },
    noteEntry,
    { key: "!", word: "shell", help: "a shell in this folder and environment; exit comes back here", rare: true },
    { key: "e", word: "to the end", help: "run on without asking before each step; asks for the word", rare: true },
    ...(ran ? [{ ...backEntry, rare: ui.facts.guards.size === 0 }] : []),
    { ...quitEntry, help: `stop before ${number}; lockstep resume ${ui.facts.runId} goes on here` },
  ];
}

/** What takes something away, or cannot be undone, needs its own name typed. */
async function mayRun(ui: TerminalUi, step: PlanStep | undefined, signal: AbortSignal): Promise<boolean> {
  if (!step || (step.effect !== "destructive" && step.undo.kind !== "irreversible")) return true;
  const why =
    step.undo.kind === "irreversible" ? `${step.number} cannot be undone.` : `${step.number} takes something away.`;
  const word = await askTyped(
    ui,
    { say: [`${why} To run it on ${step.on.text} type ${step.id} and Enter. Esc: no.`], expected: [step.id] },
    signal,
  );
  return word === step.id;
}
