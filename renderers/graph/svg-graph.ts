import { renderDot } from "./dot-graph.ts";
import type { GraphModel } from "./graph-model.ts";

/** Drawn by Graphviz as WebAssembly: no program of the machine is needed. Loaded only when somebody wants a picture. */
export async function renderSvg(graph: GraphModel): Promise<string> {
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const graphviz = await Graphviz.load();
  return graphviz.layout(renderDot(graph), "svg", "dot");
}
