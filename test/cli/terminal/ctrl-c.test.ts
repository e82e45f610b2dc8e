import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../support/attempt-fixture.ts";
import { guardedProject, guardText, writeText } from "../../support/guarded-project.ts";
import { journalOf } from "../../support/journal-of.ts";
import {
  assertRecord,
  closeTerminals,
  type LockstepTerminal,
  lockstepTerminal,
} from "../../support/lockstep-terminal.ts";
import { pause } from "../../support/terminal.ts";

const test = suite("Ctrl-C in a terminal, row by row");
test.after.each(closeTerminals);

/** A key that comes again sooner may be held down. */
const released = 800;

const undo = '{ undo: notNeeded("a test") }';
const inGuard = `section("switch", "Switch", [${guardText()}, ${writeText("one")}, step("look", "Look", sh.read\`test -e found\`), ${writeText("never")}])`;

async function open(blocks: string, args: readonly string[] = []) {
  const guarded = await guardedProject(blocks);
  const window = lockstepTerminal(guarded.folder, ["run", "guarded", ...args], { rows: 30 });
  if (args.length === 0) await window.answer(/^r start/m, "r");
  return { ...guarded, window };
}

/** Presses Ctrl-C where the window shows it, and lets go. */
async function interrupt(window: LockstepTerminal, shown: RegExp): Promise<void> {
  await window.waitFor(shown);
  await pause(released);
  await window.press("ctrl-c");
}

const stoppedAt = (number: string): RegExp =>
  new RegExp(
    `^Stopped at ${number.replace(".", "\\.")}, nothing runs[^\\n]*\\.\\s+Goes on with: lockstep resume \\w{4}$`,
    "m",
  );

for (const [menu, blocks, args, shown, at] of [
  ["before a step", writeText("one"), ["--step"], /^r run · s skip/m, "1"],
  ["at a caution", `caution("Mind"), ${writeText("one")}`, ["--step"], /^c caution read/m, "1"],
  ["at a checklist", 'checklist("gates", "Gates", ["One"])', [], /^0 of 1/m, "1"],
  ["at a manual step", 'manual("call", "Call", {})', [], /^d done/m, "1"],
  ["at an approval", 'approval("go", "Go on", { by: ["anybody"] })', [], /^a approve/m, "1"],
  ["after a failure", 'step("look", "Look", sh.read`false`)', [], /^r run again/m, "1"],
] as const)
  test(`a menu ${menu}: leaves with 130, and says how to go on`, async () => {
    const { window, folder } = await open(blocks, args);
    await interrupt(window, shown);
    assert.is(await window.ended(), 130);
    assertRecord(window, stoppedAt(at));
    assert.is(journalOf(folder).at(-1)?.["reason"], "interrupted");
  });

for (const [menu, args, shown] of [
  ["before a step", ["--step"], /^2\.1|^1\.2 {2}Look · read\n[\s\S]*^r run · s skip/m],
  ["after a failure", [], /^r run again · o output · b roll back now/m],
] as const)
  test(`a menu ${menu} in a guard's range: says that nobody would watch, then leaves`, async () => {
    const { window, folder } = await open(inGuard, args);
    if (args.length > 0) await window.answer(/^1\.1 {2}Do one[\s\S]*^r run/m, "r");
    await interrupt(window, shown);
    await window.waitFor(/^Leave\? Then nobody watches, and what ran since 1\.1 stays\. Again within 5s\s+leaves\./m);
    assert.is(window.exitCode, undefined);
    await interrupt(window, /^Leave\?/m);
    assert.is(await window.ended(), 130);
    assertRecord(window, stoppedAt("1.2"));
    assert.is(readFileSync(join(folder, "effects"), "utf8"), "one\n");
  });

test("a menu in a guard's range: another key in between takes the first one back", async () => {
  const { window } = await open(inGuard);
  await interrupt(window, /^r run again/m);
  await window.answer(/^Leave\?/m, "\x1b");
  await window.answer(/^r run again/m, "n");
  await window.answer(/^A note/m, "\x1b");
  await interrupt(window, /^r run again/m);
  await window.waitFor(/^Leave\?/m);
  assert.is(window.exitCode, undefined);
});

test("a typed line: back to the menu, again leaves", async () => {
  const { window, folder } = await open(writeText("one"), ["--step"]);
  await window.answer(/^r run/m, "s");
  await window.answer(/^Why is 1 skipped/m, "becau");
  await interrupt(window, /^> becau/m);
  await interrupt(window, /^r run · s skip/m);
  assert.is(await window.ended(), 130);
  assertRecord(window, stoppedAt("1"));
  assert.not.ok(existsSync(join(folder, "effects")));
});

test("a typed line before a run: leaves with 130 where there is no menu behind it", async () => {
  const { folder, window } = await open(writeText("one"), ["--step"]);
  await window.answer(/^r run/m, "r");
  assert.is(await window.ended(), 0);
  const again = lockstepTerminal(folder, ["rollback"]);
  await interrupt(again, /type rollback and Enter/);
  assert.is(await again.ended(), 130);
  assertRecord(again, /^Nothing has begun\.$/m);
});

