import { wrapAnsi } from "fast-wrap-ansi";
import type { Colors } from "./inline-terminal.ts";

export interface TerminalFrame {
  /** Columns. */
  readonly width: number;
  readonly colors: Colors;
}

/** Words on as many lines as they need. */
export function wrap({ width }: TerminalFrame, text: string): string[] {
  return wrapAnsi(text, width).split("\n");
}

export function narrow(frame: TerminalFrame, by: number): TerminalFrame {
  return { ...frame, width: Math.max(20, frame.width - by) };
}
