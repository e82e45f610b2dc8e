import { itemLine } from "../page/item-line.ts";
import type { PageAlert, PageBlock, PageItem, PageSection, PageTable } from "../page/page.ts";
import { visibleCode } from "../safety/clean-text.ts";
import { proseMarkdown } from "./author-markdown.ts";
import { fencedBlock } from "./fence.ts";
import { htmlAttribute } from "./html-attribute.ts";
import { indent } from "./indent.ts";
import { escapeText, inlineMarkdown, paragraphMarkdown } from "./inline-text.ts";
import type { WritePartial } from "./partial-set.ts";

type View<B extends PageBlock["block"]> = (
  write: WritePartial,
  block: Extract<PageBlock, { readonly block: B }>,
  inList: boolean,
) => string;

const alertPartials = { warning: "guard", caution: "caution", note: "note" } as const;
const alertWords = { warning: "Warning", caution: "Caution", note: "Note" } as const;

/** One function a kind of block; a kind that is forgotten does not compile. */
const views = {
  section: (write, block) => write("section", sectionView(write, block)),
  heading: (write, { level, title }) => write("heading", { marks: "#".repeat(level), title: escapeText(title) }),
  item: (write, item) => write(item.kind === "section" ? "section-item" : item.kind, itemView(write, item)),
  alert: (write, alert) => write(alertPartials[alert.level], alert.nested ? nestedAlertView(alert) : alertView(alert)),
  text: (write, { spans }, inList) => {
    const text = paragraphMarkdown(spans);
    return write("text", { text: inList ? `- ${text}` : text });
  },
  markdown: (write, { source }, inList) => write("prose", { markdown: proseMarkdown(source, inList) }),
  table: (write, block) => write("table", tableView(block)),
} as const satisfies { readonly [B in PageBlock["block"]]: View<B> };

/** Blocks of a page as Markdown. Neighbouring items are one tight list; all else stands apart. */
export function blocksMarkdown(write: WritePartial, blocks: readonly PageBlock[], inList = false): string {
  const parts: string[] = [];
  blocks.forEach((block, index) => {
    const written = (views[block.block] as View<PageBlock["block"]>)(write, block as never, inList);
    const before = blocks[index - 1];
    if (before) parts.push(isItem(before, inList) && isItem(block, inList) ? "\n" : "\n\n");
    parts.push(written);
  });
  return parts.join("");
}

/** In a list, a caution and a sentence are items as well: anything else would tear the list apart. */
function isItem({ block }: PageBlock, inList: boolean): boolean {
  return block === "item" || (inList && (block === "alert" || block === "text"));
}

/** What is no item would be drawn into the line of the item that holds it. */
function standsApart([first]: readonly PageBlock[]): boolean {
  return first !== undefined && !isItem(first, true);
}

function sectionView(write: WritePartial, { anchor, level, title, body }: PageSection): object {
  return {
    marks: "#".repeat(Math.min(level, 6)),
    id: anchor,
    anchor: anchorHtml(anchor),
    title: inlineMarkdown(title),
    body: blocksMarkdown(write, body),
  };
}

/** All that a partial for an item may want, from the whole line to its pieces. */
function itemView(write: WritePartial, item: PageItem): object {
  const { kind, anchors, box, number, title, after = [], code, body } = item;
  const hidden = code === undefined ? [] : visibleCode(code.text).hidden;
  const warning =
    hidden.length === 0
      ? ""
      : ` **Holds characters that cannot be seen, shown as ${hidden.map((name) => `\`<${name}>\``).join(", ")}; do not paste it.**`;
  return {
    kind,
    anchors: anchors.map(anchorHtml).join(""),
    box: box === undefined ? "" : box === "ticked" ? "x" : " ",
    number: escapeText(number),
    title: inlineMarkdown(title),
    after: inlineMarkdown(after),
    line: lineMarkdown(item) + warning,
    code: code === undefined ? "" : indent(fencedBlock(code)),
    body: body.length === 0 ? "" : `${standsApart(body) ? "\n" : ""}${indent(blocksMarkdown(write, body, true))}`,
  } satisfies Record<string, string>;
}

/** What follows a box or an anchor is no longer at the start of its line; without them it is. */
function lineMarkdown(item: PageItem): string {
  const spans = itemLine(item);
  return item.box === undefined && item.anchors.length === 0 ? paragraphMarkdown(spans) : inlineMarkdown(spans);
}

function anchorHtml(id: string): string {
  return `<a id="${htmlAttribute(id)}"></a>`;
}

/** An alert holds its lines with `>`; a list in it needs an empty line before it (Python-Markdown). */
function alertView({ level, paragraphs }: PageAlert): object {
  const lines = paragraphs.flatMap(({ spans, list }, index) => [
    ...(index === 0 ? [] : [">"]),
    `> ${paragraphMarkdown(spans)}`,
    ...(list.length === 0 ? [] : [">", ...list.map((entry) => `> - ${paragraphMarkdown(entry)}`)]),
  ]);
  return { nested: false, level: level.toUpperCase(), text: lines.join("\n") };
}

function nestedAlertView({ level, paragraphs }: PageAlert): object {
  const texts = paragraphs.map(({ spans, list }) => [spans, ...list].map((line) => inlineMarkdown(line)).join(" "));
  return { nested: true, word: alertWords[level], text: texts.join("\n    >\n    > ") };
}

function tableView({ columns, rows }: PageTable): object {
  const cells = (row: PageTable["columns"]): string =>
    row.map((spans) => inlineMarkdown(spans, { inTable: true })).join(" | ");
  const width = columns.length;
  const padded = rows.map((row) => Array.from({ length: width }, (_cell, index) => row[index] ?? []));
  return { columns: cells(columns), rule: columns.map(() => ":--").join(" | "), rows: padded.map(cells) };
}
