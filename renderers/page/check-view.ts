import type { PlanCheck } from "../../dsl/plan/plan.ts";
import { expectRemarks } from "./expect-remarks.ts";
import { createItem, type PageItem } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import type { Spans } from "./span.ts";

/** "Done already if this shows: x": a read that spares the step. */
export function probeItem(context: PageContext, { command, expect }: PlanCheck): PageItem {
  const [first] = expectRemarks(context, expect);
  const shown = first?.spans.slice(1) ?? [];
  return createItem("entry", {
    after: shown.length === 0 ? ["Done already if this succeeds"] : ["Done already if this shows: ", ...shown],
    code: { language: "bash", text: command.text },
  });
}

/** A read beside a step, with what it must show. */
export function checkItem(context: PageContext, title: Spans, check: PlanCheck, box?: PageItem["box"]): PageItem {
  return createItem("entry", {
    title: [],
    after: title,
    ...(box === undefined ? {} : { box }),
    remarks: expectRemarks(context, check.expect),
    code: { language: "bash", text: check.command.text },
  });
}
