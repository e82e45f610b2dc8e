import type { PageItem, Remark } from "./page.ts";
import { plainText, type Spans, strong } from "./span.ts";

/** The line of an item: number and title in bold, what goes on from it, and the remarks, each a sentence. */
export function itemLine({ number, title, colon, after = [], remarks }: PageItem): Spans {
  const hasTitle = plainText(title).trim() !== "";
  const bold: Spans = [...(number === "" ? [] : [number]), ...(number !== "" && hasTitle ? [" "] : []), ...title];
  const sentences = remarks.filter(({ aside }) => !aside);
  const ending = colon ? ":" : after.length === 0 && sentences.length > 0 && !endsSentence(bold) ? "." : "";
  const lead = bold.length === 0 ? [] : [strong(...bold, ...(colon && /:\s*$/.test(plainText(bold)) ? [] : [ending]))];
  const goesOn: Spans = after.length === 0 ? [] : [...(lead.length === 0 ? [] : [" "]), ...after];
  return [...lead, ...goesOn, ...remarkSpans(remarks, after)];
}

/** A sentence ends with a period if it is one, or if another follows it. */
function remarkSpans(remarks: readonly Remark[], after: Spans): Spans {
  const line: Spans[] = [];
  const sentences = remarks.filter(({ aside }) => !aside);
  if (after.length > 0 && sentences.length > 0 && !endsSentence(after)) line.push(["."]);
  sentences.forEach(({ spans, sentence }, index) => {
    const isLast = index === sentences.length - 1;
    line.push([" ", ...spans, ...((sentence || !isLast) && !endsSentence(spans) ? ["."] : [])]);
  });
  for (const { spans } of remarks.filter(({ aside }) => aside)) line.push([" (", ...spans, ")"]);
  return line.flat();
}

function endsSentence(spans: Spans): boolean {
  const last = spans.at(-1);
  return typeof last === "string" && /[.?!:…]\s*$/u.test(last);
}
