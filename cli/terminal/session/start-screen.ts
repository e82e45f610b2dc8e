import { hostname, userInfo } from "node:os";
import type { Plan, PlanSection } from "../../../dsl/plan/plan.ts";
import { guardsOf, stepsIn } from "../../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { timeText, zoneText } from "../../output/clock-text.ts";
import { inertText } from "../../output/inert-text.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** What a person must know before the first question: which run, where, with what, and what it will do. */
export function startLines(
  { screen: { style }, plan, root }: TerminalUi,
  run: string | undefined,
  how: string,
): string[] {
  const fact = (label: string, text: string): string => `  ${style.dim(label.padEnd(9))}${text}`;
  const now = new Date();
  const day = now.toISOString().slice(0, 10);
  const values = plan.parameters.map(
    ({ flag, value, declaration }) => `${flag}=${declaration.type === "secret" ? "(secret)" : valueText(value)}`,
  );
  const sections = plan.body.filter((block): block is PlanSection => block.block === "section");
  return [
    style.title(inertText(plan.title)),
    fact("run", `${run === undefined ? "" : `${run}, `}${how}, ${day} ${timeText(now)} ${zoneText(now)}`),
    fact("here", `${userInfo().username}@${hostname()}:${root}`),
    ...(values.length === 0 ? [] : [fact("with", inertText(values.join(", ")))]),
    ...(run === undefined ? [] : [fact("journal", `.lockstep/runs/${run}/journal.ndjson`)]),
    ...sections.map(
      (section) => `  ${`${section.number} ${inertText(section.title.text)}`.padEnd(25)} ${sectionWords(section)}`,
    ),
    ...guardsOf(plan).map(
      ({ from, until, onTrip }) =>
        `  ${`From ${from?.number ?? ""} to ${until?.number ?? "the end"}`.padEnd(25)} a guard; when it trips: ${tripWords(onTrip.kind)}`,
    ),
    "",
  ];
}

function sectionWords(section: PlanSection): string {
  const steps = stepsIn([section]);
  const running = steps.filter(({ skipped }) => skipped === undefined);
  const count = (of: (step: (typeof steps)[number]) => boolean, word: string): string[] => {
    const number = running.filter(of).length;
    return number === 0 ? [] : [`${number} ${word}${number === 1 || word.endsWith("e") ? "" : "s"}`];
  };
  const waits = running.reduce(
    (sum, { action }) => sum + (action.kind === "wait" && "value" in action.seconds ? Number(action.seconds.value) : 0),
    0,
  );
  const skipped = steps.filter((step) => step.skipped !== undefined).map(({ number }) => number);
  const parts = [
    ...running.flatMap(({ action }) => (action.kind === "approval" ? [`approval by ${action.by.join(" or ")}`] : [])),
    ...(waits > 0 ? [`${formatDuration(waits)} of waiting`] : []),
    ...count(({ effect, execution }) => effect === "write" && execution !== "person", "write"),
    ...count(
      ({ effect, execution, action }) => effect === "read" && execution !== "person" && action.kind !== "wait",
      "read",
    ),
    ...count(({ effect }) => effect === "destructive", "destructive"),
  ];
  return `${parts.join(", ")}${skipped.length === 0 ? "" : `; ${skipped.join(", ")} skipped`}`;
}

function tripWords(kind: string): string {
  if (kind === "stop") return "it stops";
  return kind === "blocks" ? "other steps run" : "what ran since is undone";
}

function valueText(value: unknown): string {
  if (value === undefined) return "?";
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}
