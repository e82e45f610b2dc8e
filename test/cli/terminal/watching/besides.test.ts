import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../../support/attempt-fixture.ts";
import { guardedProject, guardText, writeText } from "../../../support/guarded-project.ts";
import { assertRecord, closeTerminals, lockstepTerminal } from "../../../support/lockstep-terminal.ts";

const test = suite("what runs beside in a terminal");
test.after.each(closeTerminals);

async function start(blocks: string, args: readonly string[] = []) {
  const guarded = await guardedProject(blocks);
  const window = lockstepTerminal(guarded.folder, ["run", "guarded", ...args]);
  if (args.includes("--plain")) await window.word(/Type start/, "start");
  else await window.answer(/r start/, "r");
  return { ...guarded, window };
}

const server = `background("serve", "Serve", sh.read\`echo listening; while [ ! -e go ]; do sleep 0.05; done; echo one more; sleep 60\`, { ready: "listening" })`;
const slow = (id: string): string =>
  `step("${id}", "Look at ${id}", sh.read\`echo ${id}; until [ -e ${id} ]; do sleep 0.05; done\`)`;

test("a background step is shown until it is ready, stays in view, and its end says where the rest is", async () => {
  const { window, folder } = await start(`section("up", "Bring up", [${server}, ${slow("meanwhile")}])`);
  await window.waitFor(/^in the background: 1\.1\n1\.2 running \d+s · o output/m);
  assertRecord(window, /sleep 60 &\n│ listening\n✓ 1\.1 ready {2}\d\d:\d\d:\d\d\n/);
  writeFileSync(join(folder, "go"), "");
  const log = join(folder, ".lockstep/runs");
  await until(() => existsSync(log));
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.not.match(window.screen(), /one more\n.*│/);
  writeFileSync(join(folder, "meanwhile"), "");
  assert.is(await window.ended(), 0);
  assertRecord(
    window,
    /✓ 1\.1 ok {2}\S+ {2}\d\d:\d\d:\d\d {2}ended with its section\n {5}log {5}\.lockstep\/runs\/\w{4}\/attempts\/serve\.1\/log \(1 line since it was\n {13}ready\)\n/,
  );
  assert.not.match(window.text(), /│ one more/);
});

test("each step of a parallel has its line: running, ok, not started", async () => {
  const { window, folder } = await start(`parallel("all", "All at once", [${slow("first")}, ${slow("second")}])`);
  await window.waitFor(/^1\.1 running \d+s\n1\.2 running \d+s\no output · n note · Ctrl-C stops/m);
  writeFileSync(join(folder, "second"), "");
  await window.waitFor(/^1\.1 running \d+s\n1\.2 ok\n1\.1 running|^1\.1 running \d+s\n1\.2 ok\n/m);
  assertRecord(window, /│ second\n✓ 1\.2 ok/);
  writeFileSync(join(folder, "first"), "");
  assert.is(await window.ended(), 0);
  assertRecord(window, /│ first\n✓ 1\.1 ok/);
});

test("two guards have a line each above the menu, and a table together", async () => {
  const second = `guard("memory", "Watch the memory", { alerts: [memory.above(percent(85))], interval: seconds(0.2), onTrip: rollback })`;
  const first = `guard("rates", "Watch the rate", { alerts: [errorRate.above(percent(1))], interval: seconds(0.2), until: "linger", onTrip: rollback })`;
  const { window } = await start(
    `section("switch", "Switch", [${first}, ${second}, ${writeText("one")}, ${slow("look")}, wait("linger", "Linger", seconds(60)), ${writeText("never")}])`,
  );
  await window.waitFor(
    /^guard to 1\.3: no alert; nearest Error rate 0\.1% \(alert > 1%\), \ds ago\nguard to the end: no alert; nearest Memory usage 60% \(alert > 85%\), \ds ago\n1\.2 running/m,
  );
});

test("a guard that is blind asks, and takes its question back when it sees again", async () => {
  const { window, rate } = await start(
    `section("switch", "Switch", [${guardText()}, ${writeText("one")}, ${slow("look")}, ${writeText("never")}])`,
  );
  await window.waitFor(/^guard to the end: no alert/m);
  rate("nothing");
  await window.waitFor(
    /^1\.2 running \d+s\nguard to the end: BLIND, nothing new starts; Error rate, \ds ago\nError rate brings no number: nothing is no number\nr sample again · k go on without · n note · b roll back · q quit · \? more$/m,
  );
  assertRecord(window, /^✗ GUARD BLIND: Error rate brings no number: nothing is no number {2}\d\d:\d\d:\d\d$/m);
  rate(0.2);
  await window.waitForRecord(/^ {5}guard {3}sees again, \d\d:\d\d:\d\d$/m);
  await window.waitFor(/^guard to the end: no alert.*\n1\.2 running/m);
});

test("after a resume says how long nobody watched, and what the first sample showed; the wait goes on", async () => {
  const { window, folder } = await start(
    `section("switch", "Switch", [${guardText()}, ${writeText("one")}, wait("linger", "Linger", seconds(60)), ${writeText("never")}])`,
  );
  await window.waitFor(/^5\ds left of 1m 00s/m);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  window.signal("SIGKILL");
  await window.ended();
  const again = lockstepTerminal(folder, ["resume"]);
  await again.waitForRecord(/^ {2}guard {4}did not watch for \S+; first sample \d\d:\d\d:\d\d, no alert$/m);
  await again.waitFor(/^1\.2 {2}Linger · wait[\s\S]*^5\ds left of 1m 00s[\s\S]*^Error rate .* ▁+·+$/m);
});

test("in plain mode a background step, a parallel and a guard are sentences", async () => {
  const { window, folder, rate } = await start(
    `section("up", "Bring up", [${server}, ${guardText()}, ${writeText("one")}, ${slow("look")}])`,
    ["--plain"],
  );
  await window.waitForRecord(/^Output: listening\nStep 1\.1 ready, at \d\d:\d\d:\d\d\.$/m);
  await window.waitForRecord(/^Step 1\.3: Look at look\./m);
  rate("nothing");
  await window.waitForRecord(
    /^Guard BLIND: Error rate brings no number: nothing is no number, at .*Nothing new starts\.$/m,
  );
  rate(0.1);
  await window.waitForRecord(/^The guard sees again, \d\d:\d\d:\d\d\.$/m);
  writeFileSync(join(folder, "look"), "");
  assert.is(await window.ended(), 0);
});

test.run();
