import { cleanLine } from "../safety/clean-text.ts";
import type { GraphEdge, GraphModel, GraphNode } from "./graph-model.ts";

/** Left to right as long as it fits a page's width. */
const widest = 5;

/** A Mermaid flowchart. */
export function renderMermaid({ nodes, edges }: GraphModel): string {
  const steps = nodes.filter(({ kind }) => kind === "step");
  const named = new Map(nodes.map((node) => [node.id, node]));
  const drawn = new Set<string>();
  const lines = groupSources(edges).map(({ from, to, label, kind }) => {
    const arrow =
      kind === "guard"
        ? label
          ? ` -. ${quoted(label)} .-> `
          : " -.-> "
        : label
          ? ` -- ${quoted(label)} --> `
          : " --> ";
    return `  ${from.map((id) => draw(named, drawn, id)).join(" & ")}${arrow}${draw(named, drawn, to)}`;
  });
  const alone = nodes.filter(({ id }) => !drawn.has(id)).map(({ id }) => `  ${draw(named, drawn, id)}`);
  return [`flowchart ${steps.length > widest ? "TD" : "LR"}`, ...lines, ...alone].join("\n");
}

/** Dotted edges to one place share a line. */
function groupSources(
  edges: readonly GraphEdge[],
): readonly (Omit<GraphEdge, "from"> & { readonly from: readonly string[] })[] {
  const groups = new Map<string, { edge: GraphEdge; from: string[] }>();
  edges.forEach((edge, index) => {
    const key = edge.kind === "guard" ? `${edge.to} ${edge.label}` : String(index);
    const group = groups.get(key);
    if (group) group.from.push(edge.from);
    else groups.set(key, { edge, from: [edge.from] });
  });
  return [...groups.values()].map(({ edge, from }) => ({ ...edge, from }));
}

/** A node's label stands where it is named first. */
function draw(nodes: ReadonlyMap<string, GraphNode>, drawn: Set<string>, id: string): string {
  const node = nodes.get(id);
  if (node === undefined || drawn.has(id)) return id;
  drawn.add(id);
  return node.kind === "answer" ? `${id}([${quoted(node.label)}])` : `${id}[${quoted(node.label)}]`;
}

/** In quotes; whatever means something to Mermaid, or to the HTML that it makes, by its number. */
function quoted(label: string): string {
  return `"${cleanLine(label).replace(/[#"<>&`;\\*_[\]{}|$~]/g, (character) => `#${character.charCodeAt(0)};`)}"`;
}
