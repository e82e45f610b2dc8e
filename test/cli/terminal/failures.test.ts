import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../../support/journal-of.ts";
import { project } from "../../support/lockstep-command.ts";
import { closeTerminals, type LockstepTerminal, lockstepTerminal } from "../../support/lockstep-terminal.ts";

const test = suite("failures in a terminal");
test.after.each(closeTerminals);

const failed = /^r run again · s skip · o output · b roll back · q quit · \? more$/m;

const runbook = `import { notNeeded, runbook, section, seconds, sh, step } from "lockstep";
export default runbook({ id: "three", title: "Three steps", sections: "Phase" }, () => [
  section("one", "Change", [
    step("made", "Make it", sh\`echo made >> effects\`, { undo: sh\`echo unmade >> effects\` }),
    step("kept", "Keep it", sh\`echo kept >> effects\`, { undo: notNeeded("it does no harm") }),
    step("looked", "Look at it", sh.read\`cat result\`, { expect: "good" }),
  ]),
]);
`;

async function open(): Promise<{ folder: string; window: LockstepTerminal }> {
  const folder = await project({ "runbooks/three.runbook.ts": runbook });
  const window = lockstepTerminal(folder, ["run", "three"], { env: { PAGER: "cat" } });
  await window.answer(/^r start · q quit$/m, "r");
  return { folder, window };
}

const effects = (folder: string): string[] => readFileSync(join(folder, "effects"), "utf8").trim().split("\n");

test("a failure says its log and what a rollback would undo, and r runs it again", async () => {
  const { window, folder } = await open();
  await window.waitFor(failed);
  assert.match(
    window.text(),
    /^│ cat: result: No such file or directory\n✗ 1\.3 failed {2}\d\.\ds {2}\d\d:\d\d:\d\d {2}exit code 1[\s\S]*?\n {5}log {5}\.lockstep\/runs\/\w{4}\/attempts\/looked\.1\/log\n {5}undo {4}roll back would undo 1\.1; 1\.2 stays\n\nr run again/m,
  );
  const log = /log {5}(\S+)/.exec(window.text())?.[1] ?? "";
  assert.match(readFileSync(join(folder, log), "utf8"), /No such file/);
  assert.match(window.title, /^FAILED 1\.3 · three$/);
  writeFileSync(join(folder, "result"), "good\n");
  await window.answer(failed, "r");
  assert.is(await window.ended(), 0);
  assert.match(window.text(), /^1\.3 {2}Look at it · read · attempt 2\n/m);
  assert.match(window.text(), /^│ good\n✓ 1\.3 ok .* as expected$/m);
});

test("o shows all that it printed, s skips with a reason", async () => {
  const { window, folder } = await open();
  await window.answer(failed, "o");
  await window.waitForRecord(/^cat: result: No such file or directory$/m);
  await window.answer(failed, "s");
  await window.word(/^Why does the run go on without 1\.3\? It is kept\. Esc: not skipped\.$/m, "it comes later");
  assert.is(await window.ended(), 0);
  assert.match(window.text(), /^– 1\.3 skipped {2}\d\d:\d\d:\d\d {2}by \w+: it comes later$/m);
  assert.equal(effects(folder), ["made", "kept"]);
});

test("what was only expected can be kept as ok, with a reason", async () => {
  const folder = await project({ "runbooks/three.runbook.ts": runbook, result: "bad\n" });
  const window = lockstepTerminal(folder, ["run", "three"]);
  await window.answer(/^r start · q quit$/m, "r");
  await window.answer(failed, "k");
  await window.word(/^Why does 1\.3 count as ok all the same\? It is kept\. Esc: it does not\.$/m, "bad is good today");
  assert.is(await window.ended(), 0);
  assert.match(window.text(), /^✓ 1\.3 ok \(overruled\) .*by \w+: bad is good today$/m);
});

test("b undoes what ran once its word is typed", async () => {
  const { window, folder } = await open();
  await window.answer(failed, "b");
  await window.word(/^To undo what ran \(1\.1\), type rollback and Enter\. Esc: no\.$/m, "roll");
  await window.waitFor(/^"roll" is not "rollback"\. Nothing was done\. Esc goes back\.$/m);
  assert.equal(effects(folder), ["made", "kept"]);
  await window.type("rollback\r");
  assert.is(await window.ended(), 4);
  assert.equal(effects(folder), ["made", "kept", "unmade"]);
  assert.match(window.text(), /^Rolled back: Three steps$/m);
});

