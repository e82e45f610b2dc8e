import MarkdownIt from "markdown-it";

type Token = ReturnType<MarkdownIt["parse"]>[number];

const parser = new MarkdownIt({ html: true });

/** A page as a reader meets it: what stands in its code blocks, and its lines of text, in order. */
export interface RenderedPage {
  readonly codeLines: readonly string[];
  /** Without any markup; the items of a checklist begin with `[ ] `. */
  readonly lines: readonly string[];
}

export function readPage(markdown: string): RenderedPage {
  const tokens = parser.parse(markdown, {});
  const fences = tokens.filter(({ type }) => type === "fence");
  const inline = tokens.filter(({ type }) => type === "inline");
  return {
    codeLines: fences.flatMap(({ content }) => content.split("\n")),
    lines: inline.map(({ children }) => (children ?? []).map(textOf).join("")),
  };
}

function textOf({ type, content }: Token): string {
  if (type === "softbreak" || type === "hardbreak") return "\n";
  return type === "html_inline" ? "" : content;
}
