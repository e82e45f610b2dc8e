import { cleanText } from "../safety/clean-text.ts";

/**
 * Paragraphs that the author wrote in Markdown, so that what follows them is not drawn in: a fence or a comment that
 * was left open is closed, and a list at either end is kept apart from the steps.
 */
export function proseMarkdown(source: string): string {
  const text = closeComment(closeFence(cleanText(source).replace(/^\n+|\s+$/g, "")));
  const isList = (line: string | undefined): boolean =>
    line !== undefined && /^\s*([-*+]|\d+[.)])\s|^ {2,}\S/.test(line);
  const lines = text.split("\n");
  return [...(isList(lines[0]) ? [separator] : []), text, ...(isList(lines.at(-1)) ? [separator] : [])].join("\n\n");
}

const separator = "<!-- -->";

function closeFence(text: string): string {
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const marks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (!marks?.[1]) continue;
    if (open === undefined) open = marks[1];
    else if (marks[1].startsWith(open) && marks[2]?.trim() === "") open = undefined;
  }
  return open === undefined ? text : `${text}\n${open}`;
}

function closeComment(text: string): string {
  return text.lastIndexOf("<!--") > text.lastIndexOf("-->") ? `${text} -->` : text;
}
