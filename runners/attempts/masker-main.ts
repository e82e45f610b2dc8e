import { unlinkSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { createMasker } from "./masker.ts";
import { type MaskedStream, type MaskerOrder, maskerFds, packFrame } from "./masker-channel.ts";

/*
 * The masker: a program of its own, in the session of the attempt. It lives until nothing can write
 * to its pipes any more, whatever becomes of lockstep, and it must end by no signal that is meant for the step.
 */
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGPIPE"] as const) process.on(signal, () => {});
// The text of an error could hold a secret, and the standard error is the step's log.
process.on("uncaughtException", () => process.exit(1));

const channel = new Socket({ fd: maskerFds.channel, readable: true, writable: true });
let listening = true;
channel.on("error", stopListening).on("close", stopListening);

const order = await readOrder();
let outLost = false;
for (const pipe of order.pipes) unlinkSync(pipe);
const flows = [follow(maskerFds.logPipe, "log"), ...(order.out ? [follow(maskerFds.outPipe, "out")] : [])];
writeSync(maskerFds.ack, "ready\n");
if (!order.sensitive) channel.destroy();

await Promise.all(flows.map(({ marked }) => marked));
if (order.sensitive && listening) channel.write(packFrame({ stream: "end", bytes: Buffer.alloc(0) }));
writeSync(maskerFds.ack, outLost ? "lost\n" : "flushed\n");
await Promise.all(flows.map(({ closed }) => closed));
channel.end();

function readOrder(): Promise<MaskerOrder> {
  return new Promise((resolve, reject) => {
    let text = "";
    channel.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.endsWith("\n")) resolve(JSON.parse(text) as MaskerOrder);
    });
    channel.on("end", () => reject(new Error("no order came")));
  });
}

/** Masks one pipe. `marked`: all that the step itself wrote is out. `closed`: nobody can write any more. */
function follow(fd: number, stream: MaskedStream): { marked: Promise<void>; closed: Promise<void> } {
  const pipe = new Socket({ fd, readable: true, writable: false });
  const masker = createMasker(order.secrets);
  const splitter = createMarkSplitter(Buffer.from(order.mark));
  let passMark = (): void => {};
  const marked = new Promise<void>((resolve) => (passMark = resolve));
  const closed = new Promise<void>((resolve) => pipe.on("close", resolve));
  pipe.on("error", () => {});
  pipe.on("data", (chunk: Buffer) => {
    const { before, after } = splitter.push(chunk);
    write(stream, masker.push(before), pipe);
    if (after === undefined) return;
    write(stream, masker.flush(), pipe);
    passMark();
    write(stream, masker.push(after), pipe);
  });
  pipe.on("end", () => {
    write(stream, masker.push(splitter.flush()), pipe);
    write(stream, masker.flush(), pipe);
    passMark();
  });
  return { marked, closed };
}

function write(stream: MaskedStream, bytes: Buffer, pipe: Socket): void {
  if (bytes.length === 0) return;
  if (order.sensitive) {
    if (listening && !channel.write(packFrame({ stream, bytes }))) holdBack(pipe);
    return;
  }
  try {
    const fd = stream === "out" ? maskerFds.outFile : maskerFds.logFile;
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
  } catch {
    // To stop reading would kill the step in the middle of its effect. The lack is recorded with its status.
    if (stream === "out") outLost = true;
  }
}

/** Waits until lockstep has taken what was sent, or is gone. */
function holdBack(pipe: Socket): void {
  pipe.pause();
  const resume = (): void => {
    channel.off("drain", resume).off("close", resume);
    pipe.resume();
  };
  channel.on("drain", resume).on("close", resume);
}

function stopListening(): void {
  listening = false;
}

/** Finds the mark, once, across chunk borders; after it everything passes. */
function createMarkSplitter(mark: Buffer): {
  push(chunk: Buffer): { before: Buffer; after?: Buffer };
  flush(): Buffer;
} {
  let waiting: Buffer = Buffer.alloc(0);
  let found = false;
  return {
    push(chunk) {
      if (found) return { before: chunk };
      const bytes = waiting.length > 0 ? Buffer.concat([waiting, chunk]) : chunk;
      const at = bytes.indexOf(mark);
      if (at >= 0) {
        found = true;
        waiting = Buffer.alloc(0);
        return { before: bytes.subarray(0, at), after: bytes.subarray(at + mark.length) };
      }
      let keep = Math.min(mark.length - 1, bytes.length);
      while (keep > 0 && bytes.compare(mark, 0, keep, bytes.length - keep) !== 0) keep--;
      waiting = Buffer.from(bytes.subarray(bytes.length - keep));
      return { before: bytes.subarray(0, bytes.length - keep) };
    },
    flush: () => waiting,
  };
}
