import type { PlanBlock, PlanProse } from "../../dsl/plan/plan.ts";
import { chooseView, whenView } from "./branch-view.ts";
import { viewGroup } from "./group-view.ts";
import { viewGuard } from "./guard-view.ts";
import { includeView, parallelView, repeatView } from "./nesting-view.ts";
import { createItem, type PageAlert, type PageBlock } from "./page.ts";
import type { PageContext, Place } from "./page-context.ts";
import { viewSection } from "./section-view.ts";
import { viewStep } from "./step-view.ts";
import { viewWithin } from "./within-view.ts";
import { proseSpans } from "./words.ts";

type View<K extends PlanBlock["block"]> = (
  context: PageContext,
  place: Place,
  block: Extract<PlanBlock, { readonly block: K }>,
) => readonly PageBlock[];

const alert =
  (level: PageAlert["level"]) =>
  (_context: PageContext, { inList }: Place, { text }: { readonly text: string }): readonly PageBlock[] => [
    { block: "alert", level, paragraphs: [{ spans: proseSpans(text), list: [] }], nested: inList },
  ];

/** One function a kind of block; a kind that is forgotten does not compile. */
const views = {
  section: viewSection,
  step: viewStep,
  group: viewGroup,
  when: whenView,
  choose: chooseView,
  repeat: repeatView,
  include: includeView,
  parallel: parallelView,
  within: viewWithin,
  guard: viewGuard,
  note: alert("note"),
  caution: alert("caution"),
  prose: (_context, _place, { markdown }) => [{ block: "markdown", source: markdown }],
  table: (_context, _place, { columns, rows }) => [
    { block: "table", columns: columns.map(proseSpans), rows: rows.map((row) => row.map(proseSpans)) },
  ],
  quoted: viewQuoted,
} as const satisfies { readonly [K in PlanBlock["block"]]: View<K> };

/** What the page shows for blocks of the plan, in order. */
export function viewBlocks(context: PageContext, place: Place, blocks: readonly PlanBlock[]): readonly PageBlock[] {
  return joinAlerts(
    blocks.flatMap((block) => (views[block.block] as View<PlanBlock["block"]>)(context, place, block as never)),
  );
}

/** Two alerts of one kind in a row are one: GitHub asks not to put several after one another. */
function joinAlerts(blocks: readonly PageBlock[]): readonly PageBlock[] {
  const joined: PageBlock[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.block === "alert" && last?.block === "alert" && last.level === block.level)
      joined[joined.length - 1] = { ...last, paragraphs: [...last.paragraphs, ...block.paragraphs] };
    else joined.push(block);
  }
  return joined;
}

/** With a document to compare with, an original line stands among the differences, where nobody copies it by mistake. */
function viewQuoted(
  { plan }: PageContext,
  _place: Place,
  block: Extract<PlanProse, { block: "quoted" }>,
): readonly PageBlock[] {
  return plan.follows === undefined ? [quotedItem(block)] : [];
}

function quotedItem({ text, reason }: { readonly text: string; readonly reason: string }): PageBlock {
  return createItem("quoted", {
    title: ["Not to be run:"],
    after: proseSpans(reason),
    code: { language: "text", text },
  });
}
