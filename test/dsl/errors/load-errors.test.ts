import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Refusal } from "../../support/load-errors.ts";
import { actionCases } from "./action-cases.ts";
import { blockCases } from "./block-cases.ts";
import { guardCases } from "./guard-cases.ts";
import { idCases } from "./id-cases.ts";
import { mistakeCases } from "./mistake-cases.ts";
import { parameterCases } from "./parameter-cases.ts";
import { policyCases } from "./policy-cases.ts";
import { refCases } from "./ref-cases.ts";
import { settingCases } from "./setting-cases.ts";
import { undoCases } from "./undo-cases.ts";

const cases = {
  ...mistakeCases,
  ...undoCases,
  ...idCases,
  ...blockCases,
  ...refCases,
  ...guardCases,
  ...settingCases,
  ...parameterCases,
  ...policyCases,
  ...actionCases,
};
/** What a person reads, all of it in one place: the code and the case, message, hint, the source at the place. */
const wording = readFileSync(join(import.meta.dirname, "load-errors.txt"), "utf8");
const told = new Map(
  wording
    .trimEnd()
    .split("\n\n")
    .map((entry) => [entry.split("\n")[0] ?? "", entry]),
);

const errors = suite("errors at load");

for (const [name, refuse] of Object.entries(cases)) {
  errors(name, () => {
    const refusal = refuse();
    assert.is(refusal.code, name.split(":")[0]);
    assert.is(wordsOf(name, refusal), told.get(name));
  });
}

errors("stand in load-errors.txt, and nothing else does", () => {
  assert.equal([...told.keys()].sort(), Object.keys(cases).sort());
});

errors("do not say the word error, and end without a full stop", () => {
  for (const [name, refuse] of Object.entries(cases)) assert.not.match(refuse().message, /\.$|^error\b/i, name);
});

errors("each have a case, or a test of their own where the file is read", () => {
  const source = readFileSync(join(import.meta.dirname, "../../../dsl/errors/error-codes.ts"), "utf8");
  const group = source.slice(source.indexOf("// a runbook that does not load"), source.indexOf("// runs"));
  const codes = [...group.matchAll(/^ {2}"?([a-z-]+)"?: 2,$/gm)].map(([, code = ""]) => code);
  assert.ok(codes.length > 25);
  const covered = new Set(Object.keys(cases).map((name) => name.split(":")[0] ?? ""));
  const left = codes.filter((code) => !covered.has(code) && !reading.includes(code));
  assert.equal(left, []);
});

/** What is wrong with a file before it is a runbook: `test/cli/loading.test.ts`. */
const reading = ["syntax-error", "load-failed", "no-default-export"];

/** The place is told apart by how the source goes on there. */
function wordsOf(name: string, { message, hint = "(no hint)", at = "(no place)" }: Refusal): string {
  return [name, message, hint, `at ${at.slice(0, 24).trim()}`].join("\n  ");
}

errors.run();
