import { createReadStream } from "node:fs";
import { join } from "node:path";
import { inertOutput } from "./inert-text.ts";

/** Characters of a line without an end that a terminal is shown at once: nothing holds a line of a gigabyte. */
const longestPiece = 65_536;

/** Characters of a control sequence that is kept together. */
const longestSequence = 256;

/** What an attempt printed, in pieces, since it may be larger than any text: standard output first where it stands apart. */
export async function* readOutput(attemptFolder: string): AsyncGenerator<Uint8Array> {
  for (const name of ["out", "log"])
    try {
      yield* createReadStream(join(attemptFolder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
}

/** The same as text that can do nothing to a terminal. */
export async function* inertPieces(attemptFolder: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let line = "";
  for await (const bytes of readOutput(attemptFolder)) {
    const lines = `${line}${decoder.decode(bytes, { stream: true })}`.split("\n");
    line = lines.pop() ?? "";
    yield lines.map((whole) => `${inertOutput(whole)}\n`).join("");
    if (line.length < longestPiece) continue;
    const end = endOfPiece(line);
    yield inertOutput(line.slice(0, end));
    line = line.slice(end);
  }
  yield inertOutput(line + decoder.decode());
}

/** Writes one piece after the other, and ends where nobody reads on: what is wrong is told where the stream's errors are heard. */
export async function writePieces(
  pieces: AsyncIterable<Uint8Array | string>,
  stream: NodeJS.WritableStream,
): Promise<void> {
  for await (const piece of pieces)
    if (!(await new Promise<boolean>((resolve) => void stream.write(piece, (error) => resolve(!error))))) return;
}

/** Not inside a control sequence, whose rest would be shown. */
function endOfPiece(line: string): number {
  const begin = line.lastIndexOf("\x1b");
  return begin > line.length - longestSequence ? begin : line.length;
}
