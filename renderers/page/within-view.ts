import type { PlanText, PlanWithin } from "../../dsl/plan/plan.ts";
import { stepsIn } from "../../dsl/plan/walk-plan.ts";
import { viewBlocks } from "./block-view.ts";
import { wayBack } from "./folder-view.ts";
import { createItem, type PageBlock } from "./page.ts";
import { type PageContext, type Place, textSpans } from "./page-context.ts";
import { holdsSections } from "./plan-index.ts";
import { missingSettings, variable } from "./settings-remarks.ts";
import { code, joinSpans, plainText, type Spans } from "./span.ts";

/** "In `rlhf-audit-trail`:" with `cd`, its steps nested under it, and the way back where it ends. */
export function viewWithin(context: PageContext, place: Place, block: PlanWithin): readonly PageBlock[] {
  const folder = block.cd === undefined ? undefined : folderOf(place, block);
  const inside: Place = {
    ...place,
    settings: { cwd: [...place.settings.cwd, ...(folder ? [folder] : [])], env: [...place.settings.env, ...block.env] },
  };
  const path = folder && plainText(textSpans(context, folder));
  const title = titleOf(context, block, path);
  const cd = block.cd === undefined ? {} : { code: { language: "bash" as const, text: block.cd.text } };
  const back = path === undefined ? [] : [wayBack(path)];
  if (!place.inList && holdsSections(block.body))
    return [createItem("within", { title, colon: true, ...cd }), ...viewBlocks(context, inside, block.body), ...back];
  const body = viewBlocks(context, { ...inside, inList: true }, block.body);
  return [createItem("within", { title, colon: true, ...cd, body }), ...back];
}

/** Variables are said here, once, for all that is nested. */
function titleOf(context: PageContext, { env }: PlanWithin, path: string | undefined): Spans {
  const variables = joinSpans(
    env.map((entry) => variable(context, entry)),
    ", ",
  );
  return [
    ...(path === undefined ? [] : ["In ", code(path)]),
    ...(variables.length === 0 ? [] : [path === undefined ? "With " : ", with ", ...variables]),
  ];
}

/** The folder that this block adds to those around it. */
function folderOf({ settings }: Place, block: PlanWithin): PlanText | undefined {
  const [first] = stepsIn(block.body);
  return first && missingSettings(settings, first.settings).cwd[0];
}
