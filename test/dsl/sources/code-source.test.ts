import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createSourceReader } from "../../../cli/loading/source-reader.ts";
import {
  type AnyRunbook,
  code,
  compile,
  notNeeded,
  type PlanStep,
  runbook,
  step,
  stepsOf,
} from "../../../dsl/index.ts";
import { functionsOf } from "../../../dsl/plan/functions.ts";
import { instantly } from "../../support/imported-function.ts";

const sources = suite("source of code steps");

async function warmCache(): Promise<string> {
  return "warm";
}

const sample = runbook({ id: "sample", title: "Sample" }, () => [
  step(
    "arrow",
    "Warm the cache",
    code(async ({ log }) => log(await warmCache())),
    { undo: notNeeded("it fills itself") },
  ),
  step(
    "block",
    "Look",
    // what stands around it is not shown
    code.read(({ log }) => {
      // a comment of its own is
      const words: readonly string[] = ["ready"];
      for (const word of words) {
        log(`it is ${word}`);
      }
    }),
  ),
  step("named", "Look by name", code.read(warmCache)),
  step("imported", "Look elsewhere", code.read(instantly)),
  step(
    "undone",
    "Change",
    code(() => "changed"),
    { undo: code(() => "changed back") },
  ),
]) as unknown as AnyRunbook;

const sourceOf = (steps: readonly PlanStep[], id: string): string | undefined => {
  const action = steps.find((candidate) => candidate.id === id)?.action;
  return action?.kind === "code" ? action.source : undefined;
};

sources("is shown as its author wrote it, types and comments too", () => {
  const plan = compile(sample, { sourceOf: createSourceReader() });
  const steps = stepsOf(plan);
  assert.is(sourceOf(steps, "arrow"), "async ({ log }) => log(await warmCache())");
  assert.is(
    sourceOf(steps, "block"),
    [
      "({ log }) => {",
      "  // a comment of its own is",
      '  const words: readonly string[] = ["ready"];',
      "  for (const word of words) {",
      "    log(`it is ${word}`);",
      "  }",
      "}",
    ].join("\n"),
  );
  assert.is(sourceOf(steps, "named"), 'async function warmCache(): Promise<string> {\n  return "warm";\n}');
  assert.match(sourceOf(steps, "imported") ?? "", /^function instantly\(\)/);
  for (const { id, command } of steps) assert.is(command?.text, sourceOf(steps, id));
  const undo = steps.find(({ id }) => id === "undone")?.undo;
  assert.is(undo?.kind === "actions" && undo.actions[0]?.command.text, '() => "changed back"');
});

sources("is the function's own text where no file is read", () => {
  const text = sourceOf(stepsOf(compile(sample)), "block") ?? "";
  assert.match(text, /log\(`it is \$\{word\}`\)/);
});

sources("is a part of the fingerprint, so that other code is another step", () => {
  const fingerprintOf = (source: string) =>
    stepsOf(compile(sample, { sourceOf: () => source })).find(({ id }) => id === "arrow")?.fingerprint;
  assert.is.not(fingerprintOf("one"), fingerprintOf("other"));
});

sources("leaves the functions beside the plan, by step and by undo", async () => {
  const plan = compile(sample);
  const functions = functionsOf(plan);
  assert.equal([...functions.keys()].sort(), ["arrow", "block", "imported", "named", "undo:undone.1", "undone"]);
  assert.is(await functions.get("undo:undone.1")?.({} as never), "changed back");
  assert.is(functionsOf(JSON.parse(JSON.stringify(plan))).size, 0);
});

sources.run();
