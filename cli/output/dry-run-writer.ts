import type { Plan, PlanAlert, PlanBlock } from "../../dsl/plan/plan.ts";
import { childrenOf, guardsOf } from "../../dsl/plan/walk-plan.ts";
import { isOpen, nextOpening, openingText } from "../../dsl/policy/time-window.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { jsonText } from "../../renderers/json/json-text.ts";
import type { DryRunEvent } from "../../runners/index.ts";
import { effectWord } from "./effect-word.ts";
import { samplesText } from "./event-text.ts";
import { inertCommand, inertLines, inertOutput, inertText } from "./inert-text.ts";
import { parameterLines, sectionHead } from "./plan-text.ts";

export interface DryRunWriterOptions {
  readonly json: boolean;
  /** Why it could not be run now, whatever the hour. */
  readonly refusal: string | undefined;
}

/** Prints a dry run as it comes: as text, or as JSON, one event a line. */
export async function writeDryRun(
  events: AsyncIterable<DryRunEvent>,
  plan: Plan,
  { json, refusal }: DryRunWriterOptions,
): Promise<void> {
  const refused = refusal === undefined ? [] : [`  refused  ${inertText(refusal)}`];
  const head = [`Dry run: ${inertText(plan.title)}`, ...parameterLines(plan), ...closedLines(plan), ...refused];
  if (!json) process.stdout.write(`${head.join("\n")}\n`);
  const write = createDryRunWriter(plan);
  for await (const event of events) process.stdout.write(json ? `${jsonText(event)}\n` : write(event));
}

/** A dry run may look at any hour; whether it could be run now, it says. */
function closedLines({ environment, environments }: Plan): string[] {
  const window = environments.find(({ id }) => id === environment)?.policy?.destructive;
  const now = new Date();
  if (!window || isOpen(window, now)) return [];
  const next = nextOpening(window, now);
  return [`  closed   destructive steps may not start now${next ? `, next on ${openingText(window, next)}` : ""}`];
}

/** The text of each event of a dry run, with a heading where a section begins. */
function createDryRunWriter(plan: Plan): (event: DryRunEvent) => string {
  const heads = headings(plan);
  const groups = groupHeads(plan);
  const guards = new Map(guardsOf(plan).map((guard) => [guard.id, guard]));
  let current: string | undefined;
  return (event) => {
    const id = event.type === "guard" ? event.id : event.step.id;
    const head = heads.get(id);
    const heading = head === current || head === undefined ? "" : head === "" ? "\n" : `\n${head}\n`;
    current = head ?? current;
    const text = event.type === "guard" ? guardText(event, guards.get(id)?.alerts ?? []) : stepText(event);
    return inertLines(`${heading}${groups.get(id) ?? ""}${text}`);
  };
}

/** By the first step of each: that its steps run again and again, or beside each other. */
function groupHeads(plan: Plan): ReadonlyMap<string, string> {
  const heads = new Map<string, string>();
  const visit = (block: PlanBlock, before: string): void => {
    const own =
      block.block === "repeat"
        ? `  ${block.number.padEnd(5)} ${block.title.text}, at most ${block.limit} times, until ${block.until.words}:\n`
        : block.block === "parallel"
          ? `  ${block.number.padEnd(5)} ${block.title.text}, each as soon as what it needs is done:\n`
          : "";
    const head = `${before}${own}`;
    if (block.block === "step" || block.block === "guard") return void heads.set(block.id, head);
    for (const [index, child] of childrenOf(block).entries()) visit(child, index === 0 ? head : "");
  };
  for (const block of plan.body) visit(block, "");
  return heads;
}

function headings(plan: Plan): ReadonlyMap<string, string> {
  const heads = new Map(plan.requires.map(({ id }) => [id, "Before you begin"]));
  const visit = (block: PlanBlock, head: string): void => {
    if (block.block === "step" || block.block === "guard") heads.set(block.id, head);
    for (const child of childrenOf(block)) visit(child, head);
  };
  for (const block of plan.body) visit(block, block.block === "section" ? sectionHead(plan, block) : "");
  return heads;
}

function stepText({ step, title, command, skipped, seen }: Extract<DryRunEvent, { type: "step" }>): string {
  const remarks = [
    effectWord(step),
    skipped === undefined ? undefined : `skipped, ${inertText(skipped)}`,
    step.undo.kind === "irreversible" ? "cannot be undone" : undefined,
  ];
  const lines = [
    `  ${step.number.padEnd(5)} ${inertText(title)} · ${remarks.filter(Boolean).join(" · ")}`,
    ...(command?.split("\n").map((line) => `        ${inertCommand(line)}`) ?? []),
  ];
  if (seen !== undefined) {
    const shown = seen.stdout.replace(/\n$/, "");
    lines.push(
      ...(shown === "" ? [] : shown.split("\n").map((line) => `        | ${inertOutput(line)}`)),
      `        ${seen.ok ? "ok" : `NOT as it should be: ${inertText(seen.remark ?? "")}`}`,
    );
  }
  if (step.action.kind === "gate" && skipped === undefined)
    lines.push(
      `        goes on if for ${formatDuration(step.action.holdSeconds)} none holds: ${boundsText(step.action.failIf)}`,
    );
  if (step.timeoutSeconds !== undefined && skipped === undefined)
    lines.push(`        at most ${formatDuration(step.timeoutSeconds)}`);
  return `${lines.join("\n")}\n`;
}

function guardText(
  { title, from, until, samples }: Extract<DryRunEvent, { type: "guard" }>,
  alerts: readonly PlanAlert[],
): string {
  const now = samples === undefined ? "" : `        now: ${samplesText(samples)}\n`;
  return `  guard ${inertText(title)}, from ${from} to ${until ?? "the end"}: ${boundsText(alerts)}\n${now}`;
}

/** `Error rate > 1%, Response time > 500ms`. */
function boundsText(alerts: readonly PlanAlert[]): string {
  return alerts.map(({ title, text }) => inertText(`${title} ${text}`)).join(", ");
}
