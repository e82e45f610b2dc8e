import { existsSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../support/attempt-fixture.ts";
import { journalOf } from "../support/journal-of.ts";
import { killAttempts } from "../support/kill-attempts.ts";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";
import { assertRecord, closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";

const test = suite("what fails in a run and nobody waits for");
const folders: string[] = [];
test.after.each(() => {
  closeTerminals();
  for (const folder of folders.splice(0)) killAttempts(folder);
});

/** A runbook whose code leaves a failure behind, which comes while the next step runs. */
const forgetful = (failure: string): string =>
  runbookText(
    "forgets",
    `
  step("begin", "Begin", code.read(async () => {
    const { existsSync } = await import("node:fs");
    const fail = () => existsSync("begun") ? ${failure} : setTimeout(fail, 20);
    setTimeout(fail, 20);
  })),
  step("long", "Take long", sh\`bash -c 'echo $$ > begun; sleep 600'\`, { undo: notNeeded("a test") }),
  step("after", "After", sh\`touch after\`, { undo: notNeeded("a test") })`,
  );

const failures: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  [
    "a promise",
    'void Promise.reject(new Error("forgotten"))',
    /^error: something that nobody waits for failed: forgotten\n {2}at runbooks\/forgets\.runbook\.ts:5:\d+\n/m,
  ],
  [
    "a promise of Node's own",
    'void fetch("http://127.0.0.1:1/")',
    /^error: something that nobody waits for failed: fetch failed\. /m,
  ],
  [
    "a timer",
    '(() => { throw new Error("thrown") })()',
    /^error: something that nobody waits for failed: thrown\n {2}at runbooks\/forgets\.runbook\.ts:5:\d+\n/m,
  ],
];

for (const [what, text, says] of failures)
  test(`${what}: the run ends as by SIGTERM, what runs with it, and can be resumed`, async () => {
    const folder = await project({ "runbooks/forgets.runbook.ts": forgetful(text) });
    folders.push(folder);
    await lockstep("run", "forgets")
      .in(folder)
      .says(says, /run {3}failed {4}what runs is told to end\n/, /2 {5}unknown/i)
      .prints(/^Interrupted/)
      .exits(1);
    assert.not(existsSync(join(folder, "after")));
    assert.equal(
      journalOf(folder).flatMap(({ type, step, outcome }) => (type === "finished" ? [`${step} ${outcome}`] : [])),
      ["begin ok", "long unknown"],
    );
    await lockstep("runs")
      .in(folder)
      .prints(/interrupted/)
      .says();
  });

test("in a terminal it stands in the record, and the terminal is given back", async () => {
  const folder = await project({
    "runbooks/forgets.runbook.ts": forgetful('void Promise.reject(new Error("forgotten"))'),
  });
  const window = lockstepTerminal(folder, ["run", "forgets"]);
  await window.answer(/^r start · q quit$/m, "r");
  await until(() => existsSync(join(folder, "begun")));
  assert.is(await window.ended(), 1);
  assertRecord(window, /^error: something that nobody waits for failed: forgotten$/m);
  assertRecord(window, /Goes on with|lockstep resume/);
  assert.not.match(window.text(), /running/);
});

test.run();
