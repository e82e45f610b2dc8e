import type { Keys } from "../terminal/keys/keys.ts";
import type { Screen } from "../terminal/screen/screen.ts";
import { textWidth, wrapLine } from "../terminal/screen/wrap-line.ts";
import type { MenuEntry } from "../terminal/session/menu.ts";
import { joinRows } from "../terminal/session/menu-lines.ts";

export interface TourMenu {
  /** Stands above the menu line. */
  readonly body: readonly string[];
  /** What the menu line says, part by part; each entry unless given. */
  readonly parts?: readonly string[];
  readonly entries: readonly MenuEntry[];
}

/** Asks for one of the keys; undefined when somebody leaves with Ctrl-C, or the terminal is gone. */
export async function askTourMenu(
  { screen, keys }: { readonly screen: Screen; readonly keys: Keys },
  { body, parts, entries }: TourMenu,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { style } = screen;
  const shown = parts ?? entries.map(({ key, word }) => `${style.key(key)} ${word}`);
  const foot = (): string[] => joinRows(shown, style.marks.menuSeparator, textWidth(screen.columns));
  const draw = (message: readonly string[], cause: "key" | "other"): void =>
    screen.setLive(() => [...body, ...message, ...foot()], cause);
  if (screen.mode === "plain") screen.print(body);
  draw([], "other");
  const answer = await keys.readKey({
    keys: entries,
    signal,
    onRefused: (refusal) =>
      draw(refusal.why === "paste" ? wrapLine(refusal.say, screen.columns) : ["That key does nothing here."], "key"),
  });
  screen.setLive([]);
  return "key" in answer ? answer.key : undefined;
}
