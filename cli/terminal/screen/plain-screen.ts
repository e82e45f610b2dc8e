import { inertCommand } from "../../output/inert-text.ts";
import { createOutputBuffer, type OutputBuffer } from "./output-buffer.ts";
import { ownLine } from "./own-line.ts";
import type { Line, Screen } from "./screen.ts";
import { createStyle } from "./style.ts";
import type { TerminalFeatures } from "./terminal-features.ts";
import { createTerminalLoan } from "./terminal-loan.ts";
import { createTerminalWriter } from "./terminal-writer.ts";

/** A screen that only adds lines, for screen readers and terminals that know no control sequence. */
export function createPlainScreen(stderr: NodeJS.WriteStream, features: TerminalFeatures): Screen {
  const writer = createTerminalWriter(stderr);
  const outputs = new Map<string, OutputBuffer>();
  const loan = createTerminalLoan({ release: () => undefined, take: () => undefined });

  const say = (lines: readonly string[]): void => writer.write(lines.map((line) => `${line}\n`).join(""));

  return {
    get columns() {
      return stderr.columns || 80;
    },
    get rows() {
      return stderr.rows || 24;
    },
    style: createStyle({ color: false, unicode: features.unicode }),
    mode: "plain",
    print: (lines) => say(lines.map((line) => ownLine(textOf(line)).trimStart())),
    printCommand: (text) => say(text.split("\n").map((line) => `Command: ${inertCommand(line)}`)),
    output: (key, text) => bufferOf(key).add(text),
    endOutput(key, logPath) {
      const { head, leftOut, total, end } = bufferOf(key).excerpt();
      outputs.delete(key);
      const where = logPath === undefined ? "" : ` They are in ${logPath}.`;
      const between = leftOut === 0 ? [] : [`${leftOut} of ${total} lines are left out.${where}`];
      say([...head.map(spoken), ...between, ...end.map(spoken)]);
    },
    clearOutput: (key) => bufferOf(key).clear(),
    setLive: () => undefined,
    setTitle: () => undefined,
    bell: () => undefined,
    echo: (text) => writer.write(text),
    suspendFor: (work) => loan.lend(work),
    get lent() {
      return loan.lent;
    },
    interject: (text) => loan.lent && writer.write(`\r\nlockstep: ${ownLine(text)}\r\n`),
    stopProcess: () => loan.stopProcess(),
    attach: (guest) => loan.attach(guest),
    close: () => writer.close(),
  };

  function bufferOf(key: string): OutputBuffer {
    const buffer = outputs.get(key) ?? createOutputBuffer();
    outputs.set(key, buffer);
    return buffer;
  }
}

/** So that no output can pass for a sentence of lockstep. */
function spoken(line: string): string {
  return `Output: ${line}`;
}

function textOf(line: Line): string {
  return typeof line === "string" ? line : line.text;
}
