import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../../support/attempt-fixture.ts";
import { guardedProject, guardText, writeText } from "../../../support/guarded-project.ts";
import { assertRecord, closeTerminals, lockstepTerminal } from "../../../support/lockstep-terminal.ts";

const test = suite("a trip in a terminal");
test.after.each(closeTerminals);

const waiting = (options = ""): string =>
  `section("switch", "Switch", [caution("Users notice."), ${guardText()}, ${writeText("one", options)}, wait("linger", "Linger", seconds(60)), ${writeText("never")}])`;

async function start(blocks: string, options: { columns?: number } = {}, args: readonly string[] = []) {
  const guarded = await guardedProject(blocks);
  const window = lockstepTerminal(guarded.folder, ["run", "guarded", ...args], options);
  if (args.includes("--plain")) await window.word(/Type start/, "start");
  else await window.answer(/r start/, "r");
  return { ...guarded, window, effects: (): string => readFileSync(join(guarded.folder, "effects"), "utf8") };
}

test("shows what was seen, what it ends and what is undone, rings the bell and asks nothing", async () => {
  const { window, rate, effects } = await start(waiting());
  await window.waitFor(/^Error rate .* ▁▁/m);
  rate(3.4);
  assert.is(await window.ended(), 4);
  assertRecord(
    window,
    /sleep 60\n✗ GUARD TRIPPED: Error rate 3\.4% is above 1% {2}\d\d:\d\d:\d\d\n {3}3\.5% │ +[▆▇█]\n {8}│ +█\n {8}│ +█\n {3}> 1% │╌+█╌╌╌ alert\n {6}0 │[▁▂]+█\n {9}\d\d:\d\d:\d\d {2,}\d\d:\d\d:\d\d\n/,
  );
  assertRecord(
    window,
    / {2}1\.2 ended after \d+s of 1m 00s\. Nothing new starts\. Rolling back what ran since\n {2}1\.1: Undo 1\.1\. You need not do anything\.\n\n── Undo Phase 1\nUndo 1\.1 {2}Take one back · WRITE\n {5}on {6}this machine\necho undo-one >> effects\n↺ 1\.1 undone {2}0\.\ds {2}\d\d:\d\d:\d\d\n\nRolled back: Guarded\n/,
  );
  assert.is(effects(), "one\nundo-one\n");
  assert.is(window.bells, 1);
  assert.match(window.written(), /\x1b\]2;GUARD TRIPPED · guarded\x07|\x1b\]0;GUARD TRIPPED · guarded\x07/);
  assert.not.match(window.text(), /1\.2 not started|bottom 0/);
});

test("lets a write that runs come to its end, and says so", async () => {
  const slow = `step("slow", "Do slow", sh\`: > begun; until [ -e go ]; do sleep 0.05; done\`, { timeout: seconds(60), undo: undoBy("Take slow back", sh\`echo undo-slow >> effects\`) })`;
  const { window, rate, folder, effects } = await start(
    `section("switch", "Switch", [${guardText()}, ${writeText("one")}, ${slow}, ${writeText("never")}])`,
  );
  await until(() => existsSync(join(folder, "begun")));
  rate(2);
  await window.waitForRecord(/^ {2}1\.2 runs, and is left to end\. Nothing new starts\.$/m);
  await window.waitFor(/^The guard has tripped; nothing new starts\.\n1\.2 running|^1\.2 running \d+s · o output/m);
  writeFileSync(join(folder, "go"), "");
  assert.is(await window.ended(), 4);
  assertRecord(
    window,
    /✓ 1\.2 ok[^\n]*\n\n {2}Rolling back what ran since 1\.1: Undo 1\.2, 1\.1\. You need not do anything\./,
  );
  assert.is(effects(), "one\nundo-slow\nundo-one\n");
});

