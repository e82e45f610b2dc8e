import { type CallSite, captureCallSite } from "../errors/source-position.ts";

interface ProseCommon {
  readonly at: CallSite;
}
/** Text that stands before the step it belongs to; it holds no action. */
export interface NoteNode extends ProseCommon {
  readonly block: "note";
  readonly text: string;
}
/** Like a note, for what can do harm; in step-through it is shown alone, before its step can be started. */
export interface CautionNode extends ProseCommon {
  readonly block: "caution";
  readonly text: string;
}
/** Paragraphs of the page, in Markdown. */
export interface ParagraphNode extends ProseCommon {
  readonly block: "prose";
  readonly markdown: string;
}
export interface TableNode extends ProseCommon {
  readonly block: "table";
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
/** Text shown exactly as it is, and never run. */
export interface QuotedNode extends ProseCommon {
  readonly block: "quoted";
  readonly text: string;
  readonly reason: string;
}

export type ProseNode = NoteNode | CautionNode | ParagraphNode | TableNode | QuotedNode;

/** A note, before the step it belongs to. */
export function note(text: string): NoteNode {
  return Object.freeze({ block: "note", text, at: captureCallSite(note) });
}

/** A caution, before the step it belongs to. */
export function caution(text: string): CautionNode {
  return Object.freeze({ block: "caution", text, at: captureCallSite(caution) });
}

/** Paragraphs in Markdown. */
export function prose(markdown: string): ParagraphNode {
  return Object.freeze({ block: "prose", markdown, at: captureCallSite(prose) });
}

/** A table of words; what is run never stands in one. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): TableNode {
  return Object.freeze({ block: "table", columns, rows, at: captureCallSite(table) });
}

/**
 * An original line, shown character for character and never run, with the reason why not.
 *
 * @example
 * step("errors", "Look at the 5xx responses", sh.read`curl -sSG ...`, { corrects: quoted("curl -s http://...", "curl reads {} and [] as patterns") });
 */
export function quoted(text: string, reason: string): QuotedNode {
  return Object.freeze({ block: "quoted", text, reason, at: captureCallSite(quoted) });
}
