import type { Answer, suspend } from "../../../runners/questions/question.ts";
import { timeText } from "../../output/clock-text.ts";
import { inertText } from "../../output/inert-text.ts";
import { factLine } from "../session/fact-line.ts";
import { onWords } from "../session/step-lines.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askTyped } from "../session/typed-line.ts";
import { type AnswerEntry, askAnswer } from "./answer-menu.ts";
import { askReason, type CommonKeys, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import { askFor } from "./asked-values.ts";
import { outputEntry, shellEntry } from "./look-entries.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** A write began, and nobody knows how it ended. The question is about the world, and nothing runs from here. */
export const askUnknown: QuestionView<"unknown"> = async (ui, question, signal, record) => {
  const { step: key, title, command, remark } = question;
  const isNews = record.announce(key, title, command, "unknown");
  const began = ui.facts.began.get(key);
  // else its end line has said so
  if (isNews)
    ui.screen.print([
      factLine(ui, "began", `${began === undefined ? "" : `${timeText(began.at)}; `}${inertText(remark)}`),
    ]);
  record.endProbe(key);
  const common = commonKeys(ui, key, signal);
  for (;;) {
    const body = (): string[] => (isNews ? [""] : []);
    const found = await askTyped(ui, { say: sayWhatYouFound(ui, question), body, expected: words }, signal);
    const word = words.find((each) => each === found);
    if (word !== undefined) {
      const how = await askReason(ui, "How did you see it? It is kept in the record.", signal);
      const outputs = how !== undefined && word === "there" ? await askFor(ui, question.gives, signal) : {};
      if (how !== undefined && outputs !== undefined)
        return { say: word, how, ...(Object.keys(outputs).length === 0 ? {} : { outputs }) };
      continue;
    }
    const left = typeof found === "object" ? await common.take(found) : undefined;
    const answer = left ?? (await lookAround(ui, question, common, signal));
    if (answer !== "back") return answer;
  }
};

const words = ["there", "missing", "partly"] as const;

/** The menu behind Esc, until somebody goes back to the question. */
function lookAround(
  ui: TerminalUi,
  { step: key, number }: Asked<"unknown">,
  common: CommonKeys,
  signal: AbortSignal,
): Promise<"back" | Answer | typeof suspend> {
  const entries: readonly AnswerEntry<"back">[] = [
    {
      key: "t",
      word: "type what you found",
      help: "there, missing or partly; nothing runs from here",
      answer: () => "back",
    },
    { ...shellEntry(ui, ui.facts.stepOf(key)), rare: false },
    outputEntry(ui, key, "what it printed before it was lost"),
    noteEntry,
    quitEntry(ui, number),
  ];
  return askAnswer(ui, key, signal, () => ({ entries }), common);
}

function sayWhatYouFound(ui: TerminalUi, { step: key, number }: Asked<"unknown">): string[] {
  const step = ui.facts.stepOf(key);
  const [on] = step === undefined ? ["it"] : onWords(ui, step).split(", ");
  const question = `${number} may have happened, or not, or half. lockstep cannot tell. Look at ${on} itself (Esc, then ! for a shell), then type what you found:`;
  const rows = [
    ["there", `all that ${number} does is there`, `${number} counts as ok and is not run again`],
    ["missing", "nothing of it is there", `${number} is shown again; only r runs it`],
    ["partly", "something else", `${number} counts as failed; its menu comes`],
  ] as const;
  const { mode, columns } = ui.screen;
  if (mode === "plain") return [question, ...rows.map(([word, means, then]) => `${word}: ${means}; ${then}.`)];
  // in a narrow window the words alone, since a frame has room for 12 rows
  if (columns < 76) return [question, ...rows.map(([word, means]) => `  ${word.padEnd(8)} ${means}`)];
  const [first, second] = [8, Math.max(...rows.map(([, means]) => means.length)) + 2];
  return [
    question,
    "",
    ...rows.map(([word, means, then]) => `  ${word.padEnd(first)} ${means.padEnd(second)} ${then}`),
    `  ${"(Enter)".padEnd(first)} ${"I have not looked".padEnd(second)} nothing changes; it stays unknown`,
    "",
  ];
}
