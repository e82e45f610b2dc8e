import type { Span, Spans } from "../page/span.ts";
import { cleanLine } from "../safety/clean-text.ts";
import { codeSpan } from "./code-span.ts";
import { linkTarget } from "./link-target.ts";

/** Where a line stands; in a table a bar would end the cell. */
interface InlineOptions {
  readonly inTable?: boolean;
}

/** Spans as one line of Markdown in which nothing but their own form means anything. */
export function inlineMarkdown(spans: Spans, options: InlineOptions = {}): string {
  return spans.map((span) => spanMarkdown(span, options)).join("");
}

/** The same for a line that begins a paragraph, where `#`, `-` or `1.` would mean something, too. */
export function paragraphMarkdown(spans: Spans): string {
  return inlineMarkdown(spans)
    .replace(/^([#>+=|:-])/, "\\$1")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

function spanMarkdown(span: Span, options: InlineOptions): string {
  if (typeof span === "string") return options.inTable ? escapeText(span).replaceAll("|", "\\|") : escapeText(span);
  if (span.span === "code") return codeSpan(span.text, options);
  const body = inlineMarkdown(span.body, options);
  if (body.trim() === "") return "";
  if (span.span === "link") {
    const target = linkTarget(span.to);
    return target === undefined ? body : `[${body}](${target})`;
  }
  return surround(body, span.span === "strong" ? "**" : "*");
}

/** A mark is one only where no blank stands inside it. */
function surround(body: string, mark: string): string {
  const trimmed = body.trim();
  return `${body.startsWith(" ") ? " " : ""}${mark}${trimmed}${mark}${body.endsWith(" ") ? " " : ""}`;
}

/**
 * Escapes every character that means something in CommonMark, in GitHub's dialect or in Python-Markdown, and no
 * other, so that the source reads as plain text, too.
 */
export function escapeText(text: string): string {
  return cleanLine(text)
    .replace(/&(?=#?[\p{L}\p{N}]+;)/gu, "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*[\]~$]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
}
