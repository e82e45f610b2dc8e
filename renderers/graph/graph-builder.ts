import type { PlanBlock, PlanGuard, PlanStep } from "../../dsl/plan/plan.ts";
import { stepsIn } from "../../dsl/plan/walk-plan.ts";
import { includeOf } from "../page/answer-blocks.ts";
import { type PageContext, textSpans } from "../page/page-context.ts";
import { holdsSections, type Part, standsAsPart } from "../page/plan-index.ts";
import { plainText } from "../page/span.ts";
import type { GraphEdge, GraphModel, GraphNode } from "./graph-model.ts";

/** Where the flow comes from: a node, with the approval that it went through since. */
interface Exit {
  readonly node: string;
  readonly label?: string;
}

interface Draft {
  readonly context: PageContext;
  readonly nodes: GraphNode[];
  readonly edges: GraphEdge[];
  /** Node by id of the part. */
  readonly names: Map<string, string>;
}

/** The graph of the sections, or of the steps of a runbook that has none. */
export function createGraph(context: PageContext): GraphModel {
  const draft: Draft = { context, nodes: [], edges: [], names: new Map() };
  const { plan } = context;
  if (context.index.parts.length > 0) follow(draft, plan.body, []);
  else for (const step of stepsIn(plan.body)) addStep(draft, step);
  for (const guard of context.index.guards) addGuard(draft, guard);
  return { nodes: draft.nodes, edges: draft.edges };
}

function follow(draft: Draft, blocks: readonly PlanBlock[], entries: readonly Exit[]): readonly Exit[] {
  return blocks.reduce((exits, block) => followBlock(draft, block, exits), entries);
}

function followBlock(draft: Draft, block: PlanBlock, entries: readonly Exit[]): readonly Exit[] {
  if (standsAsPart(block)) return addPart(draft, block, entries);
  if (block.block === "step" && block.action.kind === "approval")
    return entries.map(({ node }) => ({ node, label: approvalLabel(block) }));
  if (!holdsSections([block])) return entries;
  if (block.block === "when") return [...entries, ...follow(draft, block.body, entries)];
  if (block.block === "choose") return block.branches.flatMap(({ body }) => follow(draft, body, entries));
  return block.block === "within" ? follow(draft, block.body, entries) : entries;
}

/** An approval that a section begins with stands on the edge into it, any other on the edge out of it. */
function addPart(draft: Draft, part: Part, entries: readonly Exit[]): readonly Exit[] {
  const node = `s${draft.names.size + 1}`;
  draft.names.set(part.id, node);
  const title = part.block === "section" ? plainText(textSpans(draft.context, part.title)) : part.runbook.title;
  draft.nodes.push({ id: node, label: `${part.number} ${title}`, kind: "step", anchor: part.id });
  const [first, ...rest] = stepsIn([...part.requires, ...part.body]);
  const isFirst = first?.action.kind === "approval" && entries.length > 0;
  for (const { node: from, label } of entries) {
    const labels = [...(label === undefined ? [] : [label]), ...(isFirst && first ? [approvalLabel(first)] : [])];
    draft.edges.push({ from, to: node, kind: "order", ...(labels.length === 0 ? {} : { label: labels.join(", ") }) });
  }
  const later = (isFirst || first === undefined ? rest : [first, ...rest]).filter(
    ({ action }) => action.kind === "approval",
  );
  return [{ node, ...(later.length === 0 ? {} : { label: later.map(approvalLabel).join(", ") }) }];
}

function addStep(draft: Draft, step: PlanStep): void {
  const last = draft.nodes.at(-1);
  const node = `s${draft.nodes.length + 1}`;
  draft.names.set(step.id, node);
  draft.nodes.push({
    id: node,
    label: `${step.number} ${plainText(textSpans(draft.context, step.title))}`,
    kind: "step",
    anchor: step.id,
  });
  if (last) draft.edges.push({ from: last.id, to: node, kind: "order" });
}

function addGuard(draft: Draft, { id, from, onTrip }: PlanGuard): void {
  const { index } = draft.context;
  const reached = index.parts.filter((part) => index.guardsOfPart.get(part.id)?.some((guard) => guard.id === id));
  const sources = reached.length > 0 ? reached.map((part) => part.id) : from ? [from.id] : [];
  const target = addAnswer(draft, onTrip);
  for (const source of sources) {
    const node = draft.names.get(source);
    const isNew = !draft.edges.some((edge) => edge.from === node && edge.to === target);
    if (node !== undefined && isNew)
      draft.edges.push({ from: node, to: target, kind: "guard", label: "above a threshold" });
  }
}

function addAnswer(draft: Draft, onTrip: PlanGuard["onTrip"]): string {
  const label = answerLabel(onTrip);
  const known = draft.nodes.find((node) => node.kind === "answer" && node.label === label);
  if (known) return known.id;
  const id = onTrip.kind === "stop" ? "halt" : onTrip.kind === "blocks" ? `answer${draft.nodes.length}` : "back";
  draft.nodes.push({ id, label, kind: "answer" });
  return id;
}

function answerLabel(onTrip: PlanGuard["onTrip"]): string {
  if (onTrip.kind === "stop") return "Stop";
  return onTrip.kind === "blocks" ? (includeOf(onTrip)?.runbook.title ?? "Steps for it") : "Rollback";
}

function approvalLabel({ number }: PlanStep): string {
  return `${number} Approval`;
}
