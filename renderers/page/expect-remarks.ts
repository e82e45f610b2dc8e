import type { PlanExpect } from "../../dsl/plan/plan.ts";
import type { Remark } from "./page.ts";
import { type PageContext, textSpans } from "./page-context.ts";
import { code, joinSpans, plainText, type Spans } from "./span.ts";
import { longDuration } from "./words.ts";

/** "Expect within 10 minutes: x", "Expect: x", "At most 10 minutes." */
export function expectRemarks(
  context: PageContext,
  expect: readonly PlanExpect[],
  timeoutSeconds?: number,
): readonly Remark[] {
  const limit = timeoutSeconds === undefined ? undefined : longDuration(timeoutSeconds);
  if (expect.length === 0) return limit === undefined ? [] : [{ spans: [`At most ${limit}`], sentence: true }];
  const what = joinSpans(
    expect.map((item) => expected(context, item)),
    ", ",
    " and ",
  );
  return [{ spans: [limit === undefined ? "Expect: " : `Expect within ${limit}: `, ...what] }];
}

/** All of it as code, since it is what the output must contain, character for character. */
function expected(context: PageContext, item: PlanExpect): Spans {
  if (item.kind === "contains") return [code(plainText(textSpans(context, item.text)))];
  return ["a match of ", code(`/${item.pattern}/${item.flags}`)];
}
