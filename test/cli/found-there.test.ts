import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../support/attempt-fixture.ts";
import { killAttempts } from "../support/kill-attempts.ts";
import { lockstep, project } from "../support/lockstep-command.ts";

const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const test = suite("approve --found there --output");

const runbook = `import { notNeeded, output, runbook, sh, step } from "lockstep";
const undo = notNeeded("a test");
const make = step("make", "Make it", sh\`touch begun; sleep 300; cat made.json\`, { undo, outputs: {
  version: output.json({ type: "string", pattern: "^v[0-9]+$" }, { pointer: "/status/version" }),
  count: output.json({ type: "integer", minimum: 2 }, { pointer: "/count" }),
  spare: output.text(),
} });
export default runbook({ id: "making", title: "Making" }, () => [
  make,
  step("use", "Use it", sh\`printf '%s %s\\n' \${make.outputs.version} \${make.outputs.count} > used\`, { undo }),
]);
`;

/** A run that was killed with its step: nobody knows what became of it. */
async function unknownRun(): Promise<{ readonly folder: string; readonly run: string }> {
  const folder = await project({ "runbooks/making.runbook.ts": runbook });
  const child = spawn(process.execPath, [binary, "run", "making", "--auto"], { cwd: folder, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    await until(() => existsSync(join(folder, "begun")));
  } finally {
    child.kill("SIGKILL");
    await ended;
    killAttempts(folder);
  }
  await lockstep("resume")
    .in(folder)
    .exits(75)
    .prints(/^Suspended/)
    .says(/1 {5}asks/);
  return { folder, run: readdirSync(join(folder, ".lockstep/runs"))[0] ?? "" };
}

test("wants the values that others use, each as its output is declared, and the run goes on with them", async () => {
  const { folder, run } = await unknownRun();
  const say = (...outputs: readonly string[]) =>
    lockstep(
      "approve",
      run,
      "make",
      "--found",
      "there",
      "--how",
      "kubectl shows it",
      ...outputs.flatMap((given) => ["--output", given]),
    ).in(folder);
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [
      [],
      /: 1 gives version, which others use, and nobody has said what it is\. Add --output version=\.\.\. --output count=\.\.\.\n$/,
    ],
    [['version="v7"'], /: 1 gives count, which others use/],
    [["version=seven", "count=3"], /: version: that is no JSON/],
    [['version="seven"', "count=3"], /: version: the JSON does not fit: data must match pattern/],
    [['version="v7"', "count=1"], /: count: the JSON does not fit: data must be >= 2/],
    [['version="v7"', "count=many"], /: count: /],
    [['version={"status":{"version":"v7"}}', "count=3"], /: version: the JSON does not fit: data must be string/],
    [['version="v7"', "count="], /: count: that is no value/],
    [['version="v7"', "count=3", "other=1"], /: nobody asked for other/],
    [["version"], /--output version has no value/],
  ];
  for (const [outputs, words] of wrong)
    await say(...outputs)
      .exits(2)
      .says(words);
  await lockstep("approve", run, "make", "--output", 'version="v7"')
    .in(folder)
    .exits(2)
    .says(/--output needs --found there/);
  await lockstep("approve", run, "make", "--found", "missing", "--how", "looked", "--output", 'version="v7"')
    .in(folder)
    .exits(2)
    .says(/--output needs --found there/);
  assert.not(existsSync(join(folder, "used")));
  await say("version=v7", "count=3").prints(/^✓ 1 .*Goes on with: lockstep resume/);
  await lockstep("resume")
    .in(folder)
    .prints(/^Done/)
    .says(/2 {5}ok/);
  assert.is(readFileSync(join(folder, "used"), "utf8"), "v7 3\n");
  const { stdout } = await lockstep("log", "--json").in(folder).prints(/./);
  assert.match(stdout, "kubectl shows it");
});

test.run();
