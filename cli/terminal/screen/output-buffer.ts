import { inertOutput } from "../../output/inert-text.ts";

/** How much of a step's output the record shows: whole up to `whole` lines, else the first and the last. */
const whole = 12;
const first = 2;
const last = 6;

/** Characters of a line that are kept; a line without an end must not fill the memory. */
const longestLine = 8_192;

/** Characters of a line that are shown. */
const longestShown = 800;

/** What a step printed, in bounded memory. */
export interface OutputBuffer {
  /** Takes the next piece, which may end in the middle of a line or of a control sequence. */
  add(text: string): void;
  clear(): void;
  /** The last lines, the unfinished one too, as inert text. */
  tail(count: number): readonly string[];
  /** What the record shows. */
  excerpt(): OutputExcerpt;
}

/** The lines of an output that are shown, and how many are left out between `head` and `end`. */
export interface OutputExcerpt {
  readonly head: readonly string[];
  readonly leftOut: number;
  readonly total: number;
  readonly end: readonly string[];
}

/** Keeps the first 12 and the last 6 lines, raw, and makes them inert when they are shown. */
export function createOutputBuffer(): OutputBuffer {
  let heads: string[] = [];
  let ends: string[] = [];
  let total = 0;
  let unfinished = "";

  return {
    add(text) {
      let start = 0;
      for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
        take(extend(unfinished, text.slice(start, end)));
        unfinished = "";
        start = end + 1;
      }
      unfinished = extend(unfinished, text.slice(start));
    },
    clear() {
      heads = [];
      ends = [];
      total = 0;
      unfinished = "";
    },
    tail: (count) => (count <= 0 ? [] : [...kept(), ...rest()].slice(-count).map(shown)),
    excerpt() {
      if (unfinished !== "") take(unfinished);
      unfinished = "";
      if (total <= whole) return { head: heads.map(shown), leftOut: 0, total, end: [] };
      return {
        head: heads.slice(0, first).map(shown),
        leftOut: total - first - last,
        total,
        end: ends.slice(-last).map(shown),
      };
    },
  };

  function take(line: string): void {
    total += 1;
    if (heads.length < whole) heads.push(line);
    ends.push(line);
    if (ends.length > whole) ends = ends.slice(-last);
  }

  function kept(): readonly string[] {
    return total <= whole ? heads : ends;
  }

  function rest(): readonly string[] {
    return unfinished === "" ? [] : [unfinished];
  }
}

/** A progress bar that overwrites itself for hours stays one short line. */
function extend(line: string, more: string): string {
  const text = line + more;
  if (text.length <= longestLine) return text;
  const lastReturn = text.lastIndexOf("\r", text.length - 2);
  return (lastReturn === -1 ? text : text.slice(lastReturn + 1)).slice(0, longestLine);
}

function shown(line: string): string {
  const text = inertOutput(line);
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}...`;
}
