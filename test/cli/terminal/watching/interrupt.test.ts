import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../../support/attempt-fixture.ts";
import { guardedProject, guardText, writeText } from "../../../support/guarded-project.ts";
import { assertRecord, closeTerminals, lockstepTerminal } from "../../../support/lockstep-terminal.ts";
import { pause } from "../../../support/terminal.ts";

const test = suite("Ctrl-C and b while something runs");
test.after.each(closeTerminals);

/** A key that comes again within half a second counts as held down. */
const released = 700;

const slow = (command: string): string => `sh\`: > begun; ${command}\``;
const untilGo = "until [ -e go ]; do sleep 0.05; done";
const stubborn = "(trap '' TERM; while :; do sleep 0.05; done)";

async function start(blocks: string, args: readonly string[] = []) {
  const guarded = await guardedProject(blocks);
  const window = lockstepTerminal(guarded.folder, ["run", "guarded", ...args], { rows: 30 });
  if (!args.includes("--step")) await window.answer(/r start/, "r");
  const hasBegun = (): Promise<void> => until(() => existsSync(join(guarded.folder, "begun")));
  const effects = (): string => readFileSync(join(guarded.folder, "effects"), "utf8");
  return { ...guarded, window, hasBegun, effects };
}

const guardedWait = `section("switch", "Switch", [${guardText()}, ${writeText("one")}, wait("linger", "Linger", seconds(60)), ${writeText("never")}])`;

test("a wait in a guard's range is left by the second one only, after it said that nobody watches", async () => {
  const { window } = await start(guardedWait);
  await window.waitFor(/bottom 0/);
  await window.press("ctrl-c");
  await window.waitFor(
    /Memory usage .*\n\nLeave\? Then nobody watches, what 1\.1 changed stays, and the wait stands still\.\nCtrl-C again within 5s leaves\. Any other key stays\.$/,
  );
  await window.type("x");
  await pause(released);
  await window.waitFor(/n note · b roll back · Ctrl-C asks first: nobody would watch$/);
  await window.press("ctrl-c");
  await window.waitFor(/^Leave\?/m);
  await pause(released);
  await window.press("ctrl-c");
  assert.is(await window.ended(), 130);
  assertRecord(window, /^Stopped at 1\.2, nothing runs, nobody watches\.\nGoes on with: lockstep resume \w{4}$/m);
});

test("b undoes what ran since the guard once the word is typed, while the wait goes on", async () => {
  const { window, effects } = await start(guardedWait);
  await window.answer(/b roll back/, "b");
  await window.waitFor(
    /bottom 0[\s\S]*\nTo undo what ran since 1\.1, type rollback and Enter\. Esc: no\. 1\.2 goes on\nmeanwhile\.\n>/,
  );
  await pause(released);
  await window.type("roll");
  await window.waitFor(/^> roll/m);
  await window.press("enter");
  await window.waitFor(/^"roll" is not "rollback"\. Nothing was done\./m);
  await window.type("rollback\r");
  assert.is(await window.ended(), 4);
  assertRecord(window, /Rolling back what ran since 1\.1: Undo 1\.1\. \w+ decided to go back\./);
  assertRecord(window, /── Undo Phase 1\nUndo 1\.1 {2}Take one back · WRITE\n[\s\S]*↺ 1\.1 undone/);
  assert.is(effects(), "one\nundo-one\n");
});

test("a read ends at once and comes back to its menu", async () => {
  const { window, hasBegun } = await start(`step("look", "Look", sh.read\`: > begun; ${untilGo}\`)`, ["--step"]);
  await window.answer(/^r run/m, "r");
  await hasBegun();
  await window.waitFor(/^1 running \d+s · o output · n note · Ctrl-C stops it$/m);
  await window.press("ctrl-c");
  await window.answer(/– 1 not started {2}[\s\S]*^r run · s skip/m, "q");
  assert.is(await window.ended(), 3);
});

