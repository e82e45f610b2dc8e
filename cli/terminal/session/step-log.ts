import { join } from "node:path";
import { attemptFolderName } from "../../../runners/store/attempt-folder-name.ts";
import { inertPieces, readOutput, writePieces } from "../../output/attempt-output.ts";
import { throughPager } from "../../output/pager.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** Opens what a step printed in the pager; without one it is printed, and can do nothing to the terminal. */
export async function openLog(ui: TerminalUi, key: string): Promise<void> {
  const attempt = [...ui.facts.attempts].findLast(({ step }) => step === key)?.attempt ?? 1;
  const folder = join(ui.root, ".lockstep", "runs", ui.facts.runId, "attempts", attemptFolderName(key, attempt));
  await ui.screen.suspendFor(async () => {
    if (!(await throughPager(readOutput(folder), process.stderr)))
      await writePieces(inertPieces(folder), process.stderr);
  });
}
