import { join } from "node:path";
import { compile, type Plan, stepsOf } from "lockstep";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { blocksOf } from "../renderers/markdown/read-markdown.ts";
import { exampleValues, runbooks } from "../runbooks/shipped-runbooks.ts";
import { lockstep } from "../support/lockstep-command.ts";

const project = join(import.meta.dirname, "..", "..");
const one = suite("one text, by the command");

for (const source of runbooks) {
  one(`${source.id}: plan --json, run --dry-run --json and docs --stdout`, async () => {
    const values = Object.entries(exampleValues(source));
    const flags = compile(source).parameters.flatMap(({ name, flag, value }) => {
      const example = values.find(([known]) => known === name)?.[1];
      return value === undefined && example !== undefined ? ["-p", `${flag}=${String(example)}`] : [];
    });
    const missing = compile(source, { values: Object.fromEntries(values) }).parameters.flatMap((parameter) =>
      parameter.value === undefined ? ["-p", `${parameter.flag}=${anyOf(parameter)}`] : [],
    );
    const given = [...flags, ...missing];
    const [planned, dry, page] = await Promise.all([
      lockstep("plan", source.id, "--json", ...given)
        .in(project)
        .prints(/./),
      lockstep("run", source.id, "--dry-run", "--json", ...given)
        .in(project)
        .prints(/./),
      lockstep("docs", source.id, "--stdout", ...given)
        .in(project)
        .prints(/./),
    ]);
    const plan = JSON.parse(planned.stdout) as Plan;
    const commands = stepsOf(plan).map(({ id, command }) => `${id}: ${command?.text}`);
    const events = dry.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as DryLine);
    const told = events.flatMap(({ type, step, command }) => (type === "step" ? [`${step.id}: ${command}`] : []));
    assert.equal(told, commands);
    const blocks = blocksOf(page.stdout, "bash").map((block) => `\n${block}\n`);
    for (const { id, command, action } of stepsOf(plan))
      if (command && action.kind !== "gate")
        assert.ok(
          blocks.some((block) => block.includes(`\n${command.text}\n`)),
          id,
        );
  });
}

interface DryLine {
  readonly type: string;
  readonly step: { readonly id: string };
  readonly command?: string;
}

function anyOf({ declaration }: Plan["parameters"][number]): string {
  if (declaration.type === "oneOf") return declaration.choices[0] ?? "";
  return declaration.type === "integer" ? "3" : "sample";
}

one.run();
