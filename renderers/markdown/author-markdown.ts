import MarkdownIt from "markdown-it";
import { cleanText } from "../safety/clean-text.ts";
import { indent } from "./indent.ts";

/**
 * Paragraphs that the author wrote in Markdown, so that what follows them is not drawn in: a fence or a comment that
 * was left open is closed, and a list at either end is kept apart from the steps.
 */
export function proseMarkdown(source: string, inList = false): string {
  const text = cleanText(source).replace(/^\n+|\s+$/g, "");
  const begun = beginsInList.test(text) ? `${separator}\n\n${text}` : text;
  const page = inList ? itemPage : openPage;
  const end = endOf(openBlock(page, begun));
  const whole = end === undefined ? begun : `${begun}\n${end}`;
  return endsInList(page, whole) ? `${whole}\n\n${separator}` : whole;
}

const separator = "<!-- -->";
const beginsInList = /^\s|^([-*+]|\d+[.)])(\s|$)/;

type Block = ReturnType<MarkdownIt["parse"]>[number];

/** Where the text stands on its page: what indents it, and how deep its blocks are nested. */
interface Place {
  readonly level: number;
  readonly write: (text: string) => string;
}
const openPage: Place = { level: 0, write: (text) => text };
const itemPage: Place = { level: 2, write: (text) => `- item\n\n${indent(text)}` };

const parser = new MarkdownIt("commonmark", { html: true });

function blocksOf({ level, write }: Place, text: string): readonly Block[] {
  return parser.parse(write(text), {}).filter((block) => block.level === level);
}

/** What takes in whatever follows. A block inside a list or a quote is none: it ends where the list or the quote does. */
function openBlock(place: Place, text: string): Block | undefined {
  const last = blocksOf(place, `${text}\n\n${probe}`).at(-1);
  return last?.type === "heading_close" ? undefined : last;
}

const probe = "# probe";

function endOf(open: Block | undefined): string | undefined {
  if (open === undefined) return undefined;
  if (open.type === "fence") return open.markup;
  return htmlEnds.find(({ begins }) => begins.test(open.content))?.end;
}

/** The blocks of HTML that CommonMark ends by a mark of theirs; all others end at an empty line. */
const htmlEnds = [
  { begins: /^\s*<!--/, end: "-->" },
  { begins: /^\s*<\?/, end: "?>" },
  { begins: /^\s*<!\[CDATA\[/, end: "]]>" },
  { begins: /^\s*<![a-z]/i, end: ">" },
  { begins: /^\s*<script/i, end: "</script>" },
  { begins: /^\s*<pre/i, end: "</pre>" },
  { begins: /^\s*<style/i, end: "</style>" },
  { begins: /^\s*<textarea/i, end: "</textarea>" },
];

function endsInList(place: Place, text: string): boolean {
  return /^(bullet|ordered)_list_close$/.test(blocksOf(place, text).at(-1)?.type ?? "");
}
