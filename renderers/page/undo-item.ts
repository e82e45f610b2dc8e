import type { PlanUndo } from "../../dsl/plan/plan.ts";
import { undoAnchor } from "./anchors.ts";
import { expectRemarks } from "./expect-remarks.ts";
import { replaceRemark } from "./output-remarks.ts";
import { createItem, type PageBlock, type PageItem, type Remark } from "./page.ts";
import { type PageContext, textSpans } from "./page-context.ts";
import type { PlacedStep } from "./plan-index.ts";
import { missingSettings, variableRemarks } from "./settings-remarks.ts";
import { code, joinSpans, plainText, type Spans } from "./span.ts";
import { hasOwnTitle } from "./undo-title.ts";

type UndoActions = Extract<PlanUndo, { readonly kind: "actions" }>;

/** The undo of a step, or of the steps of a group: in one block under their range if all of it is under one condition. */
export function undoItem(context: PageContext, placed: readonly PlacedStep[]): readonly PageBlock[] {
  const undone = placed.filter(({ step }) => step.undo.kind === "actions");
  const conditions = new Set(
    undone.map(({ step }) => JSON.stringify(conditionRemarks(context, step.undo as UndoActions, "", []))),
  );
  const [first] = undone;
  if (undone.length > 1 && undone.length === placed.length && conditions.size === 1 && first?.group)
    return [item(context, undone, first.group.range)];
  return [...undone].reverse().map((single) => item(context, [single], single.step.number));
}

function item(context: PageContext, placed: readonly PlacedStep[], numbers: string): PageItem {
  const newest = [...placed].reverse();
  const filled = newest.map(({ step }) => context.filling?.undo(step.id));
  const undo = newest[0]?.step.undo as UndoActions;
  const title = titleOf(context, placed);
  return createItem("undo", {
    anchors: newest.map(({ step }) => undoAnchor(step.id)),
    box: filled.some((entry) => entry?.ticked) ? "ticked" : "open",
    number: title === undefined ? `Undo ${numbers}` : `Undo ${numbers}:`,
    title: title ?? [],
    ...(title === undefined ? { after: ["(", ...stepTitle(context, placed), ")"] } : {}),
    remarks: [
      ...settingsRemark(context, undo),
      ...limitRemarks(context, placed),
      ...conditionRemarks(context, undo, numbers, placed),
      ...replaceRemark(
        context,
        newest.map(({ step }) => step.undo as UndoActions),
      ),
    ],
    code: {
      language: "bash",
      text: newest.map(({ step }) => undoCommands(context, step.undo as UndoActions)).join("\n"),
    },
    body: filled.flatMap((entry) => entry?.body ?? []),
  });
}

/** How long each action may take, where that is not what its step says of itself. */
function limitRemarks(context: PageContext, placed: readonly PlacedStep[]): readonly Remark[] {
  const limits = placed.map(({ step }) => {
    const limit = step.undo.kind === "actions" ? step.undo.actions[0]?.timeoutSeconds : undefined;
    return limit === step.timeoutSeconds ? undefined : limit;
  });
  const [limit, ...others] = [...new Set(limits)];
  return limit === undefined || others.length > 0 ? [] : expectRemarks(context, [], limit);
}

/** The lines of an undo: what it really ran, as far as it did. */
export function undoCommands({ filling }: PageContext, { actions }: UndoActions): string {
  return actions.map(({ id, command }) => filling?.undoCommand(id) ?? command.text).join("\n");
}

/** Undefined where nobody gave the undo a title: then the step's own stands beside it, in parentheses. */
function titleOf(context: PageContext, placed: readonly PlacedStep[]): Spans | undefined {
  const [first] = placed;
  if (first === undefined) return undefined;
  if (first.group?.undoTitle) return textSpans(context, first.group.undoTitle);
  const titles = placed
    .filter(({ step }) => hasOwnTitle(step))
    .map(({ step }) => textSpans(context, (step.undo as UndoActions).title));
  return titles.length === placed.length ? joinSpans(titles.reverse(), "; ") : undefined;
}

function stepTitle(context: PageContext, placed: readonly PlacedStep[]): Spans {
  const [first] = placed;
  if (first === undefined) return [];
  return textSpans(context, placed.length > 1 && first.group ? first.group.title : first.step.title);
}

function conditionRemarks(
  _context: PageContext,
  { ifCreated }: UndoActions,
  numbers: string,
  placed: readonly PlacedStep[],
): readonly Remark[] {
  const isConditional = placed.some(({ step, isAnswer }) => step.conditions.length > 0 || isAnswer);
  if (ifCreated?.pattern === " created$" && ifCreated.flags === "m")
    return [{ spans: [`Only what ${numbers} said was `, code("created")] }];
  if (ifCreated)
    return [{ spans: [`Only if ${numbers} showed a match of `, code(`/${ifCreated.pattern}/${ifCreated.flags}`)] }];
  return isConditional ? [{ spans: [`Only if ${numbers} was done`], sentence: true }] : [];
}

/** A rollback starts in the root of the repository, whatever was done before. */
function settingsRemark(context: PageContext, { actions }: UndoActions): readonly Remark[] {
  const settings = actions[0]?.settings;
  if (settings === undefined) return [];
  const { cwd, env } = missingSettings({ cwd: [], env: [] }, settings);
  const folder = cwd.map((path) => plainText(textSpans(context, path))).join("/");
  return [
    ...(folder === "" ? [] : [{ spans: ["In ", code(folder)], sentence: true as const }]),
    ...variableRemarks(context, env),
  ];
}