test("q stops, and resume shows where it stands, asks once, and goes on", async () => {
  const { window, folder } = await open();
  await window.answer(failed, "q");
  assert.is(await window.ended(), 3);
  const run = String(journalOf(folder)[0]?.run);
  assert.match(
    window.text(),
    new RegExp(`^Stopped at 1\\.3, nothing runs\\. Goes on with: lockstep resume ${run}$`, "m"),
  );
  assert.not.match(window.text(), /^Next$/m);
  writeFileSync(join(folder, "result"), "good\n");

  const again = lockstepTerminal(folder, ["resume"]);
  await again.waitFor(/^r start · q quit$/m);
  const screen = again.screen();
  assert.match(
    screen,
    new RegExp(`^ {2}run {6}${run}, stops for people, started \\d\\d:\\d\\d:\\d\\d by \\w+, stopped \\S+ ago$`, "m"),
  );
  assert.match(screen, /^ {2}runbook {2}unchanged \([0-9a-f]{12}\)$/m);
  assert.match(screen, /^ {2}done {5}1\.1, 1\.2$/m);
  assert.match(screen, /^ {2}next {5}1\.3 Look at it: failed at \d\d:\d\d:\d\d, exit code 1/m);
  await again.answer(/^r start · q quit$/m, "r");
  assert.is(await again.ended(), 0);
  assert.match(again.text(), /^1\.3 {2}Look at it · read · attempt 2$/m);
  assert.equal(effects(folder), ["made", "kept"]);
});

test("a run that went step by step is resumed so", async () => {
  const folder = await project({ "runbooks/three.runbook.ts": runbook });
  const window = lockstepTerminal(folder, ["run", "three", "--step"]);
  await window.answer(/^r run · s skip · v view · n note · q quit · \? more$/m, "q");
  await window.ended();
  const again = lockstepTerminal(folder, ["resume"]);
  await again.answer(/^1\.1 {2}Make it · WRITE\n[\s\S]*^r run · s skip/m, "q");
  assert.is(await again.ended(), 3);
  assert.match(again.text(), /^ {2}run {6}\w{4}, step by step, /m);
});

test("rollback shows what it would undo, and takes its word", async () => {
  const { window, folder } = await open();
  await window.answer(failed, "q");
  await window.ended();
  const run = String(journalOf(folder)[0]?.run);
  const refused = lockstepTerminal(folder, ["rollback", run]);
  await refused.waitFor(/^ {2}undoes {3}1\.1 Make it\n {2}stays {4}1\.2$/m);
  await refused.answer(/^To undo this, type rollback and Enter\. Esc: no\.$/m, "\x1b");
  assert.is(await refused.ended(), 3);
  assert.match(refused.text(), /^Nothing has begun\.$/m);
  assert.equal(effects(folder), ["made", "kept"]);
  const window2 = lockstepTerminal(folder, ["rollback", run]);
  await window2.word(/^To undo this, type rollback and Enter\. Esc: no\.$/m, "rollback");
  assert.is(await window2.ended(), 4);
  assert.equal(effects(folder), ["made", "kept", "unmade"]);
});

const writing = `import { notNeeded, runbook, sh, step } from "lockstep";
export default runbook({ id: "long", title: "A long write" }, () => [
  step("long", "Write for long", sh\`echo begun; : > begun; while [ ! -e go ]; do sleep 0.1; done\`, { undo: notNeeded("a test") }),
]);
`;

for (const [word, code] of [
  ["there", 0],
  ["missing", 3],
  ["partly", 3],
] as const)
  test(`a write that nobody knows the end of: ${word}`, async () => {
    const folder = await project({ "runbooks/long.runbook.ts": writing });
    const window = lockstepTerminal(folder, ["run", "long"]);
    await window.answer(/^r start · q quit$/m, "r");
    await window.waitFor(/Ctrl-C asks first/);
    while (!existsSync(join(folder, "begun"))) await new Promise((resolve) => setTimeout(resolve, 50));
    await window.press("ctrl-c");
    await window.waitFor(
      /^1 is changing this machine\. Ended midway, its outcome\s+is\s+unknown;\s+waiting\s+is\s+safer\.\s/m,
    );
    await window.answer(/Ctrl-C again within 5s ends it/, "\x03");
    await window.waitFor(/^1 may have happened, or not, or half\. lockstep cannot tell\. Look at this\s+machine\s/m);
    assert.match(window.screen(), /^ {2}missing {2}nothing of it is there {5}1 is shown again; only r runs it$/m);
    await window.answer(/^ {2}\(Enter\) +I have not looked/m, "\x1b");
    await window.answer(/^t type what you found · ! shell · o output · n note · q quit · \? more$/m, "t");
    await window.word(/then type what you found:/, word);
    await window.word(/^How did you see it\? It is kept in the record\.$/m, "by looking");
    if (word === "missing") await window.answer(/^r run · s skip · v view/m, "q");
    if (word === "partly") await window.answer(/^r run again · s skip · o output/m, "q");
    assert.is(await window.ended(), code);
    const says = `${word}, says \\w+: by looking`;
    const line = { there: `✓ 1 ok `, missing: `– 1 not started `, partly: `✗ 1 failed ` }[word];
    assert.match(window.text(), new RegExp(`^${line}.*${says}$`, "m"));
    assert.is(journalOf(folder).filter(({ type }) => type === "started").length, 1);
  });

test.run();
