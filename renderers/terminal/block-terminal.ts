import { itemLine } from "../page/item-line.ts";
import type { PageAlert, PageBlock, PageCode, PageItem } from "../page/page.ts";
import { cleanText, visibleCode } from "../safety/clean-text.ts";
import { inlineTerminal } from "./inline-terminal.ts";
import { tableLines } from "./table-terminal.ts";
import { narrow, type TerminalFrame, wrap } from "./terminal-frame.ts";

type View<B extends PageBlock["block"]> = (
  frame: TerminalFrame,
  block: Extract<PageBlock, { readonly block: B }>,
) => readonly string[];

/** One function a kind of block; a kind that is forgotten does not compile. */
const views = {
  section: (frame, { title, body }) => [
    ...wrap(frame, frame.colors.bold(`── ${inlineTerminal(frame.colors, title)}`)),
    "",
    ...blocksTerminal(frame, body),
  ],
  heading: (frame, { title, level }) =>
    wrap(frame, frame.colors.bold(level === 2 ? `── ${cleanText(title)}` : cleanText(title))),
  item: itemLines,
  alert: alertLines,
  text: (frame, { spans }) => wrap(frame, inlineTerminal(frame.colors, spans)),
  markdown: (frame, { source }) =>
    cleanText(source)
      .trim()
      .split("\n")
      .flatMap((line) => wrap(frame, line)),
  table: tableLines,
} as const satisfies { readonly [B in PageBlock["block"]]: View<B> };

/** Blocks of a page as lines of a terminal. */
export function blocksTerminal(frame: TerminalFrame, blocks: readonly PageBlock[]): readonly string[] {
  return blocks.flatMap((block, index) => {
    const lines = (views[block.block] as View<PageBlock["block"]>)(frame, block as never);
    const previous = blocks[index - 1];
    return previous === undefined || (isSmall(previous) && isSmall(block)) ? lines : ["", ...lines];
  });
}

function isSmall(block: PageBlock): boolean {
  return block.block === "item" && block.code === undefined && block.body.length === 0;
}

/** The box, the words beside it, and the command below, never wrapped: it would no longer be what is typed. */
function itemLines(frame: TerminalFrame, item: PageItem): readonly string[] {
  const mark = item.box === undefined ? "- " : item.box === "ticked" ? "[x] " : "[ ] ";
  const inner = narrow(frame, 4);
  const [first = "", ...rest] = wrap(narrow(frame, mark.length), inlineTerminal(frame.colors, itemLine(item)));
  return [
    mark + first,
    ...rest.map((line) => " ".repeat(mark.length) + line),
    ...(item.code === undefined ? [] : codeLines(frame, item.code).map((line) => `    ${line}`)),
    ...blocksTerminal(inner, item.body).map((line) => (line === "" ? "" : `    ${line}`)),
  ];
}

function codeLines({ colors }: TerminalFrame, { text }: PageCode): readonly string[] {
  return visibleCode(text)
    .text.split("\n")
    .map((line) => (line === "" ? "" : colors.cyan(line)));
}

function alertLines(frame: TerminalFrame, { level, paragraphs }: PageAlert): readonly string[] {
  const { colors } = frame;
  const color = level === "note" ? colors.blue : level === "caution" ? colors.red : colors.yellow;
  const inner = narrow(frame, 2);
  const lines = paragraphs.flatMap(({ spans, list }) => [
    ...wrap(inner, inlineTerminal(colors, spans)),
    ...list.flatMap((entry) => wrap(inner, `- ${inlineTerminal(colors, entry)}`)),
  ]);
  return [color(`┃ ${colors.bold(level.toUpperCase())}`), ...lines.map((line) => `${color("┃")} ${line}`)];
}
