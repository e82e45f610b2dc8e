import type { PlanOutput } from "../../../dsl/plan/plan.ts";
import { inertText } from "../../output/inert-text.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askTyped } from "../session/typed-line.ts";

/** Asks for what a manual step wants noted, one after the other. Undefined: they went back. */
export async function askFor(
  ui: TerminalUi,
  asks: readonly PlanOutput[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>> | undefined> {
  const answers: Record<string, string> = {};
  for (const asked of asks) {
    const { capture } = asked;
    const isLong = capture.kind === "answer" && capture.multiline;
    const answer = isLong ? await askParagraph(ui, asked, signal) : await askLine(ui, asked, signal);
    if (answer === undefined) return undefined;
    answers[asked.name] = answer;
  }
  return answers;
}

async function askLine(ui: TerminalUi, asked: PlanOutput, signal: AbortSignal): Promise<string | undefined> {
  const { capture, example } = asked;
  const choices = capture.kind === "answer" ? capture.choices : undefined;
  const how = choices ? `type ${choices.join(" or ")}` : example === undefined ? undefined : `such as ${example}`;
  const say = [`${nameOf(asked)}${how === undefined ? "" : `, ${inertText(how)}`}. Esc: not yet.`];
  const answer = await askTyped(ui, { say, ...(choices ? { expected: choices } : {}) }, signal);
  return typeof answer === "string" ? answer : undefined;
}

/** An empty line is no answer, so that a line with a full stop ends it. */
async function askParagraph(ui: TerminalUi, asked: PlanOutput, signal: AbortSignal): Promise<string | undefined> {
  const lines: string[] = [];
  for (;;) {
    const say = [`${nameOf(asked)}, in one or more lines; a lone full stop ends it. Esc: not yet.`];
    const body = (): string[] => lines.slice(-5).map((line) => `  ${inertText(line)}`);
    const line = await askTyped(ui, { say, body }, signal);
    if (typeof line !== "string") return undefined;
    if (line.trim() !== ".") lines.push(line);
    else if (lines.length > 0) return lines.join("\n");
  }
}

function nameOf({ name, gives }: PlanOutput): string {
  return inertText(gives ?? name);
}
