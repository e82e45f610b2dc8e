import picocolors from "picocolors";
import type { Plan } from "../../dsl/plan/plan.ts";
import { createText, type PageBlock } from "../page/page.ts";
import { buildPage } from "../page/page-builder.ts";
import { code, type Spans } from "../page/span.ts";
import { blocksTerminal } from "./block-terminal.ts";
import { inlineTerminal } from "./inline-terminal.ts";
import { wrap } from "./terminal-frame.ts";

/** How wide and how colourful the terminal is. */
export interface ShowOptions {
  /** Columns of the terminal; 80 unless given. Words are wrapped, commands never. */
  readonly width?: number;
  readonly color?: boolean;
  readonly titleOf?: (runbook: string) => string | undefined;
}

/** The page of a plan for a terminal: what `renderMarkdown` says, without links and HTML. */
export function renderShow(plan: Plan, { width = 80, color = false, titleOf }: ShowOptions = {}): string {
  const frame = { width, colors: picocolors.createColors(color) };
  const page = buildPage(plan, { titleOf });
  const text = (spans: Spans | undefined): readonly PageBlock[] =>
    spans === undefined || spans.length === 0 ? [] : [createText(...spans)];
  const source: Spans = page.source === undefined ? [] : [`${page.source}, `];
  const blocks: readonly PageBlock[] = [
    ...text(page.summary),
    ...page.parameters,
    ...text(page.howToRun),
    ...page.before,
    ...page.body,
    ...text(page.next),
    ...page.rollback,
    ...page.measurements,
    ...page.differences,
    createText(...source, "digest ", code(page.digest)),
  ];
  const title = wrap(frame, frame.colors.bold(inlineTerminal(frame.colors, page.title)));
  return `${[...title, "", ...blocksTerminal(frame, blocks)].join("\n")}\n`;
}
