import { userInfo } from "node:os";
import type { PlanGuard } from "../../../dsl/plan/plan.ts";
import { guardsOf, stepsOf } from "../../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { namesOf } from "../../../runners/identity/signers.ts";
import { ownValue } from "../../../runners/questions/own-value.ts";
import type { CoveredStep } from "../../../runners/questions/question.ts";
import { baseId } from "../../history/step-numbers.ts";
import { isChange, shownEffect } from "../../output/effect-word.ts";
import { inertText } from "../../output/inert-text.ts";
import type { Line } from "../screen/screen.ts";
import { textWidth } from "../screen/wrap-line.ts";
import { factLine, narrow, sentence } from "../session/fact-line.ts";
import { joinRows } from "../session/menu-lines.ts";
import { onWords } from "../session/step-lines.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { guardDoes } from "../session/undo-words.ts";
import { approveWords } from "./approve-command.ts";
import type { Asked } from "./question-view.ts";

/** Exactly what is approved: each step, where it acts, what watches it, and how the run stands so far. */
export function approvalLines(ui: TerminalUi, question: Asked<"approval">): Line[] {
  const { covers, approved, quorum, validForSeconds } = question;
  const ids = new Set(covers.map(({ step }) => step));
  const places = new Set(covers.filter(({ effect }) => isChange(effect)).flatMap(({ step }) => placeOf(ui, step)));
  const guards = guardsOf(ui.plan).filter(({ covers: range }) => range.some((id) => ids.has(id)));
  return [
    ...reachLines(ui, question),
    ...coveredLines(ui, covers),
    ...[...places].map((place) => factLine(ui, "on", place)),
    ...guards.flatMap((guard) => guardLines(ui, guard)),
    ...(quorum > 1 ? [factLine(ui, "needs", `${quorum} people; ${approved.join(", ") || "nobody"} so far`)] : []),
    ...(validForSeconds === undefined
      ? []
      : [factLine(ui, "holds", `for ${formatDuration(validForSeconds)}, then it is asked for again`)]),
    factLine(ui, "so far", standing(ui)),
    "",
  ];
}

/** "you are alice, a release-manager by lockstep.config.ts". */
export function approverWords(ui: TerminalUi, { by, number, approved, secondPerson }: Asked<"approval">): string {
  const { roles, signers } = ui;
  const { username } = userInfo();
  const names = [...namesOf(signers, new Set([username]))];
  const elsewhere = `It is approved from elsewhere by: ${approveWords(ui, number)}`;
  if (secondPerson) return `     you are ${username}, who runs this; it takes somebody else. ${elsewhere}`;
  if (names.some((name) => approved.includes(name))) return `     you are ${username}, and have approved. ${elsewhere}`;
  const role = by.find((each) => names.some((name) => each === name || ownValue(roles, each)?.includes(name)));
  if (role !== undefined && names.includes(role)) return `     you are ${username}`;
  if (role !== undefined) return `     you are ${username}, a ${role} by lockstep.config.ts`;
  const open = by.find((each) => ownValue(roles, each) === undefined);
  if (open !== undefined)
    return `     you are ${username}; lockstep.config.ts names nobody for ${open}, so anybody may`;
  return `     you are ${username}, no ${by.join(" or ")} by lockstep.config.ts. ${elsewhere}`;
}

function reachLines({ plan }: TerminalUi, { covers, step: key }: Asked<"approval">): Line[] {
  if (covers.length === 0) return [{ text: "     Nothing follows that it covers.", hang: 5 }];
  const steps = stepsOf(plan);
  const next = steps
    .slice(steps.findIndex(({ id }) => id === key) + 1)
    .find(({ action }) => action.kind === "approval");
  const reach =
    next === undefined ? "to the end (no other approval follows)" : `up to ${next.number}, which is another approval`;
  return [{ text: `     Approves exactly this, ${reach}:`, hang: 5 }];
}

function coveredLines({ screen: { style, mode, columns } }: TerminalUi, covers: readonly CoveredStep[]): Line[] {
  const width = Math.max(0, ...covers.map(({ number }) => number.length)) + 2;
  const effects = Math.max(0, ...covers.map(({ effect }) => effect.length)) + 2;
  return covers.map(({ number, effect, title, remark }) => {
    const text = inertText(remark === undefined ? title : `${title}; ${remark}`);
    if (mode === "plain") return sentence(`${number}, ${effect}: ${text}`);
    const word = shownEffect(effect, style.caution);
    if (columns < narrow) return { text: `  ${number} ${word} ${text}`, hang: 4 };
    const gap = " ".repeat(effects - effect.length);
    return { text: `       ${number.padEnd(width)}${word}${gap}${text}`, hang: 7 + width + effects };
  });
}

/** No alert is broken over two rows. */
function guardLines(ui: TerminalUi, guard: PlanGuard): Line[] {
  const { from, until, alerts } = guard;
  const does = guardDoes(ui.plan, guard);
  const items = alerts.map(({ title, text }, index) => `${title} ${text}${index === alerts.length - 1 ? "" : ","}`);
  return [
    factLine(ui, "guard", `${from?.number ?? "-"} to ${until?.number ?? "the end"}: ${does} when a step fails, or at:`),
    ...joinRows(items, " ", textWidth(ui.screen.columns) - 13).map((row) => factLine(ui, "", row)),
  ];
}

/** "11 ok, 3 skipped, none failed, none overruled". */
function standing({ facts, plan }: TerminalUi): string {
  // of a step that is repeated its last pass, as in every count of a run
  const forward = [...facts.outcomes].filter(([key]) => !key.startsWith("undo:"));
  const latest = new Map(forward.map(([key, outcome]) => [baseId(key), outcome]));
  const outcomes = stepsOf(plan).flatMap(({ id }) => latest.get(id) ?? []);
  const count = (...which: string[]): string =>
    String(outcomes.filter((outcome) => which.includes(outcome)).length || "none");
  return `${count("ok")} ok, ${count("skipped")} skipped, ${count("failed", "unknown")} failed, ${count("overruled")} overruled`;
}

function placeOf(ui: TerminalUi, key: string): string[] {
  const step = ui.facts.stepOf(key);
  return step === undefined ? [] : [onWords(ui, step)];
}
