import { guardsOf } from "../../../dsl/plan/walk-plan.ts";
import { inertText } from "../../output/inert-text.ts";
import { renderTable } from "../../output/table.ts";
import { askMenu, askTyped } from "../session/menu.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askReason, commonAnswer, noteEntry, quitEntry } from "./common-answers.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** Shows exactly what is approved; the word must be typed. */
export const askApproval: QuestionView<"approval"> = async (ui, question, signal, record) => {
  const { step: key, number, title, by, digest } = question;
  record.announce(key, `Approval by ${by.join(" or ")}: ${title}`, undefined);
  ui.screen.print(coverLines(ui, question));
  for (;;) {
    const given = await askMenu(
      ui,
      {
        entries: [
          { key: "a", word: "approve", help: "approve exactly this; asks for the word" },
          { key: "v", word: "view", help: "the commands of what is approved" },
          noteEntry,
          { key: "x", word: "refuse", help: "say no; asks why, and the reason is kept" },
          quitEntry,
        ],
      },
      signal,
    );
    const common = await commonAnswer(ui, given, key, signal);
    if (common !== undefined) return common;
    if ("left" in given) continue;
    if (given.key === "v") printCommands(ui, question);
    if (given.key === "a") {
      const word = await askTyped(
        ui,
        { say: [`To approve ${number}, type approve and Enter. Esc: not yet.`], expected: ["approve"] },
        signal,
      );
      if (word === "approve") return { say: "approve", digest };
    }
    if (given.key === "x") {
      const reason = await askReason(ui, "Why not? It is kept in the record. Esc: not refused.", signal);
      if (reason !== undefined) return { say: "refuse", reason };
    }
  }
};

function coverLines(
  { screen: { style }, plan }: TerminalUi,
  { covers, approved, quorum }: Asked<"approval">,
): string[] {
  const effect = (word: string): string => (word === "write" || word === "destructive" ? word.toUpperCase() : word);
  const rows = covers.map((step) => [
    step.number,
    effect(step.effect),
    inertText(step.remark ? `${step.title}; ${step.remark}` : step.title),
  ]);
  const ids = new Set(covers.map(({ step }) => step));
  const guards = guardsOf(plan).filter(({ covers: range }) => range.some((id) => ids.has(id)));
  return [
    covers.length === 0 ? "     Nothing follows that it covers." : "     Approves exactly this:",
    ...renderTable(rows, { indent: "       " })
      .trimEnd()
      .split("\n")
      .filter((line) => line !== ""),
    ...guards.map(
      ({ from, until, alerts }) =>
        `     ${style.dim("guard   ")}${from?.number ?? ""} to ${until?.number ?? "the end"}: when a step fails, or at ${alerts.map(({ title, text }) => `${title} ${text}`).join(", ")}`,
    ),
    ...(quorum > 1 ? [`     ${style.dim("so far  ")}${approved.length} of ${quorum}: ${approved.join(", ")}`] : []),
    "",
  ];
}

function printCommands({ screen }: TerminalUi, { covers }: Asked<"approval">): void {
  for (const { number, title, command } of covers) {
    screen.print([`${number}  ${inertText(title)}`]);
    if (command !== undefined) screen.printCommand(command);
  }
  screen.print([""]);
}
