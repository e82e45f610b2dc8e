import type { PlanAction, PlanActionKind, PlanStep } from "../../dsl/plan/plan.ts";
import { checkItem } from "./check-view.ts";
import { gateRemark, hasOwnQuery } from "./gate-view.ts";
import { answerUse, nameOf } from "./output-remarks.ts";
import { createItem, type PageBlock, type PageItem } from "./page.ts";
import { type PageContext, textSpans } from "./page-context.ts";
import { code, joinSpans, type Spans } from "./span.ts";
import { longDuration, lowerFirst, proseSpans, wordList } from "./words.ts";

/** What an action's kind adds to the item of its step. */
interface ActionView extends Partial<Pick<PageItem, "title" | "colon" | "after" | "code" | "body" | "remarks">> {
  /** Its command is shown elsewhere. */
  readonly withoutCode?: boolean;
}

type Views = {
  readonly [K in PlanActionKind]: (
    context: PageContext,
    step: PlanStep,
    action: Extract<PlanAction, { readonly kind: K }>,
  ) => ActionView;
};

const nothing = (): ActionView => ({});

/** One function a kind of action; a kind that is forgotten does not compile. */
const views = {
  shell: nothing,
  kubernetes: nothing,
  http: nothing,
  custom: (_context, _step, { inProcess }) => (inProcess ? { after: ["(lockstep does it itself)"] } : {}),
  code: (_context, _step, { source }) => ({
    after: ["(lockstep runs this function)"],
    code: { language: "ts", text: source },
  }),
  wait: nothing,
  watch: (_context, _step, { until }) => ({ after: ["until ", ...proseSpans(until), ", then Ctrl-C"] }),
  gate: (context, _step, action) => ({ remarks: [gateRemark(context, action)], withoutCode: !hasOwnQuery(action) }),
  approval: (context, { title }, { by, quorum, validForSeconds, secondPerson }) => ({
    title: [quorum > 1 ? `Approval by ${quorum} of ${by.join(", ")}` : `Approval by ${wordList(by, "or")}`],
    colon: true,
    after: lowerSpans(textSpans(context, title)),
    remarks: [
      ...(secondPerson ? [{ spans: ["By somebody who does not run this"], sentence: true as const }] : []),
      ...(validForSeconds === undefined
        ? []
        : [
            {
              spans: [`Holds for ${longDuration(validForSeconds)}, then it is asked for again`],
              sentence: true as const,
            },
          ]),
    ],
  }),
  manual: (context, step, { instructions, by }) => ({
    ...(by === undefined ? {} : { after: ["(by a second person)"] }),
    body: [
      ...(instructions === undefined ? [] : [createItem("entry", { after: textSpans(context, instructions) })]),
      ...askItems(context, step),
    ],
  }),
  checklist: (context, step, { items }) => ({
    body: items.map((_item, index) => checklistItem(context, step, items, index)),
  }),
} as const satisfies Views;

export function viewAction(context: PageContext, step: PlanStep): ActionView {
  const view = views[step.action.kind] as (context: PageContext, step: PlanStep, action: PlanAction) => ActionView;
  return view(context, step, step.action);
}

function checklistItem(
  context: PageContext,
  step: PlanStep,
  items: Extract<PlanAction, { kind: "checklist" }>["items"],
  index: number,
): PageBlock {
  const item = items[index];
  const box = context.filling?.checklistItem(step.id, index + 1) ? "ticked" : "open";
  if (item === undefined) return createItem("entry", { box });
  const words = [...textSpans(context, item.text), ...(item.by === undefined ? [] : [" (by a second person)"])];
  return item.check ? checkItem(context, words, item.check, box) : createItem("entry", { box, after: words });
}

/** What the person is asked for: a line to fill in, or what was answered. */
function askItems(context: PageContext, step: PlanStep): readonly PageItem[] {
  return step.outputs.map((output): PageItem => {
    const answer = context.filling?.answer(step.id, output.name);
    const choices = output.capture.kind === "answer" ? (output.capture.choices ?? []) : [];
    const among: Spans =
      choices.length === 0
        ? []
        : joinSpans(
            choices.map((choice) => [code(choice)]),
            ", ",
            " or ",
          );
    const open = joinSpans(
      [among, answerUse(context, step, output)].filter(({ length }) => length > 0),
      "; ",
    );
    return createItem("entry", { title: nameOf(output), colon: true, after: answer === undefined ? open : [answer] });
  });
}

function lowerSpans([first = "", ...rest]: Spans): Spans {
  return typeof first === "string" ? [lowerFirst(first), ...rest] : [first, ...rest];
}
