import { resolve } from "node:path";
import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { readProcess } from "../../../runners/processes/process-entry.ts";
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
    const opened = runProgram(shell, [], { cwd, env, stdio: "inherit", reject: false });
    const stop = goOnWhenStopped(opened.pid, () =>
      ui.screen.interject(`The shell goes on; exit comes back to ${step.number}.`),
    );
    const result = await opened.finally(stop);
    if (result.failed && result.exitCode === undefined && result.signal === undefined)
      neverBegan = result.originalMessage ?? result.shortMessage;
  });
  if (neverBegan !== undefined) {
    ui.screen.print([`     no shell was opened: ${inertText(neverBegan)}`]);
    return;
  }
  await ui.run?.note(`a shell was open before ${step.number}`, step.id);
}

/** Milliseconds between two looks at the shell. */
const every = 300;

/**
 * `suspend` stops a shell for that which started it, and lockstep is no shell: the terminal would be nobody's, and Ctrl-C
 * would reach nobody.
 */
function goOnWhenStopped(pid: number | undefined, say: () => void): () => void {
  if (pid === undefined) return () => undefined;
  const timer = setInterval(() => {
    if (readProcess(pid)?.stopped !== true) return;
    process.kill(pid, "SIGCONT");
    say();
  }, every);
  return () => clearInterval(timer);
}
