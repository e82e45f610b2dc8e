import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { describeValue } from "../settings/describe-value.ts";

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
  return Object.freeze({ block: "note", text: requireWords("note", text, note), at: captureCallSite(note) });
}

/** A caution, before the step it belongs to. */
export function caution(text: string): CautionNode {
  return Object.freeze({
    block: "caution",
    text: requireWords("caution", text, caution),
    at: captureCallSite(caution),
  });
}

/** Paragraphs in Markdown. */
export function prose(markdown: string): ParagraphNode {
  return Object.freeze({
    block: "prose",
    markdown: requireWords("prose", markdown, prose),
    at: captureCallSite(prose),
  });
}

/** A table of words; what is run never stands in one. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): TableNode {
  const at = captureCallSite(table);
  const isRow = (row: unknown): boolean => Array.isArray(row) && row.every((cell) => typeof cell === "string");
  if (!isRow(columns) || !Array.isArray(rows) || !rows.every(isRow)) throw noTable(at);
  return Object.freeze({ block: "table", columns, rows, at });
}

/**
 * An original line, shown character for character and never run, with the reason why not.
 *
 * @example
 * step("errors", "Look at the 5xx responses", sh.read`curl -sSG ...`, { corrects: quoted("curl -s http://...", "curl reads {} and [] as patterns") });
 */
export function quoted(text: string, reason: string): QuotedNode {
  requireWords("quoted", text, quoted);
  requireWords("the reason of quoted", reason, quoted);
  return Object.freeze({ block: "quoted", text, reason, at: captureCallSite(quoted) });
}

function requireWords(what: string, words: unknown, caller: (...args: never[]) => unknown): string {
  if (typeof words === "string" && words.trim() !== "") return words;
  throw new LockstepError({
    code: "bad-setting",
    message: `${what} must be text in quotes, not ${describeValue(words)}`,
    hint: `Write ${caller.name}(${caller === quoted ? '"the original line", "why it is not run"' : '"..."'}); what has values in it is the title of a step`,
    at: captureCallSite(caller),
  });
}

function noTable(at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: "a table takes its columns, and then its rows, each a list of texts",
    hint: 'Write table(["Port", "Service"], [["8080", "web"], ["5432", "database"]])',
    at,
  });
}