test("says that it is NOT ROLLED BACK when an undo fails, with its caution, command and log", async () => {
  const failing = `step("one", "Do one", sh\`echo one >> effects\`, { timeout: seconds(60), undo: undoBy("Take one back", sh\`echo cannot; (exit 7)\`) })`;
  const { window, rate } = await start(
    `section("switch", "Switch", [caution("Users notice."), ${guardText()}, ${failing}, wait("linger", "Linger", seconds(60)), ${writeText("never")}])`,
  );
  await window.waitFor(/bottom 0/);
  rate(2);
  assert.is(await window.ended(), 1);
  assertRecord(
    window,
    /✗ Undo 1\.1 failed {2}0\.\ds {2}\d\d:\d\d:\d\d {2}exit code 7\n {5}log {5}(\.lockstep\/runs\/\w{4}\/attempts\/undo=one\.1\.1\/log|\S+)\n/,
  );
  assertRecord(
    window,
    /✗ NOT ROLLED BACK: Undo 1\.1 failed\.\n┃ CAUTION {2}Users notice\.\necho cannot; \(exit 7\)\n {5}log {5}\S+log\n {5}again {3}lockstep rollback \w{4}\n\nNOT ROLLED BACK: Guarded\n/,
  );
  assertRecord(window, /lockstep rollback \w{4} +try again/);
});

test("is a sentence each in plain mode", async () => {
  const { window, rate } = await start(waiting(), {}, ["--plain"]);
  await window.waitForRecord(/^Step 1\.2: 1 minute left\. No alert\./m);
  rate(3.4);
  assert.is(await window.ended(), 4);
  assertRecord(
    window,
    /^GUARD TRIPPED: Error rate 3\.4% is above 1%, at \d\d:\d\d:\d\d\.\nBefore, Error rate was between 0\.1% and 0\.1%\.\n1\.2 ended after \d+s of 1m 00s\. Nothing new starts\. Rolling back what ran since 1\.1: Undo 1\.1\. You need not do anything\.\n\nUndo Phase 1\.\nUndo 1\.1: Take one back\. Write, on this machine\.\nCommand: echo undo-one >> effects\nStep 1\.1 undone, after \d(\.\d)? seconds?, at \d\d:\d\d:\d\d\.$/m,
  );
  assert.not.match(window.text(), /[│▁█╌↺]/);
});

test("fits 40 columns, and has no Unicode where there is none", async () => {
  const { window, rate } = await start(waiting(), { columns: 40 }, ["--ascii"]);
  await window.waitFor(/left, ends/);
  rate(3.4);
  assert.is(await window.ended(), 4);
  const text = window.scrollback();
  assert.match(text, /^x GUARD TRIPPED: Error rate 3\.4% is\n {2}above 1% {2}\d\d:\d\d:\d\d\n {3}3\.5% \| *[:#]\n/m);
  assert.match(text, /^ {4}>1% \|-+#--- alert$/m);
  assert.match(text, /^< 1\.1 undone/m);
  assert.not.match(window.written(), /[^\x00-\x7f]/);
});

test("shows its bound whole, however long it is", async () => {
  for (const bound of [1000, 250000]) {
    const { window, latency } = await start(
      waiting().replace("errorRate.above(percent(1))", `responseTime.above(quantity(${bound}, "ms"))`),
    );
    await window.waitFor(/bottom 0/);
    latency(bound * 1.2);
    assert.is(await window.ended(), 4);
    assertRecord(window, new RegExp(`^>${bound}ms │╌+[▁▂▃▄▅▆▇█]╌╌╌ alert$`, "m"));
  }
});

test("that stops leaves the decision to a person, who arms the guard again", async () => {
  const stops = `guard("limits", "Watch the limits", { alerts: [errorRate.above(percent(1))], interval: seconds(0.2), onTrip: stop })`;
  const { window, rate, folder } = await start(
    `${stops}, ${writeText("one")}, wait("linger", "Linger", seconds(3)), ${writeText("last")}`,
  );
  await window.waitFor(/bottom 0/);
  rate(2);
  assert.is(await window.ended(), 1);
  assertRecord(
    window,
    / {2}2 ended after \ds of 3s\. Nothing new starts\. It stops here, and a person\n {2}decides: lockstep resume \w{4}\n/,
  );
  rate(0.1);
  const again = lockstepTerminal(folder, ["resume"]);
  await again.answer(/r start/, "r");
  await again.answer(/g go on/, "g");
  await again.word(/Why may it go on\?/, "it was a test");
  assert.is(await again.ended(), 0);
  assertRecord(again, /^ {2}guard {4}watches on, says \w+: it was a test$/m);
});

test.run();
