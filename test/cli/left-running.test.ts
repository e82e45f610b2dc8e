import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../support/journal-of.ts";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";
import { killIfThere } from "../support/run-fixture.ts";

const test = suite("what a step leaves running");

const daemon =
  'setsid bash -c "echo \\$\\$ > pid; trap \\"touch ended; exit\\" TERM; touch up; while :; do sleep 0.05; done" & until test -e up; do sleep 0.02; done';
const files = (more: string, then: string): Record<string, string> => ({
  "runbooks/a.runbook.ts": runbookText("a", `step("it", "Do it", sh.read\`bash script\`, { ${more} }), ${then}`),
  script: `${daemon}${more === "" ? "" : "; sleep 300"}\n`,
});
const pidIn = (folder: string): number => Number(readFileSync(join(folder, "pid"), "utf8"));

for (const [how, then, exitCode, end] of [
  ["is over", 'step("two", "Two", sh.read`true`)', 0, /^Done/],
  ["stopped at a failure", 'step("two", "Two", sh.read`false`)', 1, /^Failed/],
] as const)
  test(`is named by the record and by the report of a run that ${how}`, async () => {
    if (process.platform !== "linux") return;
    const folder = await project(files("", then));
    try {
      await lockstep("run", "a").in(folder).says(/1 +ok/).prints(end).exits(exitCode);
      const [pid, run] = [pidIn(folder), String(journalOf(folder)[0]?.["run"])];
      await lockstep("log", run)
        .in(folder)
        .prints(new RegExp(`still runs: process ${pid} \\(bash\\) of 1`));
      await lockstep("report", run)
        .in(folder)
        .prints(new RegExp(`Left running.*process ${pid} \\(bash\\) of 1`));
    } finally {
      killIfThere(pidIn(folder));
    }
  });

test("is not named where nothing was left, and not the process of a step itself", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText("a", 'step("it", "Do it", sh.read`sleep 0.1`)'),
  });
  await lockstep("run", "a").in(folder).says(/1 +ok/).prints(/^Done/);
  assert.is(journalOf(folder).at(-1)?.["leaves"], undefined);
  const { stdout } = await lockstep("report").in(folder).prints(/Do it/);
  assert.not.match(stdout, "Left running");
});

test("and is ended with it, since lockstep ended the step, is named where that is told", async () => {
  if (process.platform !== "linux") return;
  const folder = await project(files("timeout: seconds(1)", 'step("two", "Two", sh.read`true`)'));
  await lockstep("run", "a")
    .in(folder)
    .says(/time-out after 1/)
    .prints(/^Failed/)
    .exits(1);
  const what = new RegExp(
    `time-out after 1[^\\n]*; ended with it, outside of its session: process ${pidIn(folder)} \\(bash\\)`,
  );
  await lockstep("report").in(folder).prints(what);
  await lockstep("log").in(folder).prints(what);
  assert.is(journalOf(folder).at(-1)?.["leaves"], undefined);
});

test.run();
