import { suite } from "uvu";
import * as assert from "uvu/assert";
import { guardedProject, guardText, writeText } from "../../../support/guarded-project.ts";
import { assertRecord, closeTerminals, lockstepTerminal } from "../../../support/lockstep-terminal.ts";
import { pause } from "../../../support/terminal.ts";

const test = suite("a wait in a terminal");
test.after.each(closeTerminals);

const blocks = (wait: number): string =>
  `section("switch", "Switch", [${guardText('until: "linger"')}, ${writeText("one")}, wait("linger", "Linger", seconds(${wait}))])`;

async function start(wait: number, options: { columns?: number; rows?: number } = {}, args: readonly string[] = []) {
  const guarded = await guardedProject(blocks(wait));
  const window = lockstepTerminal(guarded.folder, ["run", "guarded", ...args], { rows: 24, ...options });
  if (args.includes("--plain")) await window.word(/Type start/, "start");
  else await window.answer(/r start/, "r");
  return { ...guarded, window };
}

const table = `\n\\d+s left of 1m 00s, ends \\d\\d:\\d\\d:\\d\\d {3}sampled \\ds ago
 {17}now {2}alert {2}bottom 0, top the alert
Error rate {6}0\\.1% {2}> 1% {3}▁+·+
Memory usage {5}60% {2}> 85% {2}▆+·+

n note · b roll back · Ctrl-C asks first: nobody would watch`;

test("shows what is left, and each alert with its value, its bound and a plot that fills up to the end", async () => {
  const { window } = await start(60);
  await window.waitFor(new RegExp(`sleep 60\n${table}$`));
  assert.not.match(window.screen(), /guard to/);
  assert.is(window.title.split(" · ")[0], "1.2 waits");
  assertRecord(window, /1\.2 {2}Linger · wait\n {5}guard {3}undoes Phase 1 at once when one of these is exceeded\n/);
  const plots = /alert\n.*?([▁·]+)\n.*?([▆·]+)\n/.exec(window.screen());
  assert.is(plots?.[1]?.length, 30);
  assert.is(plots?.[2]?.length, 30);
});

test("leaves in the record the whole plot with the highest value", async () => {
  const { window, rate } = await start(4);
  await window.waitFor(/left of 4s/);
  rate(0.6);
  await window.waitFor(/Error rate +0\.6%/);
  rate(0.2);
  assert.is(await window.ended(), 0);
  assertRecord(
    window,
    /sleep 4\n {13}highest {2}alert {2}bottom 0, top the alert\nError rate {6}0\.6% {2}> 1% {3}[▁▂▅]{30}\nMemory usage {5}60% {2}> 85% {2}▆{30}\n✓ 1\.2 ok {2}4(?:\.\d)?s {2}\d\d:\d\d:\d\d {2}\d+ samples, no alert\n/,
  );
  assert.not.match(window.text(), /left of|n note|guard to/);
});

test("gives way to the line of the guard below 14 rows", async () => {
  const { window } = await start(60, { rows: 9 });
  await window.waitFor(
    /left of 1m 00s, ends .*\nguard to 1\.2: no alert; nearest Memory usage 60% \(alert > 85%\), \ds ago\nn note/,
  );
  assert.not.match(window.screen(), /bottom 0/);
  window.resize({ rows: 24 });
  await window.waitFor(/bottom 0, top the alert/);
  assert.not.match(window.screen(), /guard to/);
});

test("shrinks labels and plots below 60 columns", async () => {
  const { window } = await start(60, { columns: 40 });
  await window.waitFor(
    /^\d+s left, ends \d\d:\d\d:\d\d\nError rate {4}0\.1% >1% {3}▁+·+\nMemory usage {3}60% >85% {2}[▅▆]+·+\nn note · b roll back\nCtrl-C asks first: nobody would watch$/m,
  );
  for (const line of window.screen().split("\n")) assert.ok(line.length <= 39, line);
});

test("without Unicode draws tenths of the alert", async () => {
  const { window } = await start(60, {}, ["--ascii"]);
  await window.waitFor(
    /now {2}alert {2}0-9: tenths of the alert\nError rate {6}0\.1% {2}> 1% {3}1+\.+\nMemory usage {5}60% {2}> 85% {2}7+\.+\n\nn note, b roll back, Ctrl-C asks first: nobody would watch/,
  );
  assert.not.match(window.written().replace(/\x1b/g, ""), /[^\x00-\x7f]/);
});

test("stands still, and says so, while the guard has no numbers", async () => {
  const { window, rate } = await start(60);
  await window.waitFor(/bottom 0/);
  rate("nothing");
  await window.waitFor(/stands still[\s\S]*\nError rate +\? {2}> 1% {3}▁[\s\S]*\nr sample again · k go on without/);
  rate(0.1);
  await window.waitFor(/ends \d\d[\s\S]*\nError rate +0\.1%/);
});

test("speaks at its beginning and at every change in plain mode, and is left by a second Ctrl-C", async () => {
  const { window, rate } = await start(90, {}, ["--plain"]);
  await window.waitForRecord(
    /^Step 1\.2: 1 minute 30 seconds left\. No alert\. Error rate 0\.1 percent, alert above 1\. Memory usage 60 percent, alert above 85\.$/m,
  );
  rate("nothing");
  await window.waitForRecord(/^Guard: no number\. Error rate has no number, alert above 1\.$/m);
  rate(0.2);
  await window.waitForRecord(/^Guard: no alert\. Error rate 0\.2 percent, alert above 1\. /m);
  await window.press("ctrl-c");
  await window.waitForRecord(/^Leave\? Then nobody watches, what 1\.1 changed stays, and the wait stands still\.$/m);
  await pause(700);
  await window.press("ctrl-c");
  assert.is(await window.ended(), 130);
  assertRecord(window, /^Stopped at 1\.2, nothing runs, nobody watches\.\nGoes on with: lockstep resume \w{4}$/m);
  assert.not.match(window.text(), /[▁·│]/);
});

test("outside of any guard is left by one Ctrl-C", async () => {
  const { folder } = await guardedProject(`wait("linger", "Linger", seconds(60))`);
  const window = lockstepTerminal(folder, ["run", "guarded"]);
  await window.answer(/r start/, "r");
  await window.waitFor(/left of 1m 00s, ends \d\d:\d\d:\d\d\n(.*\n)*n note · Ctrl-C leaves; what remains is kept$/m);
  await window.press("ctrl-c");
  assert.is(await window.ended(), 130);
  assertRecord(window, /^Stopped at 1, nothing runs\. Goes on with/m);
});

test.run();
