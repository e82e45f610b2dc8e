import type { SourcePosition } from "../errors/source-position.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";

/** The text of the function that stands in a `code(...)`, by the position of the call; undefined where it cannot be read. */
export type SourceReader = (position: SourcePosition) => string | undefined;

const readers = new WeakMap<AnyRunbook, SourceReader>();

/** Whoever loads a runbook from a bundle knows the files that it was made of; every `compile` of it then shows those. */
export function rememberSourceReader(runbook: AnyRunbook, reader: SourceReader): AnyRunbook {
  readers.set(runbook, reader);
  return runbook;
}

/** How to read the source of a runbook that was loaded from a file. */
export function sourceReaderOf(runbook: AnyRunbook): SourceReader | undefined {
  return readers.get(runbook);
}
