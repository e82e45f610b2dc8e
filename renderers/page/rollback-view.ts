import type { PlanUndo } from "../../dsl/plan/plan.ts";
import { rollbackTitle, undoAnchor, undoHeading } from "./anchors.ts";
import { leftInPlace } from "./left-in-place.ts";
import { replaceRemark } from "./output-remarks.ts";
import { createItem, createText, type PageBlock } from "./page.ts";
import { type PageContext, textSpans } from "./page-context.ts";
import type { Part, PlacedStep } from "./plan-index.ts";
import { code, joinSpans, link, type Spans } from "./span.ts";
import { undoCommands, undoItem } from "./undo-item.ts";
import { hasUndo } from "./undo-parts.ts";

/** Newest first, one heading a section; then what stays as it is. Nothing for a runbook that changes nothing. */
export function viewRollback(context: PageContext): readonly PageBlock[] {
  const left = leftInPlace(context);
  if (!hasUndo(context)) return afterFinal(context).length > 0 ? finalOnly(context, left) : left;
  const undos = undoBlocks(context);
  const down =
    undos.filter(({ block }) => block === "item").length > 1
      ? ["Start with the last step that was done, and go down. "]
      : [];
  return [
    { block: "heading", level: 2, title: rollbackTitle },
    createText(...down, "In a run: ", code("lockstep rollback"), ".", ...afterFinal(context)),
    ...undos,
    ...left,
  ];
}

function finalOnly(context: PageContext, left: readonly PageBlock[]): readonly PageBlock[] {
  return [{ block: "heading", level: 2, title: rollbackTitle }, createText(...trimStart(afterFinal(context))), ...left];
}

function trimStart([first = "", ...rest]: Spans): Spans {
  return typeof first === "string" ? [first.trimStart(), ...rest] : [first, ...rest];
}

/** " After 4.3: [page] with `deployment=...`." */
function afterFinal(context: PageContext): Spans {
  return context.index.steps.flatMap(({ step }): Spans => {
    if (step.undo.kind !== "irreversible") return [];
    const { instead } = step.undo;
    if (instead === undefined) return [` What ${step.number} does stays.`];
    const params = Object.entries(instead.params).map(([name, value]): Spans => [code(`${name}=${value}`)]);
    const page = link(context.options.linkTo?.(instead.runbook), instead.title);
    return [
      ` After ${step.number}: `,
      page,
      ...(params.length === 0 ? [] : [" with ", ...joinSpans(params, ", ", " and ")]),
      ".",
    ];
  });
}

/** The steps of one part from the last to the first, each with its undo; a section's own after those of its steps. */
function undoBlocks(context: PageContext): readonly PageBlock[] {
  const { index, plan } = context;
  const blocks: PageBlock[] = [];
  for (const run of runsByPart(index.steps).reverse()) {
    const items = partItems(context, run);
    const [first] = run;
    if (items.length === 0 || first === undefined) continue;
    if (index.parts.length > 0) {
      const title = first.part === undefined ? `Undo ${rangeOf(undone(run))}` : undoHeading(context, first.part);
      blocks.push({ block: "heading", level: 3, title });
    }
    blocks.push(...items);
  }
  return [...blocks, ...ownerItem(context, "runbook", "everything", plan.undo)];
}

function partItems(context: PageContext, run: readonly PlacedStep[]): readonly PageBlock[] {
  const items: PageBlock[] = [];
  const newest = [...run].reverse();
  newest.forEach((placed, position) => {
    const older = newest[position + 1];
    const grouped = placed.group !== undefined && placed.group === older?.group;
    if (placed.group === undefined) items.push(...undoItem(context, [placed]));
    else if (!grouped)
      items.push(
        ...undoItem(
          context,
          run.filter(({ group }) => group === placed.group),
        ),
      );
    items.push(
      ...closedSections(placed, older).flatMap((section) =>
        ownerItem(context, section.id, `${section.number}`, section.undo),
      ),
    );
  });
  return items;
}

/** Sections whose first step `placed` is: their own undo comes now, after those of their steps, the innermost first. */
function closedSections({ sections }: PlacedStep, older: PlacedStep | undefined): readonly Part[] {
  return sections.filter((section) => !older?.sections.includes(section)).reverse();
}

function ownerItem(
  context: PageContext,
  owner: string,
  what: string,
  undo: PlanUndo | undefined,
): readonly PageBlock[] {
  if (undo?.kind !== "actions") return [];
  const filled = context.filling?.undo(owner === "runbook" ? owner : `section:${owner}`);
  const isNamed = !/^undo (section |the runbook|[\d.a-z]+$)/.test(undo.title.text);
  return [
    createItem("undo", {
      anchors: [undoAnchor(owner)],
      box: filled?.ticked ? "ticked" : "open",
      number: `Undo ${what}${isNamed ? ":" : ""}`,
      title: isNamed ? textSpans(context, undo.title) : [],
      remarks: replaceRemark(context, [undo]),
      code: { language: "bash", text: undoCommands(context, undo) },
      body: filled?.body ?? [],
    }),
  ];
}

function runsByPart(steps: readonly PlacedStep[]): PlacedStep[][] {
  const runs: PlacedStep[][] = [];
  for (const placed of steps) {
    const run = runs.at(-1);
    if (run && run[0]?.part === placed.part) run.push(placed);
    else runs.push([placed]);
  }
  return runs;
}

/** Those that have an undo of their own. */
function undone(run: readonly PlacedStep[]): readonly PlacedStep[] {
  return run.filter(({ step }) => step.undo.kind === "actions");
}

function rangeOf(run: readonly PlacedStep[]): string {
  const first = run[0]?.step.number ?? "";
  const last = run.at(-1)?.step.number ?? "";
  return first === last ? first : `${first}–${last}`;
}
