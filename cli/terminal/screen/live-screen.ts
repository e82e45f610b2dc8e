import { inertCommand } from "../../output/inert-text.ts";
import { createFrameClock } from "./frame-clock.ts";
import {
  emptyFrame,
  type Frame,
  fitFrame,
  frameChange,
  isWrapped,
  sameFrame,
  tallest,
  type WindowSize,
} from "./live-frame.ts";
import { createOutputBuffer, type OutputBuffer } from "./output-buffer.ts";
import { outputLines } from "./output-lines.ts";
import { ownLine } from "./own-line.ts";
import { regionLines } from "./region-lines.ts";
import type { Line, Region, Screen } from "./screen.ts";
import { createStyle } from "./style.ts";
import type { TerminalFeatures } from "./terminal-features.ts";
import { createTerminalLoan } from "./terminal-loan.ts";
import { createTerminalTitle } from "./terminal-title.ts";
import { createTerminalWriter } from "./terminal-writer.ts";
import { wrapLine } from "./wrap-line.ts";

/** Brackets around what is pasted, so that it cannot pass for keys. */
const pastesAreMarked = "\x1b[?2004h";
const pastesAreNot = "\x1b[?2004l";

/** A screen with a live region. */
export function createLiveScreen(stderr: NodeJS.WriteStream, features: TerminalFeatures): Screen {
  const style = createStyle(features);
  const writer = createTerminalWriter(stderr);
  const title = createTerminalTitle(features.titles);
  const outputs = new Map<string, OutputBuffer>();
  const clock = createFrameClock(draw);
  let region: Region = [];
  let drawn: Frame = emptyFrame;
  let record = "";
  let closed = false;

  const loan = createTerminalLoan({ release: leave, take: enter });
  enter();

  return {
    get columns() {
      return windowSize().columns;
    },
    get rows() {
      return windowSize().rows;
    },
    style,
    mode: "live",
    print: (lines) => addRows(lines.flatMap((line) => wrapLine(line, windowSize().columns))),
    printCommand: (text) => addRows(text.split("\n").map((line) => style.command(inertCommand(line)))),
    output(key, text) {
      bufferOf(key).add(text);
      clock.request("other");
    },
    endOutput(key, logPath) {
      const lines = outputLines(bufferOf(key).excerpt(), style, logPath);
      outputs.delete(key);
      addRows(lines.flatMap((line: Line) => wrapLine(line, windowSize().columns)));
    },
    clearOutput: (key) => bufferOf(key).clear(),
    setLive(next, cause = "other") {
      region = next;
      clock.request(cause);
    },
    setTitle: (text) => writer.write(title.set(text)),
    bell: () => writer.write("\x07"),
    echo: () => undefined,
    suspendFor: (work) => loan.lend(work),
    get lent() {
      return loan.lent;
    },
    interject: (text) => loan.lent && writer.write(`\r\nlockstep: ${ownLine(text)}\r\n`),
    stopProcess: () => loan.stopProcess(),
    attach: (guest) => loan.attach(guest),
    close() {
      if (closed) return;
      closed = true;
      leave();
      writer.write(title.restore());
      writer.close();
    },
  };

  function enter(): void {
    writer.write(pastesAreMarked);
    stderr.on("resize", resized);
    process.on("SIGCONT", drawAnew);
    clock.start();
    clock.request("key");
  }

  /** What waits is printed, and the region goes. */
  function leave(): void {
    clock.stop();
    stderr.off("resize", resized);
    process.off("SIGCONT", drawAnew);
    change(emptyFrame, record);
    writer.write(pastesAreNot);
  }

  /**
   * The region goes at the first change of a size, before the next one wraps it anew or moves it into the history, and
   * comes back when the window is still. So long the record waits too: an emulator that narrows cuts off what it has
   * written of a line that has not ended. What wrapped already stays in part, and some terminals join that to the next
   * row when they widen: an empty one.
   */
  function resized(): void {
    if (isWrapped(drawn, windowSize().columns)) record = `\n${record}`;
    change(emptyFrame, "");
    clock.resized();
  }

  /** Somebody stopped and continued this process: what a shell wrote meanwhile stands below the old frame. */
  function drawAnew(): void {
    drawn = emptyFrame;
    writer.write(pastesAreMarked);
    clock.request("key");
  }

  function draw(): void {
    const now = windowSize();
    const height = Math.min(tallest, now.rows - 1);
    const lines = regionLines({ region, outputs: [...outputs.values()], style, columns: now.columns, height });
    change(fitFrame(lines, now, style.marks.ellipsis), record);
  }

  function change(next: Frame, added: string): void {
    if (added === "" && sameFrame(drawn, next)) return;
    writer.write(frameChange(drawn, added, next));
    record = record.slice(added.length);
    drawn = next;
  }

  function addRows(rows: readonly string[]): void {
    if (rows.length === 0) return;
    record += rows.map((row) => `${row}\n`).join("");
    if (closed) change(emptyFrame, record);
    else clock.request("other");
  }

  function bufferOf(key: string): OutputBuffer {
    const buffer = outputs.get(key) ?? createOutputBuffer();
    outputs.set(key, buffer);
    return buffer;
  }

  /** A terminal that does not tell its size, such as a serial line, has 80 by 24. */
  function windowSize(): WindowSize {
    return { columns: stderr.columns || 80, rows: stderr.rows || 24 };
  }
}
