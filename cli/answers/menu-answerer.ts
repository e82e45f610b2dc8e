import type { Plan } from "../../dsl/plan/plan.ts";
import type { RunPlace } from "../../runners/events/run-event.ts";
import type { Signers } from "../../runners/identity/signers.ts";
import { type Answer, type Question, suspend } from "../../runners/questions/question.ts";
import type { RecordedRun } from "../history/run-reader.ts";
import type { QuestionView } from "../terminal/questions/question-view.ts";
import { questionViews } from "../terminal/questions/question-views.ts";
import { openUi } from "../terminal/session/open-ui.ts";
import { createRecordWriter } from "../terminal/session/record-writer.ts";

export interface MenuAnswererOptions {
  readonly run: RecordedRun;
  readonly plan: Plan;
  readonly root: string;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly signers: Signers | undefined;
}

/**
 * Asks by the menu that the run itself shows.
 *
 * @returns undefined if nothing was answered; `left` by Ctrl-C, or since the terminal is gone.
 */
export async function askByMenu(
  question: Question,
  { run, plan, root, roles, signers }: MenuAnswererOptions,
): Promise<Answer | "left" | undefined> {
  const { ui, signal, close } = await openUi({
    plan,
    root,
    roles,
    place: placeOf(run),
    stepping: false,
    recorded: run,
    purpose: "approve",
    confirm: false,
    ...(signers === undefined ? {} : { signers }),
  });
  try {
    const view = questionViews[question.kind] as QuestionView<Question["kind"]>;
    const answer = await view(ui, question as never, signal, createRecordWriter(ui));
    if (answer !== suspend && answer.say !== "stop") return answer;
    ui.screen.setLive([]);
    ui.screen.print(["Nothing was done."]);
    return signal.aborted ? "left" : undefined;
  } finally {
    close();
  }
}

/** Where the run goes on, as it was last decided. */
function placeOf({ events }: RecordedRun): RunPlace {
  const last = events.findLast(({ type }) => type === "created" || type === "place-changed");
  return (last?.type === "created" || last?.type === "place-changed" ? last.place : undefined) ?? {};
}
