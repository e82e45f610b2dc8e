import type { TypedLine } from "../keys/keys.ts";
import { wrapLine } from "../screen/wrap-line.ts";
import type { TerminalUi, View } from "./terminal-ui.ts";

export interface TypedOptions {
  /** What to type and what it does; the last line says how to go back. */
  readonly say: readonly string[];
  /** Words of which one must be typed; without them any line is an answer. */
  readonly expected?: readonly string[];
  readonly body?: View["body"];
  readonly showsWaits?: boolean;
}

/** Asks for a typed word or line. Undefined: they went back. */
export async function askTyped(
  ui: TerminalUi,
  { say, expected, body, showsWaits = false }: TypedOptions,
  signal: AbortSignal,
): Promise<string | { readonly left: "aborted" | "gone" } | undefined> {
  const { screen } = ui;
  const rows = (): string[] => say.flatMap((line) => wrapLine(line, screen.columns));
  const draw = ({ shown, message }: TypedLine): void =>
    ui.show({ body: body ?? (() => [""]), showsWaits, message, foot: [...rows(), `> ${shown}`] }, "key");
  const answer = await ui.keys.readLine({
    prompt: `${say.join(" ")} `,
    ...(expected ? { expected } : {}),
    onChange: draw,
    signal,
  });
  if ("line" in answer) return answer.line;
  // Ctrl-C goes back to the menu, where it leaves
  return answer.left === "escape" || answer.left === "ctrl-c" ? undefined : { left: answer.left };
}
