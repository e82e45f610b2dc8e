import { type JournalChain, type JournalLine, journalVersion, sha256 } from "./journal-line.ts";

/** A line that fits, or what is wrong with it. */
export type CheckedLine =
  | { readonly ok: true; readonly line: JournalLine<object>; readonly chain: JournalChain }
  | { readonly ok: false; readonly code: "journal-damaged" | "journal-newer"; readonly reason: string };

const suffix = /,"self":"([0-9a-f]{64})"\}$/;
const suffixLength = ',"self":""}'.length + 64;

/** Checks one line (its bytes without the newline) against the line before it. */
export function checkLine(bytes: Uint8Array, before: JournalChain): CheckedLine {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  const value = parseObject(text);
  if (!value) return damaged("it is not JSON");
  // the version comes first: a newer format may hash otherwise
  if (isNewer(value.v)) {
    return {
      ok: false,
      code: "journal-newer",
      reason: `it has version ${value.v}, and this lockstep knows ${journalVersion}`,
    };
  }
  if (value.v !== journalVersion) return damaged("it has no version");
  const self = suffix.exec(text)?.[1];
  if (self === undefined) return damaged("it has no hash of its own");
  if (self !== sha256(bytes.subarray(0, bytes.length - suffixLength)))
    return damaged("it was changed: its hash does not fit");
  if (value.seq !== before.seq + 1) return damaged(`its seq is ${String(value.seq)}, and ${before.seq + 1} comes next`);
  if (value.prev !== before.self)
    return damaged("the hash chain is broken: it follows another line than the one before it");
  return { ok: true, line: value as JournalLine<object>, chain: { seq: before.seq + 1, self } };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function isNewer(version: unknown): version is number {
  return Number.isSafeInteger(version) && (version as number) > journalVersion;
}

function damaged(reason: string): CheckedLine {
  return { ok: false, code: "journal-damaged", reason };
}
