import type { PlanSection } from "../../dsl/plan/plan.ts";
import { answerItem, answerWords } from "./answer-view.ts";
import { viewBlocks } from "./block-view.ts";
import { endItems } from "./end-view.ts";
import { enterFolder } from "./folder-view.ts";
import { guardAlert, guardsSpeakFor } from "./guard-view.ts";
import { createItem, createText, type PageBlock } from "./page.ts";
import { type PageContext, type Place, partName, textSpans } from "./page-context.ts";
import type { Part } from "./plan-index.ts";
import type { Spans } from "./span.ts";
import { proseSpans, upperFirst, withoutPeriod } from "./words.ts";

/** A heading with its steps; inside a list, where no heading can stand, an item that they nest under. */
export function viewSection(context: PageContext, place: Place, section: PlanSection): readonly PageBlock[] {
  const title = textSpans(context, section.title);
  if (!place.inList) return viewPart(context, place, section, title);
  const body = sectionBody(context, { ...place, onFailure: section.onFailure ?? place.onFailure }, section);
  return [createItem("section", { anchors: [section.id], number: section.number, title, colon: true, body })];
}

/** What stands under a heading: an outermost section, or a runbook that is included in its place. */
export function viewPart(context: PageContext, place: Place, part: Part, title: Spans): readonly PageBlock[] {
  const isOuter = place.part === undefined;
  const inner: Place = {
    ...place,
    level: place.level + 1,
    ...(isOuter ? { part } : {}),
    onFailure: part.onFailure ?? place.onFailure,
  };
  const word = context.plan.sectionWord;
  const number =
    isOuter && part.block === "section" && word !== undefined ? `${word} ${part.number}: ` : `${part.number} `;
  return [
    {
      block: "section",
      anchor: part.id,
      level: place.level,
      title: [number, ...title],
      body: [...headOf(context, inner, part, isOuter), ...sectionBody(context, inner, part)],
    },
  ];
}

/** What to do when a step fails, what watches, what cannot be undone: said once, first. */
function headOf(context: PageContext, { onFailure }: Place, part: Part, isOuter: boolean): readonly PageBlock[] {
  const guards = isOuter ? (context.index.guardsOfPart.get(part.id) ?? []) : [];
  const words =
    onFailure && !guardsSpeakFor(guards, onFailure) && (isOuter || part.block === "section")
      ? answerWords(context, onFailure, part, part.id)
      : undefined;
  const { undo } = part;
  return [
    ...(words === undefined || (!isOuter && part.block === "section" && part.onFailure === undefined)
      ? []
      : [createText("If a step fails: ", ...words, ".")]),
    ...(undo?.kind === "irreversible"
      ? [
          createText(
            `${upperFirst(partName(context, part))} cannot be undone: `,
            ...proseSpans(withoutPeriod(undo.reason)),
            ".",
          ),
        ]
      : []),
    ...guardAlert(context, part, guards),
  ];
}

function sectionBody(context: PageContext, place: Place, part: Part): readonly PageBlock[] {
  const { blocks: folder, after, place: inside } = enterFolder(context, place, part);
  const requires = viewBlocks(context, inside, part.requires);
  const { onFailure } = part;
  return [
    ...folder,
    ...(requires.length === 0 ? [] : [...before(place, requires), ...(place.inList ? [] : [createText("Then:")])]),
    ...viewBlocks(context, inside, part.body),
    ...endItems(context, part.block === "section" ? part.id : undefined),
    ...after,
    ...(onFailure === undefined
      ? []
      : answerItem(context, inside, [`If a step of ${whole(part)} fails`], onFailure, part.id)),
  ];
}

/** "this section", "2". */
function whole(part: Part): string {
  return part.block === "section" ? "this section" : part.number;
}

function before({ inList }: Place, requires: readonly PageBlock[]): readonly PageBlock[] {
  const words = "Start only if all of these hold:";
  return inList ? [createItem("entry", { after: [words], body: requires })] : [createText(words), ...requires];
}
