/**
 * Plan (and journal) in, text out.
 *
 * @module lockstep/render
 */
export { renderGraph, type GraphFormat } from "./graph/graph-renderer.ts";
export { renderMarkdown, type MarkdownOptions } from "./markdown/markdown-renderer.ts";
