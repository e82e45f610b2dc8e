import type { Plan } from "../../dsl/plan/plan.ts";
import { jsonText } from "../json/json-text.ts";
import { createContext } from "../page/page-context.ts";
import { renderDot } from "./dot-graph.ts";
import { createGraph } from "./graph-builder.ts";
import type { GraphModel } from "./graph-model.ts";
import { renderMermaid } from "./mermaid-graph.ts";
import { renderSvg } from "./svg-graph.ts";

/** `json` is the graph itself, `svg` a picture that Graphviz draws of `dot`. */
export type GraphFormat = "mermaid" | "dot" | "json" | "svg";

const formats = {
  mermaid: renderMermaid,
  dot: renderDot,
  json: (graph) => jsonText(graph, 2),
  svg: renderSvg,
} as const satisfies { readonly [F in GraphFormat]: (graph: GraphModel) => string | Promise<string> };

/**
 * The graph of a plan: its sections in their order (its steps, if it has none), approvals on the edges, guards dotted.
 *
 * @example
 * await renderGraph(compile(deploy), "svg");
 */
export async function renderGraph(plan: Plan, format: GraphFormat): Promise<string> {
  return `${(await formats[format](createGraph(createContext(plan, {})))).trimEnd()}\n`;
}
