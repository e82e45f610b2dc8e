/** What lockstep tells the masker before anything runs; one line of JSON on descriptor 3, so in no argument list and on no disk. */
export interface MaskerOrder {
  readonly secrets: readonly string[];
  /** Where the step's own output ends; what comes after it is from a process that the step left behind. */
  readonly mark: string;
  /** Standard output comes on a pipe of its own. */
  readonly out: boolean;
  /** Nothing goes to a file; it goes back on descriptor 3 for as long as lockstep listens. */
  readonly sensitive: boolean;
  /** The pipes, which nobody needs by name once they are open. */
  readonly pipes: readonly string[];
}

/** The descriptors of the masker. */
export const maskerFds = { logPipe: 0, outFile: 1, logFile: 2, channel: 3, ack: 4, outPipe: 5 } as const;

export type MaskedStream = "out" | "log";

const streamCodes = { end: 0, out: 1, log: 2 } as const;

export interface Frame {
  /** `end`: all that the step itself wrote has been sent. */
  readonly stream: MaskedStream | "end";
  readonly bytes: Buffer;
}

/** Packs a piece of sensitive output: stream, length, bytes. */
export function packFrame({ stream, bytes }: Frame): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(streamCodes[stream], 0);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** Unpacks frames from a stream that cuts them anywhere. */
export function createFrameReader(): (chunk: Buffer) => readonly Frame[] {
  let waiting: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const frames: Frame[] = [];
    waiting = waiting.length > 0 ? Buffer.concat([waiting, chunk]) : chunk;
    while (waiting.length >= 5) {
      const length = waiting.readUInt32BE(1);
      if (waiting.length < 5 + length) break;
      const stream = waiting[0] === streamCodes.end ? "end" : waiting[0] === streamCodes.out ? "out" : "log";
      frames.push({ stream, bytes: waiting.subarray(5, 5 + length) });
      waiting = waiting.subarray(5 + length);
    }
    return frames;
  };
}