test("a read that does not end is killed by the next one", async () => {
  const { window, hasBegun } = await start(`step("look", "Look", sh.read\`: > begun; ${stubborn}\`)`, ["--step"]);
  await window.answer(/^r run/m, "r");
  await hasBegun();
  await window.press("ctrl-c");
  await window.waitFor(/^1 is told to end, and has 10s to do so\. Ctrl-C again kills it\.$/m);
  await pause(released);
  const before = performance.now();
  await window.press("ctrl-c");
  await window.waitFor(/– 1 not started {2}[\s\S]*^r run · s skip/m);
  assert.ok(performance.now() - before < 8_000, "it did not wait for the rest of its ten seconds");
});

test("a write is ended by the second one only, and then what became of it is asked", async () => {
  const { window, hasBegun, folder } = await start(
    `step("one", "Do one", ${slow(untilGo)}, { undo: notNeeded("a test") })`,
  );
  await hasBegun();
  await window.waitFor(/^1 running \d+s · o output · n note · Ctrl-C asks first$/m);
  await window.press("ctrl-c");
  await window.waitFor(
    /^1 is changing this machine\. Ended midway, its outcome is unknown;\nwaiting is safer\. Ctrl-C again within 5s ends it\. Any other key waits\.$/m,
  );
  await window.type("x");
  await pause(released);
  await window.waitFor(/Ctrl-C asks first$/m);
  assert.not.ok(existsSync(join(folder, "go")));
  await window.press("ctrl-c");
  await window.waitFor(/^1 is changing/m);
  await pause(released);
  await window.press("ctrl-c");
  await window.waitFor(/1 may have happened, or not, or half\./);
  assertRecord(window, /✗ 1 unknown/);
  await window.word(/> $|>\s/, "there");
  await window.word(/How did you see it/, "I looked");
  assert.is(await window.ended(), 0);
});

test("a rollback stops after the undo that runs now, at the second one", async () => {
  const held = `step("two", "Do two", sh\`echo two >> effects\`, { timeout: seconds(60), undo: undoBy("Take two back", ${slow(untilGo)}) })`;
  const { window, hasBegun, folder, effects, rate } = await start(
    `section("switch", "Switch", [${guardText()}, ${writeText("one")}, ${held}, wait("linger", "Linger", seconds(60))])`,
  );
  await window.waitFor(/bottom 0/);
  rate(2);
  await hasBegun();
  await window.waitFor(/^Undo 1\.2 running \d+s · o output · n note · Ctrl-C asks first$/m);
  await window.press("ctrl-c");
  await window.waitFor(/^Ctrl-C again within 5s stops after the undo that runs now\.$/m);
  await pause(released);
  await window.press("ctrl-c");
  writeFileSync(join(folder, "go"), "");
  assert.is(await window.ended(), 130);
  assertRecord(window, /↺ 1\.2 undone/);
  assertRecord(window, /lockstep rollback \w{4}/);
  assert.is(effects(), "one\ntwo\n");
});

test("a gate in a guard's range asks as a wait does", async () => {
  const { window } = await start(
    `section("switch", "Switch", [${guardText()}, ${writeText("one")}, gate("steady", "Look whether it is steady", { failIf: [errorRate.above(percent(1))], hold: seconds(60), interval: seconds(0.2) }), ${writeText("never")}])`,
  );
  await window.waitFor(/left of 1m 00s[\s\S]*Ctrl-C asks first: nobody would watch$/);
  assert.match(window.screen(), /^guard to the end: no alert; nearest Memory usage 60%/m);
  await window.press("ctrl-c");
  await window.waitFor(/^Leave\? Then nobody watches/m);
  await pause(released);
  await window.press("ctrl-c");
  assert.is(await window.ended(), 130);
});

test("a watch ends, like d, and leaves its last picture in the record", async () => {
  const { window, folder } = await start(
    `watch("pods", "Watch the pods", sh.read\`cat rate\`, { until: "they are level", interval: seconds(0.3) })`,
  );
  await window.waitFor(/│ 0\.1[\s\S]*Ctrl-C ends the watch, like d/);
  writeFileSync(join(folder, "rate"), "picture 2");
  await window.waitFor(/│ picture 2/);
  assert.not.match(window.screen(), /│ 0\.1/);
  await window.press("ctrl-c");
  assert.is(await window.ended(), 0);
  assertRecord(window, /\n│ picture 2\n✓ 1 ok .*seen by/);
  assert.not.match(window.text(), /│ 0\.1/);
});

test.run();
