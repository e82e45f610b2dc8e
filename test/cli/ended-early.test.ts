import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";
import { start } from "../support/people-window.ts";

const test = suite("what had begun, and ended before it was done");
test.after.each(closeTerminals);

const runbook = (...blocks: readonly string[]): Readonly<Record<string, string>> => ({
  "runbooks/early.runbook.ts": `import { background } from "lockstep";\n${runbookText("early", blocks.join(", "))}`,
});
const serve = `background("serve", "Serve", sh.read\`echo up; sleep 600\`, { ready: "up" })`;
const settle = `wait("settle", "Settle", seconds(90))`;

test("is said by how far it came, in the lines of a run and in its log, and not to be not started", async () => {
  const folder = await project(runbook(serve, settle));
  const { stderr } = await lockstep("run", "early")
    .in(folder)
    .sends("SIGINT", /2 +running/)
    .says(/ 1 +ended +with the run$/m, / 2 +left +after \d+s of 1m 30s$/m)
    .prints(/^Interrupted/)
    .exits(130);
  const { stdout } = await lockstep("log")
    .in(folder)
    .prints(/ 1 +ready$/m, / 1 +ended +\S+ +with the run$/m, / 2 +left +\S+ +after \d+s of 1m 30s$/m);
  assert.not.match(stderr + stdout, /not started|ended early|had passed/);
});

test("is said so by the head of a resume, and in its record", async () => {
  const folder = await project(runbook(settle));
  await lockstep("run", "early")
    .in(folder)
    .sends("SIGINT", /1 +running/)
    .says(/stopped/)
    .prints(/^Interrupted/)
    .exits(130);
  const window = lockstepTerminal(folder, ["resume"], { rows: 30 });
  await window.waitFor(start);
  assert.match(window.text(), /^ +next +1 Settle: left after \d+s of 1m 30s, at \d\d:\d\d:\d\d$/m);
  await window.answer(start, "r");
  await window.waitFor(/left of 1m 30s/);
  await window.press("ctrl-c");
  await window.waitForRecord(/– 1 left after \d+s of 1m 30s {2}\d\d:\d\d:\d\d$/m);
  assert.not.match(window.text(), /not started|had passed/);
});

test("is said so where a background step ends with a run that a person leaves", async () => {
  const folder = await project(runbook(serve, `manual("look", "Look", {})`));
  const window = lockstepTerminal(folder, ["run", "early"], { rows: 30 });
  await window.answer(start, "r");
  await window.answer(/^d done/m, "q");
  await window.ended();
  assert.match(window.text(), /^– 1 ended with the run {2}\d\d:\d\d:\d\d$/m);
  assert.not.match(window.text(), /not started/);
});

test.run();
