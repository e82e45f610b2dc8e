import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { inertText } from "../../output/inert-text.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** What is known of a step before it runs: what it would change, its undo, its probe, what watches it. */
export function viewLines({ screen: { style }, plan, facts }: TerminalUi, step: PlanStep): string[] {
  const fact = (label: string, text: string): string => `     ${style.dim(label.padEnd(8))}${text}`;
  const { undo, probe, retry, settings, guards } = step;
  const watching = guards.map((id) => facts.guards.get(id)?.guard.title.text ?? id);
  const commands = undo.kind === "actions" ? undo.actions.map(({ command }) => command.text) : [];
  const lines = [
    fact(
      "changes",
      step.effect === "read" ? "nothing, it only looks" : `${step.on.text}; what exactly, only the command says`,
    ),
    ...settings.cwd.map(({ text }) => fact("folder", inertText(text))),
    ...settings.env.map((entry) =>
      fact("with", `${entry.name}=${"secret" in entry ? "(secret)" : inertText(entry.value.text)}`),
    ),
    ...commands.map((text, index) => fact(index === 0 ? "undo" : "", inertText(text))),
    ...(undo.kind === "actions" && undo.ifCreated ? [fact("", "only if the step says that it created it")] : []),
    ...(probe ? [fact("probe", inertText(probe.command.text))] : []),
    ...(retry ? [fact("retry", `up to ${retry.attempts} attempts, ${retry.everySeconds}s apart`)] : []),
    ...watching.map((title) => fact("guard", inertText(title))),
    fact("source", plan.source ?? plan.id),
  ];
  return [...lines, ""];
}
