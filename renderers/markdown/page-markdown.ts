import { renderMermaid } from "../graph/mermaid-graph.ts";
import type { Page } from "../page/page.ts";
import type { Spans } from "../page/span.ts";
import { blocksMarkdown } from "./block-markdown.ts";
import { codeSpan } from "./code-span.ts";
import { frontMatterYaml } from "./front-matter.ts";
import { htmlComment } from "./html-attribute.ts";
import { escapeText, inlineMarkdown, paragraphMarkdown } from "./inline-text.ts";
import { linkTarget } from "./link-target.ts";
import type { WritePartial } from "./partial-set.ts";

interface PageFrame {
  /** Who made it, for whoever would edit it. */
  readonly comment?: string;
  readonly frontMatter?: Readonly<Record<string, unknown>> | undefined;
}

/** A page, or a report, from its first line to its last. */
export function pageMarkdown(write: WritePartial, page: Page, { comment, frontMatter }: PageFrame): string {
  const blocks = (part: Page["body"]): string => blocksMarkdown(write, part);
  const line = (spans: Spans): string => (spans.length === 0 ? "" : write("text", { text: paragraphMarkdown(spans) }));
  const parts = [
    page.summary === undefined ? "" : line(page.summary),
    blocks(page.result),
    contentsMarkdown(write, page),
    page.graph === undefined ? "" : write("graph", { mermaid: renderMermaid(page.graph) }),
    blocks(page.parameters),
    page.howToRun === undefined ? "" : line(page.howToRun),
    blocks(page.before),
    blocks(page.body),
    line(page.next),
    blocks(page.rollback),
    blocks(page.measurements),
    blocks(page.differences),
    footerMarkdown(write, page),
  ].filter((part) => part !== "");
  const head = {
    frontMatter: frontMatter === undefined ? "" : frontMatterYaml(frontMatter),
    comment: comment === undefined ? "" : htmlComment(comment),
    title: inlineMarkdown(page.title),
  };
  return `${write("page", { ...head, parts })}\n`;
}

function contentsMarkdown(write: WritePartial, { contents }: Page): string {
  if (contents.length === 0) return "";
  return write("contents", {
    links: contents.map(({ to, text, important }) => ({ to: linkTarget(to), text: escapeText(text), important })),
  });
}

function footerMarkdown(write: WritePartial, { source, sourceHref, digest }: Page): string {
  const href = sourceHref === undefined ? undefined : linkTarget(sourceHref);
  return write("footer", {
    source: source === undefined ? "" : href === undefined ? codeSpan(source) : escapeText(source),
    href,
    digest,
  });
}
