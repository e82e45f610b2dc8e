import { type Prompter, type Question, suspend } from "../../../runners/questions/question.ts";
import type { QuestionView } from "../questions/question-view.ts";
import { questionViews } from "../questions/question-views.ts";
import type { RecordWriter } from "./record-writer.ts";
import type { RunningView } from "./running-view.ts";
import { setTitle } from "./tab-title.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** A prompter of which one can know when the person is done. */
export interface TerminalPrompter extends Prompter {
  /** Resolves when no question stands and nobody has the terminal: a run may end while a shell is open. */
  settled(): Promise<void>;
}

/** Puts the questions of a run to the person at the terminal, and gives the terminal to its steps, one at a time. */
export function createTerminalPrompter(ui: TerminalUi, record: RecordWriter, running: RunningView): TerminalPrompter {
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = before.then(work);
    before = done.catch(() => {});
    return done;
  };
  return {
    settled: async () => {
      await before;
    },
    lend: (work) =>
      inTurn(async () => {
        const resume = await running.pause();
        // what was told of the step so far is printed before it has the terminal
        await new Promise((resolve) => setImmediate(resolve));
        try {
          return await ui.screen.suspendFor(work);
        } finally {
          resume();
        }
      }),
    ask: (question, signal) =>
      inTurn(async () => {
        const since = performance.now();
        const resume = await running.pause();
        setTitle(ui, question.kind === "failed" ? `FAILED ${question.number}` : `asks ${question.number}`.trimEnd());
        if (ui.keys.quietMilliseconds() > bellAfter && performance.now() - since < bellAfter) ui.screen.bell();
        try {
          const view = questionViews[question.kind] as QuestionView<Question["kind"]>;
          const answer = await view(ui, question as never, signal, record);
          if (answer !== suspend) ui.answeredHere.add(question.step);
          return answer;
        } finally {
          ui.screen.setLive([]);
          resume();
        }
      }),
  };
}

/** Without a key for so long, in milliseconds, the person may be looking elsewhere. */
const bellAfter = 10_000;
