import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { PlanActionKind, PlanBlock } from "../../dsl/index.ts";
import { childrenOf } from "../../dsl/plan/walk-plan.ts";
import { renderMarkdown, renderReport, renderShow } from "../../renderers/index.ts";
import { wordsOf } from "./markdown/read-markdown.ts";
import { allSteps, everyPlan } from "./sample-plans.ts";

/** Complete by their types: a kind that is new must be named here, and then the sample must hold it. */
const actionKinds = {
  shell: true,
  kubernetes: true,
  http: true,
  code: true,
  custom: true,
  checklist: true,
  manual: true,
  approval: true,
  wait: true,
  watch: true,
  gate: true,
} as const satisfies Record<PlanActionKind, true>;
const blockKinds = {
  section: true,
  step: true,
  group: true,
  when: true,
  choose: true,
  repeat: true,
  include: true,
  parallel: true,
  within: true,
  guard: true,
  note: true,
  caution: true,
  prose: true,
  table: true,
  quoted: true,
} as const satisfies Record<PlanBlock["block"], true>;

const kinds = suite("every kind");
const page = wordsOf(await renderMarkdown(everyPlan));
const shown = renderShow(everyPlan, { width: 10_000 });
const report = wordsOf(await renderReport(everyPlan, []));

for (const kind of Object.keys(actionKinds)) {
  kinds(`of action: ${kind} stands on the page, in the terminal and in the report`, () => {
    const step = allSteps(everyPlan).find(
      ({ action, number }) => action.kind === kind && !["1.2", "1.3"].includes(number),
    );
    if (step === undefined) return assert.unreachable(`the sample has no ${kind}`);
    for (const text of [page, shown, report]) assert.ok(text.includes(`${step.number} `), `${step.number} in ${text}`);
  });
}

kinds("of block is in the sample, so that the other tests see it", () => {
  const found = new Set<string>();
  const visit = (block: PlanBlock): void => {
    found.add(block.block);
    childrenOf(block).forEach(visit);
  };
  everyPlan.body.forEach(visit);
  assert.equal([...found].sort(), Object.keys(blockKinds).sort());
});

kinds.run();
