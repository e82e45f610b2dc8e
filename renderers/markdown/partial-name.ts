import type { ItemKind } from "../page/page.ts";

/** Item kinds whose partial has another name: `section` is the heading's. */
export type ItemPartial = Exclude<ItemKind, "section"> | "section-item";

/** What a project can override. */
export type PartialName =
  | ItemPartial
  | "item"
  | "alert"
  | "guard"
  | "caution"
  | "note"
  | "section"
  | "heading"
  | "text"
  | "prose"
  | "table"
  | "contents"
  | "graph"
  | "footer"
  | "page";
