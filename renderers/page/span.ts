/**
 * A piece of a line of the page, before anybody escapes it: a string is plain text, whatever characters it holds.
 * The Markdown page, the terminal and the report write the same spans, each in its own way.
 */
export type Span =
  | string
  | { readonly span: "code"; readonly text: string }
  | { readonly span: "strong"; readonly body: Spans }
  | { readonly span: "emphasis"; readonly body: Spans }
  /** `to` is `#anchor`, a path or a URL. */
  | { readonly span: "link"; readonly to: string; readonly body: Spans };

export type Spans = readonly Span[];

/** Something typed or printed, character for character. */
export function code(text: string): Span {
  return { span: "code", text };
}

export function strong(...body: Spans): Span {
  return { span: "strong", body };
}

export function emphasis(...body: Spans): Span {
  return { span: "emphasis", body };
}

/** A link, or the words alone when nobody knows where it leads. */
export function link(to: string | undefined, ...body: Spans): Span {
  return to === undefined ? { span: "emphasis", body } : { span: "link", to, body };
}

/** The words of spans without their form. */
export function plainText(spans: Spans): string {
  return spans
    .map((span) => (typeof span === "string" ? span : span.span === "code" ? span.text : plainText(span.body)))
    .join("");
}

/** `items` with `separator` between them, and `last` before the last one. */
export function joinSpans(items: readonly Spans[], separator: string, last: string = separator): Spans {
  return items.flatMap((item, index) => {
    if (index === 0) return item;
    return [index === items.length - 1 ? last : separator, ...item];
  });
}
