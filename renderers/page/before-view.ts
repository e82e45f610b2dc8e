import { beforeTitle } from "./anchors.ts";
import { peopleFact, placeFact, timeFact, toolsFact } from "./before-facts.ts";
import { viewBlocks } from "./block-view.ts";
import { createItem, createText, type PageBlock } from "./page.ts";
import type { PageContext, Place } from "./page-context.ts";
import type { Spans } from "./span.ts";

/** Who, with what, where and how long; then what must hold. All of it is derived, so it cannot be forgotten. */
export function viewBefore(context: PageContext, place: Place): readonly PageBlock[] {
  const { plan, index } = context;
  const people = peopleFact(context);
  const time = timeFact(context);
  // On a page of a few steps the steps themselves say it.
  if (plan.requires.length === 0 && people === undefined && time === undefined && index.parts.length === 0) return [];
  const facts = [
    ...fact("People", people),
    ...fact("Tools", toolsFact(context)),
    ...fact("Where", placeFact(context)),
    ...fact("Time", time),
  ];
  const requires = viewBlocks(context, place, plan.requires);
  return [
    { block: "heading", level: 2, title: beforeTitle },
    ...facts,
    ...(requires.length === 0 ? [] : [createText("Start only if all of these hold:"), ...requires]),
  ];
}

function fact(title: string, words: Spans | undefined): readonly PageBlock[] {
  return words === undefined ? [] : [createItem("entry", { title: [title], colon: true, after: words })];
}
