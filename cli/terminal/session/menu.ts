import { upperFirst } from "../../../renderers/page/words.ts";
import type { KeyAnswer } from "../keys/keys.ts";
import { tallest } from "../screen/live-frame.ts";
import { sentence } from "./fact-line.ts";
import { regionOf } from "./live-view.ts";
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

/** The keys take more rows than a live region has: in a narrow window they are told in the record. */
function mustScroll(ui: TerminalUi, options: MenuOptions, message: string | undefined): boolean {
  const { mode, rows } = ui.screen;
  return mode === "live" && regionOf(ui, { message, foot: menuHelp(ui, options) }).length > Math.min(tallest, rows - 1);
}

/** Between the command and the keys that start it. */
const emptyLine = (): string[] => [""];

/** Shows a menu until one of its keys is pressed. Enter, Ctrl-D and unknown keys show the keys. */
export async function askMenu(ui: TerminalUi, options: MenuOptions, signal: AbortSignal): Promise<KeyAnswer> {
  let message = options.message;
  let help = false;
  let wasPrinted = false;
  const draw = (cause: "key" | "other" = "other"): void => {
    if (help && mustScroll(ui, options, message)) {
      ui.screen.print(["", ...menuHelp(ui, options).map((text) => ({ text, hang: 0 }))]);
      wasPrinted = true;
      help = false;
    }
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
        if (refusal.why !== "unlisted") message = refusal.say;
        else if (wasPrinted) message = "That key does nothing here.";
        else help = true;
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
