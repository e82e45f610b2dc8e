import { join } from "node:path";
import { attemptFolderName } from "../../../runners/store/attempt-folder-name.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** Opens what a step printed in the pager. */
export async function openLog(ui: TerminalUi, key: string): Promise<void> {
  const { execa } = await import("execa");
  const attempt = [...ui.facts.attempts].findLast(({ step }) => step === key)?.attempt ?? 1;
  const folder = join(ui.root, ".lockstep", "runs", ui.facts.runId, "attempts", attemptFolderName(key, attempt));
  const pager = process.env["PAGER"] ?? "less";
  await ui.screen.suspendFor(async () => {
    await execa("bash", ["-c", `cat out log 2>/dev/null | ${pager}`], {
      cwd: folder,
      stdio: "inherit",
      reject: false,
      env: { LESS: process.env["LESS"] || "FRX" },
    });
  });
}
