import type { PlanOutput, PlanStep } from "../../dsl/plan/plan.ts";
import type { Remark } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { code, type Spans } from "./span.ts";
import { proseSpans, wordList } from "./words.ts";

/** "Gives the name that 2.4 shows as `rlhf-audit-trail-green-pod`": who follows the page by hand must carry it there. */
export function outputRemarks({ index }: PageContext, step: PlanStep): readonly Remark[] {
  return step.outputs
    .filter(({ capture }) => capture.kind !== "answer")
    .map((output): Remark => {
      const use = index.uses.get(`${step.id}.${output.name}`);
      const where: Spans =
        use === undefined
          ? []
          : [` that ${wordList(use.numbers)} ${use.numbers.length > 1 ? "show" : "shows"} as `, code(use.placeholder)];
      return { spans: ["Gives ", ...nameOf(output), ...where] };
    });
}

export function nameOf({ gives, name }: PlanOutput): Spans {
  return gives === undefined ? ["the ", code(name)] : proseSpans(gives);
}
