import type { LineAnswer } from "./keys.ts";
import { type EditedLine, editLine, emptyLine } from "./line-editor.ts";
import type { Press } from "./press-parser.ts";
import { heldWords, type Reader, unread } from "./reader.ts";

/** Letters within this many milliseconds came at once. */
const atOnce = 20;

export interface LineReaderOptions {
  /** Words of which one must be typed. */
  readonly expected?: readonly string[] | undefined;
  readonly onChange: (line: EditedLine, message?: string) => void;
  readonly answer: (answer: LineAnswer) => void;
}

/** Waits for a typed line. */
export function createLineReader({ expected, onChange, answer }: LineReaderOptions): Reader {
  const opensAt = performance.now() + unread;
  let line = emptyLine;
  let letters: number[] = [];
  onChange(line);

  return {
    take(presses, at) {
      if (at < opensAt) return;
      if (expected !== undefined && isPaste(presses, at, expected))
        change(emptyLine, "Typed, not pasted. Esc goes back.");
      else if (isOne(presses, "escape")) answer({ left: "escape" });
      else if (isOne(presses, "enter")) end();
      else if (isOne(presses, "ctrl-d")) change(line, "Ctrl-D ends nothing here. Esc goes back.");
      else change(presses.reduce(editOrBlank, line));
    },
    leave: (why) => answer({ left: why }),
    refuseHeld: (key) => change(line, heldWords(key)),
  };

  function change(next: EditedLine, message?: string): void {
    line = next;
    onChange(line, message);
  }

  function end(): void {
    const text = line.text.trim();
    const word = expected?.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
    if (text === "") change(emptyLine, "An empty line is no answer. Esc goes back.");
    else if (expected === undefined) answer({ line: line.text });
    else if (word !== undefined) answer({ line: word });
    else change(emptyLine, `"${text}" is not ${wordsText(expected)}. Nothing was done. Esc goes back.`);
  }

  /**
   * A terminal that knows no brackets sends a pasted word as letters. A slow connection sends some letters at once
   * too, when a person types, but hardly a whole word; one letter is what a key sends.
   */
  function isPaste(presses: readonly Press[], at: number, words: readonly string[]): boolean {
    if (presses.some(({ kind }) => kind === "paste")) return true;
    const now = presses.filter(({ kind }) => kind === "char").map(() => at);
    letters = [...letters.filter((time) => at - time < atOnce), ...now];
    return letters.length >= Math.max(2, Math.min(...words.map(({ length }) => length)));
  }
}

/** An Enter among other keys that came at once does not end the line. */
function editOrBlank(line: EditedLine, press: Press): EditedLine {
  return editLine(line, isNamed(press, "enter") ? { kind: "named", name: "space" } : press);
}

function isOne(presses: readonly Press[], name: string): boolean {
  const [press] = presses;
  return presses.length === 1 && press !== undefined && isNamed(press, name);
}

function isNamed(press: Press, name: string): boolean {
  return press.kind === "named" && press.name === name;
}

function wordsText(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
