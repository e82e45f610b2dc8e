import type { PlanCheck, PlanChecklistItem } from "../../dsl/plan/plan.ts";
import { ask } from "../engine/ask.ts";
import type { Engine } from "../engine/engine.ts";
import { answersTo } from "../engine/question-name.ts";
import { runCheck } from "../engine/run-check.ts";
import type { Actor } from "../events/run-event.ts";
import type { QuestionItem, Unasked } from "../questions/question.ts";
import type { Attempt, AttemptResult } from "./executor.ts";
import { personText } from "./person-text.ts";

type ChecklistQuestion = Extract<Unasked, { readonly kind: "checklist" }>;

/** Looks at what a machine can tick, and asks people for the rest until every item holds. */
export async function executeChecklist(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { step, key } = attempt;
  if (step.action.kind !== "checklist") throw new TypeError("not a checklist");
  const { items } = step.action;
  for (const [index, { check, text }] of items.entries())
    if (check && engine.state.checkedItems.get(key)?.get(index + 1) !== true)
      await lookAt(engine, attempt, index + 1, engine.text(text), check);
  for (;;) {
    const question = checklistQuestion(engine, attempt, items);
    if (question.items.every(({ ticked }) => ticked))
      return { kind: "done", exitCode: 0, remark: remarkOf(engine, question) };
    const { answer, by } = await ask(engine, step, question, attempt.signal);
    if (answer.say === "refuse")
      return {
        kind: "failed",
        remark: `refused by ${personText(engine, by)}: ${answer.reason}`,
        overrulable: false,
        declined: true,
      };
  }
}

async function lookAt(engine: Engine, attempt: Attempt, item: number, text: string, check: PlanCheck): Promise<void> {
  const { ok, remark } = await runCheck(engine, check, attempt);
  await engine.recorder.record({
    type: "item-checked",
    step: attempt.key,
    item,
    text,
    ok,
    ...(remark === undefined ? {} : { remark }),
  });
}

/** The items with what is known of them, from the journal. */
function checklistQuestion(
  engine: Engine,
  { step, key }: Attempt,
  items: readonly PlanChecklistItem[],
): ChecklistQuestion {
  const checked = engine.state.checkedItems.get(key);
  const open = items.map(({ text, by }, index): QuestionItem => {
    const item = index + 1;
    const ok = checked?.get(item);
    return {
      item,
      text: engine.text(text),
      ticked: ok === true,
      ...(ok === undefined ? {} : { checked: { ok } }),
      ...(by === undefined ? {} : { by }),
    };
  });
  const { procedure } = engine;
  const title = engine.text(step.title);
  const question = { kind: "checklist", step: key, number: step.number, title, procedure } as const;
  const ticked = tickedItems(engine, { ...question, items: open });
  return { ...question, items: open.map((item) => withTick(item, ticked.get(item.item)?.user)) };
}

function withTick(item: QuestionItem, tickedBy: string | undefined): QuestionItem {
  return tickedBy === undefined ? item : { ...item, ticked: true, tickedBy };
}

/** What people ticked or overruled of this very list; the last answer to an item counts. */
function tickedItems(engine: Engine, question: ChecklistQuestion): ReadonlyMap<number, Actor> {
  const ticked = new Map<number, Actor>();
  for (const { answer, by } of answersTo(engine, question))
    if (answer.say === "tick" || answer.say === "overrule") for (const item of answer.items ?? []) ticked.set(item, by);
  return ticked;
}

/** "8 of 8 ticked by bo from bastion1". */
function remarkOf(engine: Engine, question: ChecklistQuestion): string {
  const { items } = question;
  const ticked = tickedItems(engine, question);
  const people = [...new Set([...ticked.values()].map((by) => personText(engine, by)))];
  const checked = items.length - ticked.size;
  const parts = [
    ...(ticked.size > 0 ? [`${ticked.size} of ${items.length} ticked by ${people.join(", ")}`] : []),
    ...(checked > 0 ? [`${checked} of ${items.length} checked`] : []),
  ];
  return parts.join(", ");
}
