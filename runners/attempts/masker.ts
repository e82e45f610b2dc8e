import { secretForms } from "./secret-forms.ts";

/** Replaces secrets in a stream of bytes, however the stream is cut. */
export interface Masker {
  /** Takes what was written and gives what may be shown by now. The rest waits: it could be the beginning of a secret. */
  push(chunk: Buffer): Buffer;
  /** Gives what waits. The longer half of a secret that was cut off by the end of the stream is masked as well. */
  flush(): Buffer;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const mask = Buffer.from("***");
const nothing = Buffer.alloc(0);

/**
 * Creates a masker that writes `***` for each secret, as it is, in base64 or URL-encoded. What
 * comes out does not depend on how the input was cut, and no more waits than the longest form.
 *
 * @throws LockstepError `bad-parameter` for a secret of less than four bytes; an empty one is passed over.
 * @example
 * const masker = createMasker(["hunter22"]);
 * masker.push(Buffer.from("login hunt")); // "login "
 * masker.push(Buffer.from("er22 ok")); // "*** ok"
 */
export function createMasker(secrets: readonly string[]): Masker {
  const forms = secrets.flatMap(secretForms);
  let waiting: Buffer = nothing;
  /** So many bytes at the head of `waiting` belong to a secret whose mask is out already. */
  let covered = 0;

  const take = (bytes: Buffer, until: number, spans: readonly Span[]): Buffer => {
    const parts: Buffer[] = [];
    let at = covered;
    for (const { start, end } of spans) {
      if (start >= until) break;
      if (start >= at) parts.push(bytes.subarray(at, start), mask);
      at = Math.max(at, end);
    }
    if (at < until) parts.push(bytes.subarray(at, until));
    covered = Math.max(0, at - until);
    waiting = Buffer.from(bytes.subarray(until)); // a copy, so that the chunk can go
    return Buffer.concat(parts);
  };

  return {
    push(chunk) {
      if (forms.length === 0) return chunk;
      const bytes = waiting.length > 0 ? Buffer.concat([waiting, chunk]) : chunk;
      return take(bytes, openEnd(bytes, forms).start, findSpans(bytes, forms));
    },
    flush() {
      const cut = findSpans(waiting, forms);
      const open = openEnd(waiting, forms, 0.5);
      return take(
        waiting,
        waiting.length,
        open.end > open.start ? [...cut, open].sort((a, b) => a.start - b.start) : cut,
      );
    },
  };
}

/**
 * Masks whole texts: events of the journal, lines for the terminal.
 *
 * @throws LockstepError `bad-parameter` for a secret of less than four bytes.
 */
export function createTextMasker(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.flatMap(secretForms);
  if (forms.length === 0) return (text) => text;
  return (text) => {
    const bytes = Buffer.from(text);
    const spans = findSpans(bytes, forms);
    if (spans.length === 0) return text;
    const between = spans.map(({ start }, index) => bytes.subarray(spans[index - 1]?.end ?? 0, start));
    return Buffer.concat([...between.flatMap((part) => [part, mask]), bytes.subarray(spans.at(-1)?.end)]).toString();
  };
}

/** Where secrets stand, in order; those that overlap are one, so that nothing of either shows. */
function findSpans(bytes: Buffer, forms: readonly Buffer[]): readonly Span[] {
  const found: Span[] = [];
  for (const form of forms) {
    for (let at = bytes.indexOf(form); at >= 0; at = bytes.indexOf(form, at + 1))
      found.push({ start: at, end: at + form.length });
  }
  found.sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const span of found) {
    const last = merged.at(-1);
    if (last && span.start < last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}

/** The longest end of `bytes` that begins a secret without finishing it, and has at least `share` of its length. */
function openEnd(bytes: Buffer, forms: readonly Buffer[], share = 0): Span {
  let start = bytes.length;
  for (const form of forms) {
    const first = form[0] ?? 0;
    const shortest = Math.ceil(form.length * share);
    for (
      let at = bytes.indexOf(first, Math.max(0, bytes.length - form.length + 1));
      at >= 0 && at < start;
      at = bytes.indexOf(first, at + 1)
    ) {
      const length = bytes.length - at;
      if (length >= shortest && bytes.compare(form, 0, length, at) === 0) start = at;
    }
  }
  return { start, end: bytes.length };
}
