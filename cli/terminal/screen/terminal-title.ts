import { inertText } from "../../output/inert-text.ts";

/** The title of the tab: what it was is kept when the first is set, and comes back at the end. */
export interface TerminalTitle {
  /** The sequence that sets it; empty if it is the same. */
  set(text: string): string;
  /** The sequence that brings the old one back; empty if none was set. */
  restore(): string;
}

/** Does nothing where a terminal has no titles. */
export function createTerminalTitle(supported: boolean): TerminalTitle {
  let current: string | undefined;
  return {
    set(text) {
      const title = inertText(text).replace(/[\r\n]/g, " ");
      if (!supported || title === current) return "";
      const keep = current === undefined ? "\x1b[22;2t" : "";
      current = title;
      return `${keep}\x1b]2;${title}\x07`;
    },
    restore() {
      if (current === undefined) return "";
      current = undefined;
      return "\x1b[23;2t";
    },
  };
}
