import type { PlanGroup, PlanStep } from "../../dsl/plan/plan.ts";
import { createItem, type PageBlock } from "./page.ts";
import { type PageContext, type Place, textSpans } from "./page-context.ts";
import { remarksOf } from "./step-remarks.ts";
import { finality, viewStep } from "./step-view.ts";

/**
 * Several commands under one title and one range, in one block. A step that has more to say than its command (what
 * to expect, a variable, a question) needs a look of its own: then the title only stands over them.
 */
export function viewGroup(context: PageContext, place: Place, group: PlanGroup): readonly PageBlock[] {
  const { steps, range, title } = group;
  const inside: Place = { ...place, inList: true };
  if (!shareBlock(context, place, group))
    return [
      createItem("group", {
        number: range,
        title: textSpans(context, title),
        colon: true,
        body: steps.flatMap((step) => viewStep(context, inside, step)),
      }),
    ];
  const filled = steps.map(({ id }) => context.filling?.step(id));
  const [first] = steps;
  return [
    ...steps.flatMap((step) => finality(place, step)),
    createItem("group", {
      anchors: steps.map(({ id }) => id),
      box: filled.every((entry) => entry?.ticked) ? "ticked" : "open",
      number: range,
      title: textSpans(context, title),
      remarks: first === undefined ? [] : remarksOf(context, place, first),
      code: { language: "bash", text: steps.map(({ command }) => command?.text ?? "").join("\n") },
      body: filled.flatMap((entry) => entry?.body ?? []),
    }),
  ];
}

/** What is said beside the title must be true of every command in the block. */
function shareBlock(context: PageContext, place: Place, { steps }: PlanGroup): boolean {
  if (!steps.every(isPlain)) return false;
  const said = steps.map((step) =>
    JSON.stringify(remarksOf(context, place, step).filter(({ spans }) => spans[0] !== "Undo: ")),
  );
  return said.every((remarks) => remarks === said[0]);
}

function isPlain({ execution, command, expect, outputs, probe, onFailure, background, corrects }: PlanStep): boolean {
  const looks = expect.length + outputs.length + corrects.length > 0;
  const besides = probe !== undefined || onFailure?.kind === "blocks" || background !== undefined;
  return command !== undefined && execution === "text" && !looks && !besides;
}
