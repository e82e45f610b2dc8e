import type { Duplex } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { OutputChunk } from "./attempt.ts";
import { createFrameReader, type MaskedStream } from "./masker-channel.ts";

/** Output that is shown and never kept. */
export interface LiveOutput {
  /** Can be taken once: what was shown is nowhere any more. */
  follow(): AsyncGenerator<OutputChunk>;
}

/** So much waits for who has not begun to look, in bytes; the rest passes unseen. */
const unseenLimit = 256 * 1024;

/**
 * Output that comes over the channel from the masker. While somebody looks, the step waits for them;
 * while nobody does, what comes is dropped, so that a step never hangs for want of a reader.
 */
export function createLiveOutput(channel: Duplex): LiveOutput {
  const read = createFrameReader();
  const decoders: Record<MaskedStream, StringDecoder> = {
    out: new StringDecoder("utf8"),
    log: new StringDecoder("utf8"),
  };
  const queue: OutputChunk[] = [];
  let queued = 0;
  let state: "before" | "watched" | "unwatched" = "before";
  let over = false;
  let wake = (): void => {};

  const put = (stream: MaskedStream, text: string): void => {
    if (text === "" || state === "unwatched" || (state === "before" && queued > unseenLimit)) return;
    queue.push({ stream: stream === "out" ? "stdout" : "stderr", text });
    queued += text.length;
  };
  channel.on("data", (chunk: Buffer) => {
    for (const { stream, bytes } of read(chunk)) {
      // What a process that the step left behind still writes is shown to nobody.
      if (stream === "end") channel.destroy();
      else put(stream, decoders[stream].write(bytes));
    }
    if (state === "watched" && queue.length > 0) channel.pause();
    wake();
  });
  channel.on("close", () => {
    for (const stream of ["out", "log"] as const) put(stream, decoders[stream].end());
    over = true;
    wake();
  });

  return {
    async *follow() {
      if (state !== "before") return;
      state = "watched";
      try {
        for (;;) {
          const chunk = queue.shift();
          if (chunk) yield chunk;
          else if (over) return;
          else {
            channel.resume();
            await new Promise<void>((resolve) => (wake = resolve));
          }
        }
      } finally {
        state = "unwatched";
        queue.length = 0;
        channel.resume();
      }
    },
  };
}
