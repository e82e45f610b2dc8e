import type { KeyAnswer, TypedLine } from "../keys/keys.ts";
import type { TerminalUi, View } from "./terminal-ui.ts";

/** One key of a menu. */
export interface MenuEntry {
  readonly key: string;
  readonly word: string;
  /** For the list that `?` shows. */
  readonly help: string;
  /** Only behind `?`. */
  readonly rare?: boolean;
}

export interface MenuOptions {
  readonly entries: readonly MenuEntry[];
  readonly body?: View["body"];
  /** What stands above the menu line. */
  readonly message?: string | undefined;
  /** What Ctrl-C does here, unless it only leaves. */
  readonly ctrlC?: string;
  /** The person may know the question already. */
  readonly question?: "new" | "same";
}

/** Shows a menu until one of its keys is pressed. Enter, Ctrl-D and unknown keys show the keys. */
export async function askMenu(ui: TerminalUi, options: MenuOptions, signal: AbortSignal): Promise<KeyAnswer> {
  let message = options.message;
  let help = false;
  const draw = (cause: "key" | "other" = "other"): void =>
    ui.show(
      { ...(options.body && !help ? { body: options.body } : {}), message, foot: footOf(ui, options, help) },
      cause,
    );
  draw();
  for (let question = options.question ?? "new"; ; question = "same") {
    const answer = await ui.keys.readKey({
      keys: [...options.entries, { key: "?", word: "help" }, ...(help ? [{ key: "escape" }] : [])],
      question,
      signal,
      onRefused: (refusal) => {
        if (refusal.why === "paste") message = refusal.say;
        else help = true;
        draw("key");
      },
    });
    if ("left" in answer) return answer;
    if (answer.key !== "?" && answer.key !== "escape") return answer;
    help = answer.key === "?" && !help;
    message = options.message;
    draw("key");
  }
}

function footOf({ screen: { style } }: TerminalUi, { entries, ctrlC }: MenuOptions, help: boolean): readonly string[] {
  const item = ({ key, word }: MenuEntry): string => `${style.key(key)} ${word}`;
  const hasMore = entries.some(({ rare }) => rare);
  const shown = entries.filter(({ rare }) => !rare).map(item);
  const line = [...shown, ...(hasMore ? [`${style.key("?")} more`] : []), ...(ctrlC === undefined ? [] : [ctrlC])];
  if (!help) return [line.join(style.marks.menuSeparator)];
  const width = Math.max(...entries.map(({ word }) => word.length)) + 2;
  return [
    ...entries.map(({ key, word, help: text }) => `  ${style.key(key)}  ${word.padEnd(width)}${text}`),
    `  Enter answers nothing here. ${ctrlC ?? "Ctrl-C leaves, like q."}`,
  ];
}

export interface TypedOptions {
  /** What to type and what it does; the last line says how to go back. */
  readonly say: readonly string[];
  /** Words of which one must be typed; without them any line is an answer. */
  readonly expected?: readonly string[];
  readonly body?: View["body"];
}

/** Asks for a typed word or line. Undefined: they went back. */
export async function askTyped(
  ui: TerminalUi,
  { say, expected, body }: TypedOptions,
  signal: AbortSignal,
): Promise<string | { readonly left: "ctrl-c" | "aborted" | "gone" } | undefined> {
  const draw = ({ shown, message }: TypedLine): void =>
    ui.show({ ...(body ? { body } : {}), message, foot: [...say, `> ${shown}`] }, "key");
  const answer = await ui.keys.readLine({
    prompt: `${say.join(" ")} `,
    ...(expected ? { expected } : {}),
    onChange: draw,
    signal,
  });
  if ("line" in answer) return answer.line;
  return answer.left === "escape" ? undefined : { left: answer.left };
}
