import type { Capture } from "../../dsl/actions/output.ts";
import type { PlanAction, PlanCheck, PlanExpect, PlanMeasurement, PlanReady, PlanStep } from "../../dsl/plan/plan.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { describeAlerts, describeResponse, describeSettings, describeUndo } from "./describe-part.ts";

type Measurements = ReadonlyMap<string, PlanMeasurement>;

/** What a step does, as lines to compare. */
export function describeStep(step: PlanStep, measurements: Measurements): readonly string[] {
  const { command, expect, conditions, settings, timeoutSeconds, deadlineSeconds, retry, outputs, probe, stdin } = step;
  return [
    ...(command ? command.text.split("\n") : []),
    ...describeAction(step.action, measurements),
    ...conditions.map(({ words }) => `if ${words}`),
    ...describeSettings(settings),
    ...(stdin === undefined ? [] : [`reads ${"secret" in stdin ? `(secret ${stdin.secret})` : stdin.value.text}`]),
    ...expect.map((item) => `expect ${expectText(item)}`),
    ...outputs.map(({ name, capture }) => `gives ${name} (${captureText(capture)})`),
    ...(probe === undefined ? [] : [`probe: ${checkText(probe)}`]),
    ...(timeoutSeconds === undefined ? [] : [`at most ${formatDuration(timeoutSeconds)}`]),
    ...(deadlineSeconds === undefined ? [] : [`to be answered within ${formatDuration(deadlineSeconds)}`]),
    ...(retry ? [`up to ${retry.attempts} attempts, ${retry.everySeconds}s apart, each times ${retry.backoff}`] : []),
    ...(step.background === undefined ? [] : backgroundLines(step.background)),
    ...step.needs.map((id) => `after ${id}`),
    ...(step.interruptible ? ["may be interrupted"] : []),
    ...(step.sensitive ? ["its output is not kept"] : []),
    ...(step.terminal ? ["takes the terminal"] : []),
    ...(step.effect === "read" ? [] : [`effect ${step.effect}`]),
    ...describeUndo(step.undo),
    ...describeResponse(step.onFailure),
  ];
}

function describeAction(action: PlanAction, measurements: Measurements): readonly string[] {
  switch (action.kind) {
    case "checklist":
      return action.items.map(
        ({ text, check, by }) =>
          `- ${text.text}${check ? `: ${checkText(check)}` : ""}${by === undefined ? "" : " (by a second person)"}`,
      );
    case "approval":
      return [
        `approval by ${action.by.join(", ")}, ${action.quorum} needed`,
        ...(action.secondPerson ? ["by a second person"] : []),
        ...(action.validForSeconds === undefined ? [] : [`holds ${action.validForSeconds}s`]),
      ];
    case "manual":
      return [
        `manual${action.instructions ? `: ${action.instructions.text}` : ""}`,
        ...(action.by === undefined ? [] : ["by a second person"]),
      ];
    case "watch":
      return [`until ${action.until}`];
    case "gate":
      return [
        ...describeAlerts(action.failIf, measurements),
        `holds ${action.holdSeconds}s, after ${action.delaySeconds}s, every ${action.intervalSeconds}s`,
        `fails after ${action.failures} bad samples, blind after ${action.blindAfter} without a number`,
      ];
    case "custom":
      return [`kind ${action.name}`];
    default:
      return [];
  }
}

function backgroundLines({ ready, endsWith }: { readonly ready: PlanReady; readonly endsWith: string }): string[] {
  const shown =
    ready.kind === "check"
      ? ready.command.text
      : ready.kind === "contains"
        ? ready.text
        : `/${ready.pattern}/${ready.flags}`;
  return [`ready: ${shown}`, `ends with ${endsWith === "" ? "the runbook" : endsWith}`];
}

function checkText({ command, expect }: PlanCheck): string {
  return [command.text, ...expect.map(expectText)].join(", expect ");
}

function expectText(item: PlanExpect): string {
  return item.kind === "contains" ? item.text.text : `/${item.pattern}/${item.flags}`;
}

function captureText(capture: Capture): string {
  switch (capture.kind) {
    case "regex":
      return `/${capture.pattern}/${capture.flags}`;
    case "json":
      return `json ${capture.pointer ?? ""} ${JSON.stringify(capture.schema)}`;
    case "answer":
      return capture.choices === undefined ? "answer" : `one of ${capture.choices.join(", ")}`;
    default:
      return capture.kind;
  }
}
