import { inertText } from "../../output/inert-text.ts";
import type { NamedKey } from "./keys.ts";

/** One thing that the keyboard sent: a character, a key with a name, or a whole paste. */
export type Press =
  | { readonly kind: "char"; readonly char: string }
  | { readonly kind: "named"; readonly name: NamedKey | "unknown" }
  | { readonly kind: "paste"; readonly text: string };

/** Turns what the terminal sends into presses; keeps what has not arrived whole. */
export interface PressParser {
  feed(text: string): readonly Press[];
  /** Whether an ESC waits for what may follow it. */
  readonly pending: boolean;
  /** Nothing followed: it was the Esc key. */
  flush(): readonly Press[];
}

/** Characters of a paste that are kept; it may hold a whole file. */
const longestPaste = 65_536;

const pasteBegins = "\x1b[200~";
const pasteEnds = "\x1b[201~";

const controls: Readonly<Record<string, NamedKey>> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  " ": "space",
  "\x7f": "backspace",
  "\x08": "backspace",
  "\x01": "ctrl-a",
  "\x03": "ctrl-c",
  "\x04": "ctrl-d",
  "\x05": "ctrl-e",
  "\x0b": "ctrl-k",
  "\x0c": "ctrl-l",
  "\x15": "ctrl-u",
  "\x17": "ctrl-w",
  "\x1a": "ctrl-z",
};

/** By what follows `ESC [` or `ESC O`. */
const sequences: Readonly<Record<string, NamedKey>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  H: "home",
  F: "end",
  "1~": "home",
  "7~": "home",
  "4~": "end",
  "8~": "end",
  "3~": "delete",
  "5~": "page-up",
  "6~": "page-down",
};

/** A parser at the beginning of a key. */
export function createPressParser(): PressParser {
  let rest = "";
  let inPaste = false;

  return {
    get pending() {
      return rest.startsWith("\x1b") && !inPaste;
    },
    feed(text) {
      rest += text;
      const presses: Press[] = [];
      for (let press = next(); press !== undefined; press = next()) if (press !== "nothing") presses.push(press);
      return presses;
    },
    flush() {
      if (inPaste || rest === "") return [];
      const isEscape = rest === "\x1b";
      rest = "";
      return [{ kind: "named", name: isEscape ? "escape" : "unknown" }];
    },
  };

  /** Takes one press off `rest`; undefined if the rest has not arrived. */
  function next(): Press | "nothing" | undefined {
    if (inPaste) return endOfPaste();
    if (rest === "") return undefined;
    if (rest.startsWith(pasteBegins)) {
      take(pasteBegins.length);
      inPaste = true;
      return "nothing";
    }
    return rest.startsWith("\x1b") ? escaped() : character();
  }

  function endOfPaste(): Press | undefined {
    const end = rest.indexOf(pasteEnds);
    if (end === -1) {
      // the end of the mark may still be on its way
      if (rest.length > longestPaste) rest = rest.slice(0, longestPaste) + rest.slice(-pasteEnds.length);
      return undefined;
    }
    inPaste = false;
    return { kind: "paste", text: take(end + pasteEnds.length).slice(0, end) };
  }

  function escaped(): Press | "nothing" | undefined {
    const sequence = /^\x1b(?:\[([0-?]*[ -/]*[@-~])|O([A-Za-z]))/.exec(rest);
    if (sequence !== null) {
      take(sequence[0].length);
      return { kind: "named", name: sequences[sequence[1] ?? sequence[2] ?? ""] ?? "unknown" };
    }
    // what a terminal answers to a question of somebody else, up to its end
    const reply = /^\x1b[\]P^_][^\x07\x1b]*(?:\x07|\x1b\\)/.exec(rest);
    if (reply !== null) {
      take(reply[0].length);
      return "nothing";
    }
    if (/^\x1b(?:\[[0-?]*[ -/]*|O|[\]P^_][^\x07\x1b]{0,200}\x1b?)?$/.test(rest)) return undefined;
    if (rest.startsWith("\x1b\x1b")) {
      take(1);
      return { kind: "named", name: "escape" };
    }
    take(1 + firstOf(rest.slice(1)).length);
    return { kind: "named", name: "unknown" };
  }

  function character(): Press | "nothing" {
    const char = take(firstOf(rest).length);
    const name = controls[char];
    if (name !== undefined) return { kind: "named", name };
    if (inertText(char) === "") return { kind: "named", name: "unknown" };
    return { kind: "char", char };
  }

  function take(length: number): string {
    const taken = rest.slice(0, length);
    rest = rest.slice(length);
    return taken;
  }
}

/** A whole code point. */
function firstOf(text: string): string {
  const [char = ""] = text;
  return char;
}
