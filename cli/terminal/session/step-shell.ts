import { resolve } from "node:path";
import type { PlanStep } from "../../../dsl/plan/plan.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** A shell in the step's folder, with its variables; secrets are not given to it. */
export async function openShell(ui: TerminalUi, step: PlanStep): Promise<void> {
  const { execa } = await import("execa");
  const shell = process.env["SHELL"] ?? "bash";
  const cwd = resolve(ui.root, ...step.settings.cwd.map(({ text }) => text));
  const env = Object.fromEntries(
    step.settings.env.flatMap((entry) => ("secret" in entry ? [] : [[entry.name, entry.value.text]])),
  );
  ui.screen.print([`     ${shell} in ${cwd}; exit comes back to ${step.number}`]);
  await ui.screen.suspendFor(async () => {
    await execa(shell, [], { cwd, env, stdio: "inherit", reject: false });
  });
  await ui.run?.note(`a shell was open before ${step.number}`, step.id);
}
