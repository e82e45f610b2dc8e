import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { guardsOf, repeatsOf } from "../../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { lowerFirst, upperFirst } from "../../../renderers/page/words.ts";
import { effectWord, shownEffect } from "../../output/effect-word.ts";
import { inertText } from "../../output/inert-text.ts";
import type { Line } from "../screen/screen.ts";
import { factLine } from "./fact-line.ts";
import type { TerminalUi } from "./terminal-ui.ts";
import { guardUndoes, undoWords } from "./undo-words.ts";

/** "3.2  Point the ingress to green · WRITE", then what a person must know before it starts. */
export function stepHead(ui: TerminalUi, step: PlanStep, title: string, note?: string): Line[] {
  const { plan } = ui;
  const undo = undoWords(plan, step);
  const starts = guardsOf(plan).filter(({ from }) => from?.id === step.id);
  return [
    titleLine(ui, step, title, note),
    ...(changes(step) && ui.screen.mode === "live" ? [factLine(ui, "on", onWords(ui, step))] : []),
    ...expectFacts(ui, step),
    ...(step.background
      ? [factLine(ui, "runs", `until the end of ${endText(ui, step.background.endsWith)}${readyText(step)}`)]
      : []),
    ...(undo === undefined ? [] : [factLine(ui, "undo", undo)]),
    ...starts.map(() => factLine(ui, "guard", "starts with this step")),
    ...watchFacts(ui, step),
  ];
}

function titleLine(ui: TerminalUi, step: PlanStep, title: string, note: string | undefined): Line {
  const { style, mode } = ui.screen;
  const shown = inertText(fullTitle(step, title));
  const isApproval = step.action.kind === "approval";
  if (mode === "plain") {
    const effect = isApproval ? "" : ` ${upperFirst(spokenEffect(step))}`;
    const on = changes(step) ? `, on ${onWords(ui, step)}` : "";
    return `Step ${step.number}: ${shown}.${effect}${on}${isApproval ? "" : "."}${note === undefined ? "" : ` ${upperFirst(note)}.`}`;
  }
  const words = [
    style.title(`${step.number}  ${shown}`),
    ...(isApproval ? [] : [shownEffect(spokenEffect(step), style.caution)]),
    ...(note === undefined ? [] : [note]),
  ];
  return { text: words.join(style.marks.separator), hang: step.number.length + 2 };
}

/** With who approves, and until when one watches. */
function fullTitle({ action }: PlanStep, title: string): string {
  if (action.kind === "approval") return `Approval by ${action.by.join(" or ")}: ${lowerFirst(title)}`;
  return action.kind === "watch" ? `${title} until ${action.until}` : title;
}

/** A person reads "manual" as a book. */
function spokenEffect(step: PlanStep): string {
  const word = effectWord(step);
  return word === "manual" ? "by hand" : word;
}

/** Where a step acts: "prod-eu, namespace rlhf-production". */
export function onWords({ place: { cluster } }: Pick<TerminalUi, "place">, { on }: Pick<PlanStep, "on">): string {
  return cluster?.name === undefined ? on.text : on.text.replace(/^the current cluster/, cluster.name);
}

function changes({ effect, execution }: PlanStep): boolean {
  return effect !== "read" && execution !== "person";
}

function expectFacts(ui: TerminalUi, { expect, timeoutSeconds }: PlanStep): Line[] {
  const within = timeoutSeconds === undefined ? undefined : formatDuration(timeoutSeconds);
  const texts = expect.map((item) => (item.kind === "contains" ? item.text.text : `/${item.pattern}/${item.flags}`));
  if (texts.length > 0)
    return [factLine(ui, "expect", `${texts.join(", ")}${within === undefined ? "" : `, within ${within}`}`)];
  return within === undefined ? [] : [factLine(ui, "within", `${within}, else it is ended`)];
}

/** What the alerts that are shown during a wait lead to. */
function watchFacts(ui: TerminalUi, { action, guards }: PlanStep): Line[] {
  if (action.kind !== "wait") return [];
  const does = { stop: "stops the run", blocks: "runs other steps" } as const;
  return guardsOf(ui.plan)
    .filter(({ id }) => guards.includes(id))
    .map(({ id, onTrip: { kind } }) => {
      const what =
        kind === "stop" || kind === "blocks"
          ? does[kind]
          : `undoes ${kind === "rollback-all" ? "all that ran" : guardUndoes(ui.plan, id)}`;
      return factLine(ui, "guard", `${what} at once when one of these is exceeded`);
    });
}

function readyText({ background }: PlanStep): string {
  if (!background || background.ready.kind === "check") return "";
  return `; ready when it shows ${background.ready.kind === "contains" ? background.ready.text : `/${background.ready.pattern}/`}`;
}

function endText({ plan }: TerminalUi, endsWith: string): string {
  if (endsWith === "") return "the run";
  return repeatsOf(plan).some(({ id }) => id === endsWith) ? "the pass" : "its section";
}
