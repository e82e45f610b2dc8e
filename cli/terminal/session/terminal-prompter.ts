import { type Prompter, type Question, suspend } from "../../../runners/questions/question.ts";
import { askApproval } from "../questions/approval-view.ts";
import { askChanged } from "../questions/changed-view.ts";
import { askChecklist } from "../questions/checklist-view.ts";
import { askDecision } from "../questions/decision-view.ts";
import { askBlind, askClosed, askInconclusive, askTripped, askWatch } from "../questions/decision-views.ts";
import { askElsewhere } from "../questions/elsewhere-view.ts";
import { askFailed } from "../questions/failed-view.ts";
import { askManual } from "../questions/manual-view.ts";
import type { QuestionView, QuestionViews } from "../questions/question-view.ts";
import { askRollback } from "../questions/rollback-view.ts";
import { askStale } from "../questions/stale-view.ts";
import { askStart } from "../questions/start-view.ts";
import { askUnknown } from "../questions/unknown-view.ts";
import type { RecordWriter } from "./record-writer.ts";
import type { RunningView } from "./running-view.ts";
import { setTitle } from "./tab-title.ts";
import type { TerminalUi } from "./terminal-ui.ts";

const views: QuestionViews = {
  checklist: askChecklist,
  manual: askManual,
  approval: askApproval,
  start: askStart,
  watch: askWatch,
  failed: askFailed,
  unknown: askUnknown,
  inconclusive: askInconclusive,
  closed: askClosed,
  blind: askBlind,
  tripped: askTripped,
  rollback: askRollback,
  changed: askChanged,
  decision: askDecision,
  stale: askStale,
  elsewhere: askElsewhere,
};

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
          const view = views[question.kind] as QuestionView<Question["kind"]>;
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
