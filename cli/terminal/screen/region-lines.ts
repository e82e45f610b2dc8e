import type { OutputBuffer } from "./output-buffer.ts";
import { tailRows } from "./output-lines.ts";
import type { Region } from "./screen.ts";
import type { Style } from "./style.ts";

/** Most rows of output that stand above a region. */
const mostOutput = 8;

export interface RegionParts {
  readonly region: Region;
  /** What runs now and has printed something. */
  readonly outputs: readonly OutputBuffer[];
  readonly style: Style;
  readonly columns: number;
  /** Rows that the whole may take. */
  readonly height: number;
}

/** The tail of the output where there is room for it, then the region. */
export function regionLines({ region, outputs, style, columns, height }: RegionParts): readonly string[] {
  const lines = linesOf(region);
  const room = Math.min(mostOutput, height - lines.length);
  const each = Math.floor(room / Math.max(1, Math.min(outputs.length, room)));
  const shown = outputs.slice(-Math.max(0, room));
  return [...shown.flatMap((output) => tailRows(output.tail(each), each, style, columns)), ...lines];
}

/** A view that throws shows one line, and never ends the run. */
function linesOf(region: Region): readonly string[] {
  if (typeof region !== "function") return region;
  try {
    return region();
  } catch (error) {
    return [`This view failed (${error instanceof Error ? error.message : String(error)}). The run goes on.`];
  }
}
