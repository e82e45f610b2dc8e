import { emptyChain, type JournalChain, type JournalLine } from "./journal-line.ts";
import { checkLine } from "./line-checker.ts";

/** A last line that a crash left half-written; the bytes are those that are there of it. */
export interface TornTail {
  /** The number of the line, from 1. */
  readonly line: number;
  readonly bytes: number;
}

/** What is wrong with a journal, and in which line (from 1). */
export interface JournalDamage {
  readonly code: "journal-damaged" | "journal-newer";
  readonly line: number;
  readonly reason: string;
}

/** What the bytes of a journal are. */
export interface ParsedJournal {
  /** The lines that fit, up to the damage if there is any. */
  readonly lines: readonly JournalLine<object>[];
  /** Where the last of them ends, in bytes from where the parser began. */
  readonly end: number;
  readonly chain: JournalChain;
  readonly torn?: TornTail;
  readonly damage?: JournalDamage;
}

const newline = 0x0a;

/** Parses the bytes of a journal, or of what follows `chain` in one. Never throws for what the bytes are. */
export function parseJournal(bytes: Uint8Array, from: JournalChain = emptyChain): ParsedJournal {
  const lines: JournalLine<object>[] = [];
  let chain = from;
  let end = 0;
  while (end < bytes.length) {
    const stop = bytes.indexOf(newline, end);
    const line = chain.seq + 1;
    if (stop === -1) return { lines, end, chain, ...parseTail(bytes.subarray(end), chain, line) };
    const checked = checkLine(bytes.subarray(end, stop), chain);
    if (!checked.ok) return { lines, end, chain, damage: { code: checked.code, line, reason: checked.reason } };
    lines.push(checked.line);
    chain = checked.chain;
    end = stop + 1;
  }
  return { lines, end, chain };
}

/**
 * A torn write leaves the beginning of a line. Where a whole line stands with something else in the place of its
 * newline, that is damage: the line may have been acknowledged, so it must not be cut.
 */
function parseTail(
  tail: Uint8Array,
  chain: JournalChain,
  line: number,
): { torn: TornTail } | { damage: JournalDamage } {
  for (const end of possibleEnds(tail)) {
    if (end < tail.length && checkLine(tail.subarray(0, end), chain).ok) {
      return { damage: { code: "journal-damaged", line, reason: "another byte stands in the place of its newline" } };
    }
  }
  return { torn: { line, bytes: tail.length } };
}

function possibleEnds(tail: Uint8Array): number[] {
  const text = Buffer.from(tail).toString("latin1");
  return [...text.matchAll(/,"self":"[0-9a-f]{64}"\}/g)].map((match) => match.index + match[0].length);
}
