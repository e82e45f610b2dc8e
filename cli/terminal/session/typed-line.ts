import type { LineAnswer, TypedLine } from "../keys/keys.ts";
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

/** Asks for a typed word or line. Undefined: they went back, by Esc or to where Ctrl-C leaves. */
export async function askTyped(
  ui: TerminalUi,
  options: TypedOptions,
  signal: AbortSignal,
): Promise<string | { readonly left: "aborted" | "gone" } | undefined> {
  const answer = await askTypedAlone(ui, options, signal);
  if ("line" in answer) return answer.line;
  return answer.left === "escape" || answer.left === "ctrl-c" ? undefined : { left: answer.left };
}

/** The same where there is no menu to go back to. */
export function askTypedAlone(
  ui: TerminalUi,
  { say, expected, body, showsWaits = false }: TypedOptions,
  signal: AbortSignal,
): Promise<LineAnswer> {
  const { screen } = ui;
  const rows = (): string[] => say.flatMap((line) => wrapLine(line, screen.columns));
  const draw = ({ shown, message }: TypedLine): void =>
    ui.show({ body: body ?? (() => [""]), showsWaits, message, foot: [...rows(), `> ${shown}`] }, "key");
  return ui.keys.readLine({
    prompt: `${say.join(" ")} `,
    ...(expected ? { expected } : {}),
    onChange: draw,
    signal,
  });
}
