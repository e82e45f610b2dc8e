import type picocolors from "picocolors";
import type { Span, Spans } from "../page/span.ts";
import { cleanLine, visibleCode } from "../safety/clean-text.ts";

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Spans as a line of a terminal; a link to a place on the page is only its words. */
export function inlineTerminal(colors: Colors, spans: Spans): string {
  return spans.map((span) => spanTerminal(colors, span)).join("");
}

function spanTerminal(colors: Colors, span: Span): string {
  if (typeof span === "string") return cleanLine(span);
  if (span.span === "code") return colors.cyan(visibleCode(span.text).text.replace(/\s*\n\s*/g, " "));
  const body = inlineTerminal(colors, span.body);
  if (span.span === "strong") return colors.bold(body);
  if (span.span !== "link") return body;
  return span.to.startsWith("#") ? body : `${colors.underline(body)} (${cleanLine(span.to)})`;
}
