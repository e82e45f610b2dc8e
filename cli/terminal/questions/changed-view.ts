import type { StepChange } from "../../../runners/events/run-event.ts";
import { timeText } from "../../output/clock-text.ts";
import { inertText } from "../../output/inert-text.ts";
import { differingLines } from "../../output/step-change-lines.ts";
import type { Line } from "../screen/screen.ts";
import { askMenu } from "../session/menu.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askTyped } from "../session/typed-line.ts";
import { backEntries, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import type { QuestionView } from "./question-view.ts";

/** The runbook was edited since the run began: what differs, and the word that accepts it. */
export const askChanged: QuestionView<"changed"> = async (ui, question, signal) => {
  const { changes } = question;
  ui.screen.print([...changes.flatMap((change) => changeLines(ui, change)), ...gitLines(ui)]);
  const common = commonKeys(ui, question.step, signal);
  const done = changes.filter((change) => change.done);
  const message =
    done.length === 0
      ? "Nothing that is done has changed."
      : `${done.map(({ step }) => numberOf(ui, step)).join(", ")}: done as it stood, and stays so.`;
  for (;;) {
    const entries = [
      { key: "g", word: "go on", help: "with the runbook as it is now; asks for the word" },
      noteEntry,
      ...backEntries(ui, question.step),
      quitEntry(ui, "this"),
    ];
    const given = await askMenu(ui, { entries, message: common.message() ?? message }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if (!("key" in given) || given.key !== "g") continue;
    const say = ["Goes on with the runbook as it is now.", "To accept, type accept and Enter. Esc: not yet."];
    if ((await askTyped(ui, { say, expected: ["accept"] }, signal)) === "accept") return { say: "accept" };
  }
};

/** "1.5  Deploy the green application: done at 03:08:44, its command changed", then what differs. */
function changeLines(ui: TerminalUi, change: StepChange): Line[] {
  const { style, mode } = ui.screen;
  const step = ui.facts.stepOf(change.step);
  const name = step === undefined ? change.step : `${step.number}  ${step.title.text}`;
  const at = ui.facts.ended.get(change.step);
  const done = change.done ? `done${at === undefined ? "" : ` at ${timeText(at)}`}, ` : "";
  const lines = differingLines(change).map(([sign, text]): Line => {
    if (mode === "plain") return `${sign === "-" ? "It was" : "It is now"}: ${text}`;
    return { text: `     ${sign} ${text}`, hang: 7 };
  });
  return [style.title(inertText(`${name}: ${done}${change.change}`)), ...lines];
}

function gitLines({ place: { commit } }: TerminalUi): Line[] {
  return commit === undefined
    ? [""]
    : [`The project stands at git ${commit}; git log and git diff show who changed it.`, ""];
}

function numberOf({ facts }: TerminalUi, key: string): string {
  return facts.stepOf(key)?.number ?? key;
}
