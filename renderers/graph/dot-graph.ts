import { cleanLine } from "../safety/clean-text.ts";
import type { GraphModel } from "./graph-model.ts";

/** A graph for Graphviz. */
export function renderDot({ nodes, edges }: GraphModel): string {
  const drawn = nodes.map(
    ({ id, label, kind }) => `  ${id} [label=${quoted(label)}${kind === "answer" ? ", style=rounded" : ""}];`,
  );
  const arrows = edges.map(({ from, to, label, kind }) => {
    const settings = [
      ...(label === undefined ? [] : [`label=${quoted(label)}`]),
      ...(kind === "guard" ? ["style=dotted"] : []),
    ];
    return `  ${from} -> ${to}${settings.length === 0 ? "" : ` [${settings.join(", ")}]`};`;
  });
  return ["digraph runbook {", "  rankdir=LR;", "  node [shape=box];", ...drawn, ...arrows, "}"].join("\n");
}

function quoted(label: string): string {
  return `"${cleanLine(label).replace(/[\\"]/g, "\\$&")}"`;
}
