import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import {
  type AnyRunbook,
  compile,
  type PlainValue,
  type Plan,
  type PlanStep,
  requireParameters,
  stepsOf,
} from "lockstep";
import { renderMarkdown } from "lockstep/render";
import { dryRun, openRunStore, readRecord, run } from "lockstep/run";
import { instantWaits } from "lockstep/testing";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runbooks, valueSets } from "../runbooks/shipped-runbooks.ts";
import { answerAll, checkRun, checkTexts, type Lockstep } from "../support/one-text.ts";
import { createStandIns, writeProjectFile } from "../support/stand-in-tools.ts";

const lockstep = { compile, renderMarkdown, dryRun, run } as unknown as Lockstep;
const path = process.env["PATH"] ?? "";
const one = suite("one text, in every shipped runbook");
let root = "";

one.before.each(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "lockstep-one-text-")));
});
one.after.each(() => {
  process.env["PATH"] = path;
  rmSync(root, { recursive: true, force: true });
});

for (const source of runbooks) {
  one(`${source.id}: the page, the dry run and the plan say the same, for all values`, async () => {
    const environments = [undefined, ...source.environments.map(({ id }) => id)];
    for (const environment of environments)
      for (const values of valueSets(source))
        await checkTexts(
          lockstep,
          compile(source, environment === undefined ? { values } : { values, environment }),
          root,
        );
  });
  for (const [values, choice] of runSets(source)) {
    one(`${source.id}: a run does what they say, with ${JSON.stringify(values)} and ${choice} answers`, () =>
      runThrough(compile(source, { values, root }), choice),
    );
  }
}

/** Runs it all with tools that change nothing, and compares what was journaled and executed. */
async function runThrough(plan: Plan, choice: "first" | "last"): Promise<void> {
  requireParameters(plan);
  const tools = createStandIns(root, plan);
  process.env["PATH"] = `${tools.folder}${delimiter}${path}`;
  prepareProject(plan, tools.elsewhere);
  const running = run(plan, {
    root,
    prompter: answerAll(choice),
    by: { user: "al", host: "here" },
    mode: "interactive",
    executors: { ...instantWaits, gate: async () => ({ kind: "done", exitCode: 0 }) },
  });
  const { exitCode, message } = await running.result;
  assert.is(exitCode, 0, message);
  const folder = await openRunStore(root).find();
  const { lines } = await readRecord(folder);
  const ran = await checkRun(plan, lines, folder.path);
  // the tools give what the page has as examples, so the journal has the very characters of the page
  const texts = new Map(ran.map(({ id, command }) => [id, command?.text]));
  for (const line of lines)
    if (line.type === "started" && texts.has(line.id)) assert.is(line.command, texts.get(line.id));
  const calls = new Set(tools.calls());
  for (const call of callsOf(ran)) assert.ok(calls.has(call), `no tool was called so: ${call}`);
}

/** How bash reads the commands that are one call of one tool. */
function callsOf(ran: readonly PlanStep[]): readonly string[] {
  const single = ran.flatMap(({ execution, command }) =>
    execution === "text" && /^(kubectl|curl|make|git|docker-compose|python) [^|&;<>\n]*$/.test(command?.text ?? "")
      ? [command?.text ?? ""]
      : [],
  );
  const script = single.map((text) => `set -- ${text}\nprintf %s "$1"; shift; printf ' %q' "$@"; echo\n`).join("");
  return execFileSync("bash", [], { input: script, encoding: "utf8" }).split("\n").slice(0, -1);
}

/** What stands in the project that these runbooks are for. */
function prepareProject(plan: Plan, lines: readonly string[]): void {
  mkdirSync(join(root, "rlhf-audit-trail"), { recursive: true });
  writeProjectFile(
    root,
    "k8s/production/deployment-green.yaml",
    lines.map((line) => `image: ${line}`),
  );
  writeProjectFile(root, "migrations/XXXX_descriptive_name.py", ["# generated"]);
  const makesBackup = stepsOf(plan).some(({ id }) => id === "backup-free");
  if (!makesBackup) writeProjectFile(root, "backup_pre_migration.sql", lines);
}

/** Every choice of every parameter once, and every answer where people choose. */
function runSets(source: AnyRunbook): readonly (readonly [Readonly<Record<string, PlainValue>>, "first" | "last"])[] {
  const base = Object.fromEntries(
    Object.entries(source.params).map(([name, declaration]) => [name, sampleOf(declaration)]),
  );
  const sets = [
    base,
    ...valueSets(source)
      .map((values) => ({ ...base, ...values }))
      .filter((values) => Object.keys(values).some((name) => values[name] !== base[name])),
  ];
  const choosing = stepsOf(compile(source)).some(({ outputs }) =>
    outputs.some(({ capture }) => capture.kind === "answer" && (capture.choices ?? []).length > 1),
  );
  return sets.flatMap((values) =>
    choosing
      ? ([
          [values, "first"],
          [values, "last"],
        ] as const)
      : ([[values, "first"]] as const),
  );
}

function sampleOf(declaration: AnyRunbook["params"][string]): PlainValue {
  if (declaration.type === "secret") throw new Error("no shipped runbook has a secret");
  const known = declaration.default ?? declaration.example;
  if (known !== undefined) return typeof known === "object" ? known.seconds : known;
  switch (declaration.type) {
    case "oneOf":
      return declaration.choices[0] as string;
    case "boolean":
      return true;
    case "string":
      return "sample";
    case "duration":
      return 60;
    default:
      return declaration.min ?? 3;
  }
}

one.run();
