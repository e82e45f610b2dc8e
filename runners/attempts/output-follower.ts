import { closeSync, fstatSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { setImmediate as breathe } from "node:timers/promises";
import { diskFailed } from "../journal/disk-failure.ts";
import type { OutputChunk } from "./attempt.ts";
import { type AttemptFile, openForReading } from "./attempt-folder.ts";
import { cutOutput, largestOutput } from "./cut-output.ts";

/** Bytes that are read at a time, and all that is held. */
const readSize = 16 * 1024;
/** Milliseconds between two looks: short after something came, longer while nothing does. */
const shortestLook = 5;
const longestLook = 40;

export interface FollowOptions {
  readonly folder: string;
  /** Settles when the step has ended. */
  readonly ended: Promise<unknown>;
  /** Bytes that a file may grow to, and that are kept of it when it has; of no use but to try that with little. */
  readonly largest?: number;
  readonly head?: number;
}

/**
 * Follows `out` and `log` from their beginning, as they grow, until the step has ended and all of it was read. A file that fills
 * the disk is cut.
 *
 * It looks again and again instead of asking the system to be told: that works on every file system, and costs little.
 */
export async function* followOutput({
  folder,
  ended,
  largest = largestOutput,
  head,
}: FollowOptions): AsyncGenerator<OutputChunk> {
  const files = [openTail(folder, "out", "stdout"), openTail(folder, "log", "stderr")].filter(
    (tail) => tail !== undefined,
  );
  // without `out`, both streams are in `log`
  const tails = files.length === 1 ? files.map((tail) => ({ ...tail, stream: "stdout" as const })) : files;
  let over = false;
  // One listener for the whole time: to race a new promise against `ended` at each look would fill the memory.
  let wake = (): void => {};
  ended.then(() => {
    over = true;
    wake();
  });
  let look = shortestLook;
  try {
    for (;;) {
      const last = over;
      let grew = false;
      for (const tail of tails) {
        const text = tail.read(largest, head);
        if (text === undefined) continue;
        grew = true;
        if (text !== "") yield { stream: tail.stream, text };
        await breathe();
      }
      if (grew) look = shortestLook;
      else if (last) break;
      else {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, look);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        look = Math.min(look * 1.5, longestLook);
      }
    }
    for (const tail of tails) {
      const text = tail.rest();
      if (text !== "") yield { stream: tail.stream, text };
    }
  } finally {
    for (const tail of tails) tail.close();
  }
}

interface Tail {
  readonly stream: OutputChunk["stream"];
  /** The next piece; undefined if nothing was added. A file that is too large is cut. */
  read(largest: number, head?: number): string | undefined;
  /** What a character that was cut off at the end of the file amounts to. */
  rest(): string;
  close(): void;
}

function openTail(folder: string, name: AttemptFile, stream: OutputChunk["stream"]): Tail | undefined {
  const fd = openForReading(folder, name);
  if (fd === undefined) return undefined;
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(readSize);
  let position = 0;
  return {
    stream,
    read(largest, head) {
      try {
        const { size } = fstatSync(fd);
        if (size > largest) position = Math.min(position, cutOutput(folder, name, head));
        const length = readSync(fd, buffer, 0, readSize, position);
        // cut off by the step itself (`> /dev/stderr` in a script that it calls): what was written since is at the beginning
        if (length === 0 && size < position) {
          position = 0;
          return "";
        }
        position += length;
        return length === 0 ? undefined : decoder.write(buffer.subarray(0, length));
      } catch (error) {
        throw diskFailed(`${folder}/${name}`, error, { doing: "read" });
      }
    },
    rest: () => decoder.end(),
    close: () => closeSync(fd),
  };
}
