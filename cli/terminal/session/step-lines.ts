import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { guardsOf } from "../../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { inertText } from "../../output/inert-text.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** "3.2  Point the ingress to green · WRITE", then what a person must know before it starts. */
export function stepHead(
  { screen: { style, columns }, plan, facts }: TerminalUi,
  step: PlanStep,
  title: string,
  note?: string,
): string[] {
  const narrow = columns < 60;
  const fact = (label: string, text: string): string =>
    narrow ? `  ${style.dim(`${label}:`)} ${text}` : `     ${style.dim(label.padEnd(8))}${text}`;
  const words = [
    style.title(`${step.number}  ${inertText(title)}`),
    effectWord(step, style.caution),
    ...(note === undefined ? [] : [note]),
  ];
  const starts = guardsOf(plan).filter(({ id, from }) => from?.id === step.id && !facts.guards.has(id));
  return [
    words.join(style.marks.separator),
    ...(step.effect !== "read" && step.execution !== "person" ? [fact("on", step.on.text)] : []),
    ...expectFacts(step).map((text) => fact("expect", text)),
    ...(step.background ? [fact("runs", `until the end of its section${readyText(step)}`)] : []),
    ...undoFacts(step).map((text) => fact("undo", text)),
    ...starts.map(() => fact("guard", "starts with this step")),
  ];
}

/** `WRITE` and `DESTRUCTIVE` are shouted, `read` and `wait` are not. */
export function effectWord({ action, effect, execution }: PlanStep, shout: (text: string) => string): string {
  if (execution === "person" && effect === "read") return action.kind;
  if (action.kind === "wait" || action.kind === "gate") return action.kind;
  return effect === "read" ? "read" : shout(effect.toUpperCase());
}

function expectFacts({ expect, timeoutSeconds }: PlanStep): string[] {
  const within = timeoutSeconds === undefined ? "" : `within ${formatDuration(timeoutSeconds)}: `;
  const texts = expect.map((item) => (item.kind === "contains" ? item.text.text : `/${item.pattern}/${item.flags}`));
  if (texts.length === 0)
    return timeoutSeconds === undefined ? [] : [`to end within ${formatDuration(timeoutSeconds)}`];
  return [`${within}${texts.join(", ")}`];
}

function readyText({ background }: PlanStep): string {
  if (!background || background.ready.kind === "check") return "";
  return `; ready when it shows ${background.ready.kind === "contains" ? background.ready.text : `/${background.ready.pattern}/`}`;
}

function undoFacts({ undo, effect }: PlanStep): string[] {
  switch (undo.kind) {
    case "none":
      return [];
    case "not-needed":
      return effect === "read" ? [] : [`none: ${undo.reason}`];
    case "irreversible":
      return ["none"];
    case "covered":
      return ["with the others of its section"];
    case "actions":
      return [undo.title.text.charAt(0).toLowerCase() + undo.title.text.slice(1)];
  }
}
