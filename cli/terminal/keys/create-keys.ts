import { textWidth } from "../screen/wrap-line.ts";
import { echoChange } from "./echo.ts";
import { createHoldFilter } from "./hold-filter.ts";
import { createKeyboard } from "./keyboard.ts";
import type {
  KeyAnswer,
  Keys,
  KeysOptions,
  LineAnswer,
  MenuKey,
  ReadKeyOptions,
  ReadLineOptions,
  TypedLine,
} from "./keys.ts";
import { type EditedLine, emptyLine } from "./line-editor.ts";
import { createLineReader } from "./line-reader.ts";
import { createMenuReader } from "./menu-reader.ts";
import type { Press } from "./press-parser.ts";
import type { Reader } from "./reader.ts";
import { shownLine } from "./shown-line.ts";

/**
 * Takes the keyboard. Only one question stands at a time; what is typed while none does is dropped.
 *
 * @throws Error if a second question is asked before the first has its answer.
 * @example
 * ```ts
 * const keys = createKeys({ stdin: process.stdin, screen, onCtrlC: () => run.abort("SIGINT") });
 * const answer = await keys.readKey({ keys: [{ key: "r", word: "run" }, { key: "q", word: "quit" }] });
 * keys.close();
 * ```
 */
export function createKeys({ stdin, screen, onCtrlC, onCtrlZ }: KeysOptions): Keys {
  const hold = createHoldFilter();
  const interrupts = createHoldFilter();
  let reader: Reader | undefined;
  let lastKey = performance.now();

  const keyboard = createKeyboard(stdin, { onPresses, onGone: () => reader?.leave("gone") });
  const detach = screen.attach(keyboard);
  const close = (): void => {
    process.off("exit", close);
    detach();
    keyboard.release();
  };
  process.once("exit", close);
  keyboard.take();

  return {
    readKey: screen.mode === "plain" ? readWord : readKey,
    readLine: ({ prompt, expected, onChange, signal }) => readText({ prompt, expected, signal }, typedLine(onChange)),
    readSecret: ({ prompt, onChange, signal }) => readText({ prompt, signal }, secretLine(onChange)),
    quietMilliseconds: () => performance.now() - lastKey,
    close,
  };

  function onPresses(presses: readonly Press[]): void {
    lastKey = performance.now();
    if (has(presses, "ctrl-z")) onCtrlZ?.();
    else if (!has(presses, "ctrl-c")) reader?.take(presses, lastKey);
    else if (!interrupts.isFresh("ctrl-c", lastKey)) reader?.refuseHeld("Ctrl-C");
    else if (reader === undefined) onCtrlC?.();
    else reader.leave("ctrl-c");
  }

  function readKey(options: ReadKeyOptions): Promise<KeyAnswer> {
    return ask(options.signal, (answer) => createMenuReader(options, hold, answer));
  }

  /** Whole words in place of keys. */
  async function readWord({ keys, onRefused, signal }: ReadKeyOptions): Promise<KeyAnswer> {
    const words = keys.flatMap((entry) => spoken(entry) ?? []);
    const prompt = `Type ${listText(words)}, then Enter: `;
    for (;;) {
      const answer = await readText({ prompt, signal }, typedLine());
      if ("left" in answer && answer.left !== "escape") return { left: answer.left };
      const said = "left" in answer ? "escape" : answer.line.trim().toLowerCase();
      const chosen = keys.find((entry) => spoken(entry) === said);
      if (chosen !== undefined) return { key: chosen.key };
      onRefused?.({ why: "unlisted", key: said });
    }
  }

  async function readText(
    { prompt, expected, signal }: Omit<ReadLineOptions, "onChange">,
    onChange: (line: EditedLine, message?: string) => void,
  ): Promise<LineAnswer> {
    screen.echo(prompt);
    const answer = await ask<LineAnswer>(signal, (answered) =>
      createLineReader({ expected, onChange, answer: answered }),
    );
    // where nothing was asked and nothing typed there is no line to end
    if (prompt !== "" || !("left" in answer)) screen.echo("\n");
    return answer;
  }

  /** Shows a line as it is typed: to the view of it, or where nothing is redrawn, letter by letter. */
  function typedLine(onChange?: (line: TypedLine) => void): (line: EditedLine, message?: string) => void {
    let echoed = "";
    return (line, message) => {
      if (message !== undefined) screen.echo(`\n${message}\n`);
      screen.echo(echoChange(message === undefined ? echoed : "", line.text));
      echoed = line.text;
      onChange?.({ ...line, message, shown: shownLine(line, screen.style, textWidth(screen.columns) - 2) });
    };
  }

  function secretLine(onChange?: (line: TypedLine) => void): (line: EditedLine, message?: string) => void {
    return (_line, message) => {
      if (message !== undefined) screen.echo(`\n${message}\n`);
      onChange?.({ ...emptyLine, message, shown: shownLine(emptyLine, screen.style, 10) });
    };
  }

  /** Lets a reader stand until it answers. */
  function ask<Answer extends KeyAnswer | LineAnswer>(
    signal: AbortSignal | undefined,
    createReader: (answer: (answer: Answer) => void) => Reader,
  ): Promise<Answer> {
    if (reader !== undefined) throw new Error("a question stands already");
    return new Promise<Answer>((resolve) => {
      const abort = (): void => asked.leave("aborted");
      const asked = createReader((answer) => {
        signal?.removeEventListener("abort", abort);
        if (reader === asked) reader = undefined;
        resolve(answer);
      });
      reader = asked;
      signal?.addEventListener("abort", abort, { once: true });
      if (signal?.aborted === true) abort();
      else if (keyboard.gone) asked.leave("gone");
    });
  }
}

/** "leave, which rolls back" would be two in a list of words. */
function spoken({ word }: MenuKey): string | undefined {
  return word?.split(",")[0];
}

function has(presses: readonly Press[], name: "ctrl-c" | "ctrl-z"): boolean {
  return presses.some((press) => press.kind === "named" && press.name === name);
}

function listText(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
