import type { PlanStep } from "../../../dsl/plan/plan.ts";
import type { Line } from "../screen/screen.ts";
import { factLine } from "./fact-line.ts";
import { onWords } from "./step-lines.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** Shows what is known of a step before it runs: what it would change, its undo, its probe, what watches it. */
export function printView(ui: TerminalUi, step: PlanStep, command?: string): void {
  const { screen, plan, facts } = ui;
  const fact = (label: string, text: string): Line => factLine(ui, label, text);
  const { undo, probe, retry, settings, guards } = step;
  const watching = guards.map((id) => facts.guards.get(id)?.guard.title.text ?? id);
  screen.print([
    fact("changes", step.effect === "read" ? "nothing, it only looks" : `${onWords(ui, step)}; the command says what`),
    ...settings.cwd.map(({ text }) => fact("folder", text)),
    ...settings.env.map((entry) => fact("with", `${entry.name}=${"secret" in entry ? "(secret)" : entry.value.text}`)),
    ...(retry ? [fact("retry", `up to ${retry.attempts} attempts, ${retry.everySeconds}s apart`)] : []),
    ...watching.map((title) => fact("guard", title)),
    fact("source", plan.source ?? plan.id),
  ]);
  if (undo.kind === "actions") {
    screen.print([fact("undo", undo.ifCreated ? "only if the step says that it created it:" : "runs:")]);
    for (const { command } of undo.actions) screen.printCommand(command.text);
  }
  if (probe) {
    screen.print([fact("probe", "tells whether it is there (a read):")]);
    screen.printCommand(probe.command.text);
  }
  // what r starts stands right above the menu
  screen.print([""]);
  if (command !== undefined) screen.printCommand(command);
}
