import { parameterText } from "../../dsl/params/parameter-text.ts";
import type { Plan, PlanBlock, PlanSection, PlanStep } from "../../dsl/plan/plan.ts";
import { policyWords } from "../../dsl/policy/policy-words.ts";
import { effectWord } from "./effect-word.ts";
import { inertCommand, inertLines, inertText } from "./inert-text.ts";

/** A plan as plain text: each step's number, title and effect, then its command. */
export function renderPlanText(plan: Plan): string {
  const head = [`${plan.title} (${plan.id})`, ...parameterLines(plan), `  digest   ${plan.digest.slice(0, 12)}`];
  const before = plan.requires.length === 0 ? [] : ["", "Before you begin", ...plan.requires.flatMap(stepLines)];
  return inertLines(`${[...head, ...before, ...plan.body.flatMap((block) => blockLines(plan, block))].join("\n")}\n`);
}

/** What it runs with, as lines. */
export function parameterLines({ parameters, environment, environments }: Plan): string[] {
  const shown = parameters.map((parameter) => `${parameter.flag}=${parameterText(parameter)}`);
  const { policy = {} } = environments.find(({ id }) => id === environment) ?? {};
  return [
    ...(environment === undefined ? [] : [`  in       ${environment}`]),
    ...policyWords(policy).map((rule) => `  policy   ${inertText(rule)}`),
    ...(shown.length === 0 ? [] : [`  with     ${inertText(shown.join(", "))}`]),
  ];
}

function blockLines(plan: Plan, block: PlanBlock): string[] {
  const inner = (body: readonly PlanBlock[]): string[] => body.flatMap((child) => blockLines(plan, child));
  switch (block.block) {
    case "section":
      return ["", sectionHead(plan, block), ...block.requires.flatMap(stepLines), ...inner(block.body)];
    case "step":
      return stepLines(block);
    case "group":
    case "parallel":
      return block.steps.flatMap(stepLines);
    case "when":
      return [`  If ${block.condition.words}:`, ...inner(block.body)];
    case "choose":
      return block.branches.flatMap((branch) => [
        `  ${branch.number} If ${branch.condition.words}:`,
        ...inner(branch.body),
      ]);
    case "repeat":
      return [
        `  ${block.number} ${block.title.text}, at most ${block.limit} times, until ${block.until.words}:`,
        ...inner(block.body),
      ];
    case "include":
      return [`  ${block.number} ${block.runbook.title}:`, ...block.requires.flatMap(stepLines), ...inner(block.body)];
    case "within":
      return inner(block.body);
    case "guard":
      return guardLines(block);
    case "note":
    case "caution":
      return [`  ${block.block.toUpperCase()} ${block.text}`];
    case "prose":
    case "table":
    case "quoted":
      return [];
    default:
      return block satisfies never;
  }
}

/** `Phase 3: Traffic switch`, or `3 Traffic switch`. */
export function sectionHead({ sectionWord }: Plan, { number, title }: PlanSection): string {
  return sectionWord === undefined ? `${number} ${title.text}` : `${sectionWord} ${number}: ${title.text}`;
}

function guardLines(guard: Extract<PlanBlock, { block: "guard" }>): string[] {
  const reach = guard.from === undefined ? "" : ` from ${guard.from.number} to ${guard.until?.number ?? "the end"}`;
  return [`  guard${reach}: ${guard.alerts.map(({ title, text }) => `${title} ${text}`).join(", ")}`];
}

function stepLines(step: PlanStep): string[] {
  const remarks = [
    effectWord(step),
    step.skipped === undefined ? undefined : `skipped: ${step.skipped}`,
    undoWord(step),
  ];
  const head = `  ${step.number.padEnd(5)} ${step.title.text} · ${remarks.filter(Boolean).join(" · ")}`;
  const command = step.command?.text.split("\n").map((line) => `        ${inertCommand(line)}`) ?? [];
  return [head, ...command];
}

function undoWord({ undo }: PlanStep): string | undefined {
  return undo.kind === "irreversible" ? "cannot be undone" : undefined;
}
