import type { PlanActionKind, PlanBlock } from "../../dsl/plan/plan.ts";
import type { GraphModel } from "../graph/graph-model.ts";
import type { Spans } from "./span.ts";

/** What stands on the page of a runbook, in its order, without a word about how it is written down. */
export interface Page {
  readonly id: string;
  readonly title: Spans;
  readonly summary?: Spans;
  /** Source file, relative to the project's root. */
  readonly source?: string;
  readonly sourceHref?: string;
  /** The first 12 digits of the runbook digest. */
  readonly digest: string;
  /** What a report says first: the result of the run. */
  readonly result: readonly PageBlock[];
  /** One line of links, the way back last; empty on a page that fits a screen. */
  readonly contents: readonly PageLink[];
  readonly graph?: GraphModel;
  readonly parameters: readonly PageBlock[];
  readonly howToRun?: Spans;
  readonly before: readonly PageBlock[];
  readonly body: readonly PageBlock[];
  readonly next: Spans;
  readonly rollback: readonly PageBlock[];
  readonly measurements: readonly PageBlock[];
  readonly differences: readonly PageBlock[];
}

export interface PageLink {
  readonly to: string;
  readonly text: string;
  readonly important: boolean;
}

export type PageBlock = PageSection | PageHeading | PageItem | PageAlert | PageText | PageMarkdown | PageTable;

/** A part of the runbook under its heading. */
export interface PageSection {
  readonly block: "section";
  readonly anchor: string;
  /** 2 for the outermost. */
  readonly level: number;
  readonly title: Spans;
  readonly body: readonly PageBlock[];
}

/** A heading that lockstep made; its anchor is its slug. */
export interface PageHeading {
  readonly block: "heading";
  readonly level: number;
  readonly title: string;
}

/** Which partial writes an item: the kind of action, the kind of block, or a kind of line that lockstep adds. */
export type ItemKind =
  | PlanActionKind
  | Extract<
      PlanBlock["block"],
      "group" | "when" | "choose" | "repeat" | "include" | "parallel" | "within" | "quoted" | "section"
    >
  | "undo"
  | "end"
  | "measurement"
  | "entry";

/** A list item: a step, whatever nests steps under it, or an entry of a checklist or a record. */
export interface PageItem {
  readonly block: "item";
  readonly kind: ItemKind;
  readonly anchors: readonly string[];
  /** Whether it has a box to tick, and whether that is ticked. */
  readonly box?: "open" | "ticked";
  /** "3.2", "Undo 3.2"; empty for items without a number. */
  readonly number: string;
  /** In bold, after the number. */
  readonly title: Spans;
  /** What the bold part ends with although nothing is said about it: ":" after "Approval by ROLE". */
  readonly colon?: true;
  /** On the title's line, a sentence that goes on from the title. */
  readonly after?: Spans;
  readonly remarks: readonly Remark[];
  readonly code?: PageCode;
  readonly body: readonly PageBlock[];
}

/** A sentence on the title's line. */
export interface Remark {
  readonly spans: Spans;
  /** It ends with a period also where nothing follows. */
  readonly sentence?: true;
  /** It belongs to the remark before it, in parentheses. */
  readonly aside?: true;
}

/** A block of its own, character for character. */
export interface PageCode {
  readonly language: "bash" | "ts" | "text";
  readonly text: string;
}

export interface PageAlert {
  readonly block: "alert";
  readonly level: "warning" | "caution" | "note";
  readonly paragraphs: readonly AlertParagraph[];
  /** In a list, where GitHub shows no alert. */
  readonly nested: boolean;
}

export interface AlertParagraph {
  readonly spans: Spans;
  readonly list: readonly Spans[];
}

export interface PageText {
  readonly block: "text";
  readonly spans: Spans;
}

/** Paragraphs that the author wrote in Markdown. */
export interface PageMarkdown {
  readonly block: "markdown";
  readonly source: string;
}

export interface PageTable {
  readonly block: "table";
  readonly columns: readonly Spans[];
  readonly rows: readonly (readonly Spans[])[];
}

/** An item with what most items do not have left out. */
export function createItem(kind: ItemKind, item: Partial<Omit<PageItem, "block" | "kind">>): PageItem {
  return { block: "item", kind, anchors: [], number: "", title: [], remarks: [], body: [], ...item };
}

export function createText(...spans: Spans): PageText {
  return { block: "text", spans };
}
