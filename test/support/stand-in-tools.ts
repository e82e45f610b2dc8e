import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plan, PlanExpect, PlanOutput, PlanStep } from "../../dsl/index.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { attemptFolderName } from "../../runners/store/attempt-folder-name.ts";

const tools = ["kubectl", "curl", "make", "git", "docker-compose", "python"];

/** One number of now, 0: what Prometheus answers while nothing is wrong. */
const quiet = `printf '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[%s,"0"]}]}}' "$(date +%s)"`;

/**
 * Records how it was called, and prints what the step that calls it is expected to show. Which step that is stands
 * in the command line of the shell that runs its script.
 */
const standIn = `#!/usr/bin/env bash
here=\${BASH_SOURCE[0]%/*}
{ printf '%s' "\${0##*/}"; printf ' %q' "$@"; echo; } >> "$here/calls"
caller=$(tr '\\0' ' ' < /proc/$PPID/cmdline)
folder=\${caller##*/attempts/}
answer=$here/answers/\${folder%%/*}
if [ "$folder" != "$caller" ] && [ -e "$answer.stay" ]; then cat "$answer.stay"; exec sleep 300; fi
if [ "$folder" != "$caller" ] && [ -e "$answer" ]; then cat "$answer"; exit; fi
if [ "\${0##*/}" = curl ]; then ${quiet}; exit; fi
cat "$here/answers/checks"
`;

/** A folder for PATH with tools that change nothing, and that answer as the plan's steps expect. */
export function createStandIns(root: string, plan: Plan) {
  const folder = join(root, ".tools");
  mkdirSync(join(folder, "answers"), { recursive: true });
  writeFileSync(join(folder, "stand-in"), standIn);
  chmodSync(join(folder, "stand-in"), 0o755);
  for (const tool of tools) symlinkSync("stand-in", join(folder, tool));
  const answer = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, "answers", name), lines.map((line) => `${line}\n`).join(""));
  const steps = stepsOf(plan);
  answer("checks", steps.flatMap(checksOf));
  const elsewhere = steps.filter(readsFile).flatMap(linesFor);
  for (const step of steps) {
    const own = linesFor(step);
    const name = attemptFolderName(step.id, 1);
    if (step.background) answer(`${name}.stay`, readyLine(step));
    // what nothing is expected of may be written to a file that a later step reads
    else if (own.length > 0 || step.command?.text.includes(" > ")) answer(name, own.length > 0 ? own : elsewhere);
  }
  return { folder, calls: (): readonly string[] => linesOf(join(folder, "calls")), elsewhere };
}

/** Writes a file of the project that a runbook runs in. */
export function writeProjectFile(root: string, name: string, lines: readonly string[]): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), lines.map((line) => `${line}\n`).join(""));
}

/** Steps whose tool is the machine's own, and looks at a file. */
function readsFile({ command }: PlanStep): boolean {
  return /^(tail|grep|cat) /.test(command?.text ?? "");
}

function linesFor({ id, expect, outputs }: PlanStep): readonly string[] {
  const printed = outputs.filter(({ capture }) => capture.kind !== "answer");
  return [...printed.map((output) => lineOf(id, output)), ...expect.map((item) => expectedLine(id, item))];
}

function checksOf({ id, action }: PlanStep): readonly string[] {
  const items = action.kind === "checklist" ? action.items : [];
  return items.flatMap(({ check }) => (check?.expect ?? []).map((item) => expectedLine(id, item)));
}

function readyLine({ id, background }: PlanStep): readonly string[] {
  if (background?.ready.kind === "contains") return [background.ready.text];
  throw new Error(`nobody knows when ${id} is ready`);
}

function expectedLine(id: string, expect: PlanExpect): string {
  if (expect.kind === "contains") return expect.text.text;
  throw new Error(`nobody knows a line that matches what ${id} expects`);
}

/** A line from which the output is read as its example, so that what runs is what the page shows. */
function lineOf(id: string, { name, capture, example }: PlanOutput): string {
  if (example === undefined) throw new Error(`the output ${name} of ${id} has no example`);
  if (capture.kind !== "regex") return example;
  const lines = [example, `${example}  1/1  Running  0  1m`];
  const found = lines.find((line) => new RegExp(capture.pattern, capture.flags).exec(line)?.[1] === example);
  if (found === undefined) throw new Error(`nobody knows a line from which ${id} reads ${example}`);
  return found;
}

function linesOf(file: string): readonly string[] {
  return readdirSync(dirname(file)).includes("calls") ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
}
