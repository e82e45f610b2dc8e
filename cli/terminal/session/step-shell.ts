import { resolve } from "node:path";
import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { inertText } from "../../output/inert-text.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** A shell in the step's folder, with its variables; secrets are not given to it. */
export async function openShell(ui: TerminalUi, step: PlanStep): Promise<void> {
  const { runProgram } = await import("../../../runners/processes/run-program.ts");
  const shell = process.env["SHELL"] ?? "bash";
  const cwd = resolve(ui.root, ...step.settings.cwd.map(({ text }) => text));
  const env = Object.fromEntries(
    step.settings.env.flatMap((entry) => ("secret" in entry ? [] : [[entry.name, entry.value.text]])),
  );
  ui.screen.print([`     ${shell} in ${cwd}; exit comes back to ${step.number}`]);
  let neverBegan: string | undefined;
  await ui.screen.suspendFor(async () => {
    const result = await runProgram(shell, [], { cwd, env, stdio: "inherit", reject: false });
    if (result.failed && result.exitCode === undefined && result.signal === undefined)
      neverBegan = result.originalMessage ?? result.shortMessage;
  });
  if (neverBegan !== undefined) {
    ui.screen.print([`     no shell was opened: ${inertText(neverBegan)}`]);
    return;
  }
  await ui.run?.note(`a shell was open before ${step.number}`, step.id);
}
