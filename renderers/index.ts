/**
 * Plan (and journal) in, text out.
 *
 * @module lockstep/render
 */
export { type GraphFormat, renderGraph } from "./graph/graph-renderer.ts";
export { type IndexOptions, renderIndex } from "./index-page/index-renderer.ts";
export { renderPlanJson } from "./json/plan-json-renderer.ts";
export { type MarkdownOptions, renderMarkdown } from "./markdown/markdown-renderer.ts";
export type { PartialName } from "./markdown/partial-name.ts";
export { shippedPartials } from "./markdown/shipped-partials.ts";
export type { PageOptions } from "./page/page-context.ts";
export type { ReportEvent } from "./report/report-event.ts";
export { type ReportOptions, renderReport } from "./report/report-renderer.ts";
export { renderShow, type ShowOptions } from "./terminal/show-renderer.ts";
