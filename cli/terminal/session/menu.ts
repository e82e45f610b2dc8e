import type { KeyAnswer } from "../keys/keys.ts";
import { sentence, upperFirst } from "./fact-line.ts";
import { menuHelp, menuLines } from "./menu-lines.ts";
import type { TerminalUi, View } from "./terminal-ui.ts";

/** One key of a menu. */
export interface MenuEntry {
  readonly key: string;
  readonly word: string;
  /** For the list that `?` shows. */
  readonly help: string;
  /** Only behind `?`. */
  readonly rare?: boolean;
  /** Stands in no list, since the body shows it: the digit of an item. */
  readonly shownAbove?: boolean;
}

export interface MenuOptions {
  readonly entries: readonly MenuEntry[];
  readonly body?: View["body"];
  readonly showsWaits?: boolean;
  /** What stands above the menu line. */
  readonly message?: string | undefined;
  /** Stands before the entries: "3 of 8". */
  readonly lead?: readonly string[];
  /** What Ctrl-C does here, unless it only leaves. */
  readonly ctrlC?: string;
  /** The person may know the question already. */
  readonly question?: "new" | "same";
}

/** Between the command and the keys that start it. */
const emptyLine = (): string[] => [""];

/** Shows a menu until one of its keys is pressed. Enter, Ctrl-D and unknown keys show the keys. */
export async function askMenu(ui: TerminalUi, options: MenuOptions, signal: AbortSignal): Promise<KeyAnswer> {
  let message = options.message;
  let help = false;
  const draw = (cause: "key" | "other" = "other"): void => {
    const foot = help ? menuHelp(ui, options) : menuLines(ui, options);
    if (ui.screen.mode === "plain")
      ui.screen.print([
        ...(message === undefined ? [] : [sentence(upperFirst(message.trimStart()))]),
        ...(help ? foot : []),
      ]);
    else
      ui.show(
        {
          ...(help ? {} : { body: options.body ?? emptyLine, showsWaits: options.showsWaits ?? false }),
          message,
          foot,
        },
        cause,
      );
  };
  draw();
  for (let question = options.question ?? "new"; ; question = "same") {
    const answer = await ui.keys.readKey({
      keys: [...options.entries, { key: "?", word: "help" }, { key: "escape" }],
      question,
      signal,
      onRefused: (refusal) => {
        if (refusal.why === "unlisted") help = true;
        else message = refusal.say;
        draw("key");
      },
    });
    if ("left" in answer) return answer;
    if (answer.key !== "?" && answer.key !== "escape") return answer;
    help = answer.key === "?" && (!help || ui.screen.mode === "plain");
    message = options.message;
    draw("key");
    if (ui.screen.mode === "plain") help = false;
  }
}
