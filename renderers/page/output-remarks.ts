import type { PlanOutput, PlanStep, PlanUndo } from "../../dsl/plan/plan.ts";
import { type OutputUse, shownOutputs } from "./output-uses.ts";
import type { Remark } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { code, joinSpans, type Spans } from "./span.ts";
import { proseSpans, wordList } from "./words.ts";

type UndoActions = Extract<PlanUndo, { readonly kind: "actions" }>;

/** "Gives the name that 2.4 shows as `rlhf-audit-trail-green-pod`": who follows the page by hand must carry it there. */
export function outputRemarks({ index }: PageContext, step: PlanStep): readonly Remark[] {
  return step.outputs
    .filter(({ capture }) => capture.kind !== "answer")
    .map((output): Remark => {
      const use = index.uses.get(`${step.id}.${output.name}`);
      const where: Spans = use === undefined ? [] : [` that ${showWords(use)} as `, code(use.placeholder)];
      return { spans: ["Gives ", ...nameOf(output), ...where] };
    });
}

/** "2b.2 shows it as `2`": beside what a person is asked for. */
export function answerUse({ index }: PageContext, step: PlanStep, { name }: PlanOutput): Spans {
  const use = index.uses.get(`${step.id}.${name}`);
  return use === undefined ? [] : [`${showWords(use)} it as `, code(use.placeholder)];
}

/** "Replace `web:v1.2.2` by the image of 1.1": a way back stands far from the step that gave the value. */
export function replaceRemark(
  { index, scope, filling }: PageContext,
  undos: readonly UndoActions[],
): readonly Remark[] {
  const open = undos.flatMap(({ actions }) => actions).filter(({ id }) => filling?.undoCommand(id) === undefined);
  const outputs = shownOutputs(open, scope);
  if (outputs.length === 0) return [];
  const replaced = outputs.map(({ step, output, placeholder }): Spans => {
    const giver = index.byId.get(step)?.step;
    const found = giver?.outputs.find(({ name }) => name === output);
    const what = found === undefined || found.capture.kind === "answer" ? ["the answer"] : nameOf(found);
    return [code(placeholder), " by ", ...what, ` of ${giver?.number ?? step}`];
  });
  return [{ spans: ["Replace ", ...joinSpans(replaced, ", ")], sentence: true }];
}

export function nameOf({ gives, name }: PlanOutput): Spans {
  return gives === undefined ? ["the ", code(name)] : proseSpans(gives);
}

function showWords({ places }: OutputUse): string {
  return `${wordList(places)} ${places.length > 1 ? "show" : "shows"}`;
}
