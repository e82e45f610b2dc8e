import type { CtrlC } from "./ctrl-c.ts";
import type { TerminalUi } from "./terminal-ui.ts";

type Heard = { readonly key: string } | { readonly left: "ctrl-c" | "aborted" | "gone" };

/** While something runs nothing is asked; a word and Enter is heard all the same, and other words tell which there are. */
export async function listenInPlain(
  ui: TerminalUi,
  keysNow: () => readonly { readonly key: string; readonly word: string }[],
  ctrlC: CtrlC,
  signal: AbortSignal,
): Promise<Heard> {
  for (;;) {
    const answer = await ui.keys.readLine({ prompt: "", signal });
    if ("left" in answer && answer.left !== "escape") return { left: answer.left };
    const said = "left" in answer ? "" : answer.line.trim().toLowerCase();
    const keys = keysNow();
    const chosen = keys.find(({ word }) => word === said);
    if (chosen !== undefined) return { key: chosen.key };
    ui.screen.print([`Type ${keys.map(({ word }) => word).join(" or ")}, then Enter. ${ctrlC.words()}.`]);
  }
}