test("the question what became of a write: back to its menu, again leaves, and it stays unknown", async () => {
  const { window, folder } = await open(
    `step("one", "Do one", sh\`: > begun; until [ -e go ]; do sleep 0.05; done\`, ${undo})`,
  );
  await until(() => existsSync(join(folder, "begun")));
  await interrupt(window, /Ctrl-C asks first$/);
  await interrupt(window, /Ctrl-C again within 5s ends it/);
  await interrupt(window, /then type what you found:/);
  await interrupt(window, /^t type what you found · ! shell/m);
  assert.is(await window.ended(), 130);
  const again = lockstepTerminal(folder, ["resume"]);
  await again.answer(/^r start/m, "r");
  await again.answer(/then type what you found:/, "\x1b");
  await again.answer(/^t type what you found/m, "q");
  assert.is(await again.ended(), 3);
});

const stubborn = ": > begun; (trap '' TERM; while :; do sleep 0.05; done)";

test("a running write: says what ending it means, then TERM, then KILL", async () => {
  const { window, folder } = await open(`step("one", "Do one", sh\`${stubborn}\`, ${undo})`);
  await until(() => existsSync(join(folder, "begun")));
  await interrupt(window, /^1 running .*Ctrl-C asks first$/m);
  await interrupt(window, /^1 is changing this machine\./m);
  await window.waitFor(
    /^1 was told to end, and has 10s to do so\. Ctrl-C again kills it\.$|^1 running .*Ctrl-C kills it$/m,
  );
  const before = performance.now();
  await interrupt(window, /kills it/);
  await window.waitFor(/1 may have happened, or not, or half\./);
  assert.ok(performance.now() - before < 9_000, "it did not wait for the rest of its ten seconds");
});

test("a second one that comes as a held key does: ends nothing, and says so", async () => {
  const { window, folder } = await open(
    `step("one", "Do one", sh\`: > begun; until [ -e go ]; do sleep 0.05; done\`, ${undo})`,
  );
  await until(() => existsSync(join(folder, "begun")));
  await interrupt(window, /Ctrl-C asks first$/);
  await window.waitFor(/^1 is changing this machine\./m);
  for (let time = 0; time < 20; time += 1) await window.press("ctrl-c");
  await window.waitFor(
    /^Ctrl-C came again as soon as a key does that is held down, and counts once\. Let\s+go, then press it again\.\n1 is changing this machine\./m,
  );
  assert.not(journalOf(folder).some(({ type }) => type === "finished"));
  await interrupt(window, /Ctrl-C again within 5s ends it/);
  await window.waitFor(/1 may have happened, or not, or half\./);
});

test("a gate outside of any guard's range: leaves with 130", async () => {
  const { window } = await open(
    `gate("steady", "Look whether it is steady", { failIf: [errorRate.above(percent(1))], hold: seconds(60), interval: seconds(0.2) })`,
  );
  await interrupt(window, /left of 1m 00s[\s\S]*Ctrl-C leaves; what remains is kept$/);
  assert.is(await window.ended(), 130);
  assertRecord(window, stoppedAt("1"));
});

test("two writes side by side: both are named, and both end", async () => {
  const slow = (id: string): string =>
    `step("${id}", "Do ${id}", sh\`: > ${id}; until [ -e go ]; do sleep 0.05; done\`, ${undo})`;
  const { window, folder } = await open(`parallel("all", "All", [${slow("one")}, ${slow("two")}])`);
  await until(() => existsSync(join(folder, "one")) && existsSync(join(folder, "two")));
  await interrupt(window, /Ctrl-C asks first$/);
  await interrupt(window, /^1\.1, 1\.2 are changing this machine\. Ended midway, their outcome is unknown;$/m);
  await window.waitFor(/1\.[12] may have happened, or not, or half\./);
  await until(
    () => journalOf(folder).filter(({ type, outcome }) => type === "finished" && outcome === "unknown").length === 2,
  );
});

test("a rollback: stops after the undo that runs; a third one asks before it ends that undo, which is asked about then", async () => {
  const held = `step("one", "Do one", sh\`echo one >> effects\`, { timeout: seconds(60), undo: undoBy("Take one back", sh\`: > begun; until [ -e go ]; do sleep 0.05; done; echo undone >> effects\`) })`;
  const { window, folder, rate } = await open(
    `section("switch", "Switch", [${guardText()}, ${held}, wait("linger", "Linger", seconds(60)), ${writeText("never")}])`,
  );
  await window.waitFor(/bottom 0/);
  rate(2);
  await until(() => existsSync(join(folder, "begun")));
  await interrupt(window, /^Undo 1\.1 running .*Ctrl-C asks first$/m);
  await interrupt(window, /^Ctrl-C again within 5s stops after the undo that runs now\.$/m);
  await interrupt(window, /^Undo 1\.1 running .* · stops then; Ctrl-C asks first$/m);
  await interrupt(window, /^Undo 1\.1 is changing this machine\. Ended midway, its outcome is unknown;/m);
  assert.is(await window.ended(), 130);
  writeFileSync(join(folder, "go"), "");
  assert.is(readFileSync(join(folder, "effects"), "utf8"), "one\n");
  const again = lockstepTerminal(folder, ["rollback"], { rows: 30 });
  await again.word(/type rollback and Enter/, "rollback");
  await again.word(
    /^── Undo Phase 1\nUndo 1\.1 {2}Take one back · WRITE · unknown\n[\s\S]*then type what you found:/m,
    "missing",
  );
  await again.word(/^How did you see it\?/m, "it was cut off");
  assert.is(await again.ended(), 4);
  assert.is(readFileSync(join(folder, "effects"), "utf8"), "one\nundone\n");
});

test.run();
