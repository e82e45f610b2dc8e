import MarkdownIt from "markdown-it";

export type Token = ReturnType<MarkdownIt["parse"]>[number];

const parser = new MarkdownIt("commonmark", { html: true }).enable(["table", "strikethrough"]);

export function tokensOf(markdown: string): readonly Token[] {
  return parser.parse(markdown, {});
}

export function htmlOf(markdown: string): string {
  return parser.render(markdown);
}

/** What stands in the fenced blocks of one language, without the newline before the closing fence. */
export function blocksOf(markdown: string, language: string): readonly string[] {
  return tokensOf(markdown)
    .filter(({ type, info }) => type === "fence" && info === language)
    .map(({ content }) => content.replace(/\n$/, ""));
}

/** The words of the page as a reader sees them, without code blocks. */
export function wordsOf(markdown: string): string {
  return tokensOf(markdown)
    .flatMap(({ children }) => children ?? [])
    .map(({ type, content }) => (type === "text" || type === "code_inline" ? content : type === "softbreak" ? " " : ""))
    .join("");
}

/** Every place that a link can lead to: anchors, and the slugs of headings. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = [...htmlOf(markdown).matchAll(/ id="([^"]*)"/g)].map(([, id = ""]) => id);
  const tokens = tokensOf(markdown);
  const slugs = tokens.flatMap((token, index) => (token.type === "heading_open" ? [slug(tokens[index + 1])] : []));
  return new Set([...anchors, ...slugs]);
}

export function linksOf(markdown: string): readonly string[] {
  return [...htmlOf(markdown).matchAll(/<a href="([^"]*)"/g)].map(([, href = ""]) => href);
}

function slug(heading: Token | undefined): string {
  const words = (heading?.children ?? []).map(({ type, content }) => (type === "html_inline" ? "" : content)).join("");
  return words
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");
}
