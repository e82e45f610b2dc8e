import { createHash } from "node:crypto";

/** What can be appended: a type and any other fields but those that a line adds itself. */
export interface JournalEvent {
  readonly type: string;
  readonly v?: never;
  readonly seq?: never;
  readonly at?: never;
  readonly mono?: never;
  readonly prev?: never;
  readonly self?: never;
}

/** What every line has besides its event. */
export interface JournalEnvelope {
  /** The version of the format. */
  readonly v: 1;
  /** Counts from 1, without gaps. */
  readonly seq: number;
  /** When it was appended: UTC, ISO 8601 with milliseconds; for people. */
  readonly at: string;
  /** Milliseconds of the boot's monotonic clock; for durations. */
  readonly mono: number;
  /** The `self` of the line before; 64 zeros in the first line. */
  readonly prev: string;
  /** SHA-256 (hex) of this line's bytes before `,"self":`; so a change in the last line shows too. */
  readonly self: string;
}

/** An event as it stands in the journal. */
export type JournalLine<E> = E & JournalEnvelope;

/** Where a journal stands: what the next line has to follow. */
export interface JournalChain {
  readonly seq: number;
  readonly self: string;
}

/** The chain of a journal without lines. */
export const emptyChain: JournalChain = Object.freeze({ seq: 0, self: "0".repeat(64) });

/** An event that waits for its place in the journal. */
export interface UnsealedLine {
  readonly at: string;
  readonly mono: number;
  /** The event as JSON. */
  readonly json: string;
}

/** The version of the format that this code writes. */
export const journalVersion = 1;

const envelopeKeys = ["v", "seq", "at", "mono", "prev", "self"] as const satisfies readonly (keyof JournalEnvelope)[];

/**
 * Takes down an event as it is now, so that a later change of the object does not matter.
 *
 * @throws {TypeError} if the event is no object with a type, or has a field that a line adds itself.
 */
export function unsealedLine(event: { readonly type: string }, at: Date, mono: number): UnsealedLine {
  const json: string | undefined = JSON.stringify(event);
  if (!json?.startsWith("{") || typeof event.type !== "string")
    throw new TypeError("an event is an object with a type");
  const taken = envelopeKeys.find((key) => Object.hasOwn(event, key));
  if (taken) throw new TypeError(`the field "${taken}" of an event belongs to the journal`);
  return { at: at.toISOString(), mono, json };
}

/** Gives a line its place: the text without the newline, and the chain after it. */
export function sealLine(
  line: UnsealedLine,
  chain: JournalChain,
): { readonly text: string; readonly chain: JournalChain } {
  const seq = chain.seq + 1;
  const head = JSON.stringify({ v: journalVersion, seq, at: line.at, mono: line.mono });
  const body = `${head.slice(0, -1)},${line.json.slice(1, -1)},"prev":"${chain.self}"`;
  const self = sha256(body);
  return { text: `${body},"self":"${self}"}`, chain: { seq, self } };
}

/** The SHA-256 of text or bytes, in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Splits a line into its event and what the journal added. */
export function splitLine(line: JournalLine<object>): { readonly event: object; readonly envelope: JournalEnvelope } {
  const { v, seq, at, mono, prev, self, ...event } = line;
  return { event, envelope: { v, seq, at, mono, prev, self } };
}
