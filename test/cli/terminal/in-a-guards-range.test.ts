import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { guardedProject, guardText, writeText } from "../../support/guarded-project.ts";
import { journalOf } from "../../support/journal-of.ts";
import {
  assertRecord,
  closeTerminals,
  type LockstepTerminal,
  lockstepTerminal,
} from "../../support/lockstep-terminal.ts";

const test = suite("questions in a guard's range");
test.after.each(closeTerminals);

const menu = /^r run again · o output · b roll back now · q leave, which rolls back\n?.*\? more$/m;
const effects = (folder: string): string[] => readFileSync(join(folder, "effects"), "utf8").trim().split("\n");

async function open(args: readonly string[] = []): Promise<{ folder: string; window: LockstepTerminal }> {
  const { folder } = await guardedProject(
    `${guardText('until: "last"')}, ${writeText("one")}, step("look", "Look", sh.read\`test -e found\`), ${writeText("last")}`,
  );
  const window = lockstepTerminal(folder, ["run", "guarded", ...args], { rows: 36 });
  if (args.length === 0) await window.answer(/^r start · q quit$/m, "r");
  return { folder, window };
}

test("a failure is skipped by no key, and whoever leaves its menu rolls back", async () => {
  const { window, folder } = await open();
  await window.answer(menu, "s");
  await window.waitFor(/Enter answers nothing here/);
  assert.not.match(window.screen(), /^ {2}s {2}/m);
  assert.match(window.screen(), /^ {2}q {2}leave, which rolls back +undo what ran since the guard began/m);
  await window.answer(/Enter answers nothing here/, "q");
  assert.is(await window.ended(), 4);
  assert.equal(effects(folder), ["one", "undo-one"]);
  assert.not(journalOf(folder).some(({ type, outcome }) => type === "finished" && outcome === "skipped"));
});

test("whoever leaves a menu there is told first that nobody would watch", async () => {
  const { window, folder } = await open(["--step"]);
  await window.answer(/^1 {2}Do one · WRITE\n[\s\S]*^r run · s skip/m, "r");
  await window.answer(
    /^2 {2}Look · read\n[\s\S]*^guard to 3: no alert[\s\S]*^r run · s skip[^\n]* · b roll back/m,
    "q",
  );
  await window.waitFor(/^Leave\? Then nobody watches, and what ran since 1 stays\. Again within 5s\s+leaves\./m);
  assert.is(window.exitCode, undefined);
  await window.answer(/^Leave\?/m, "q");
  assert.is(await window.ended(), 3);
  assert.equal(effects(folder), ["one"]);
});

test("b undoes what ran since the guard began, and says since when", async () => {
  const { window, folder } = await open(["--step"]);
  await window.answer(/^1 {2}Do one · WRITE\n[\s\S]*^r run · s skip · v view · n note · q quit/m, "r");
  await window.answer(/^2 {2}Look · read\n[\s\S]*^r run · s skip/m, "b");
  await window.word(/^To undo what ran since 1, type rollback and Enter\. Esc: no\.$/m, "rollback");
  assert.is(await window.ended(), 4);
  assert.equal(effects(folder), ["one", "undo-one"]);
});

const twoGuards = `${guardText('until: "last"').replace('"limits"', '"outer"')},
  ${writeText("one")},
  guard("inner", "Watch the errors", { alerts: [errorRate.above(percent(1))], interval: seconds(0.2), onTrip: rollback, blindAfter: 1 }),
  ${writeText("two")},
  wait("linger", "Linger", seconds(60)),
  ${writeText("last")}`;

test("of two guards b goes back to where the first of them began, and says so", async () => {
  const { folder } = await guardedProject(twoGuards);
  const window = lockstepTerminal(folder, ["run", "guarded"], { rows: 36 });
  await window.answer(/^r start · q quit$/m, "r");
  await window.waitFor(/left of 1m 00s/);
  await window.press("ctrl-c");
  await window.waitFor(/^Leave\? Then nobody watches, what 1, 2 changed stays, and the wait stands\s+still\./m);
  await window.press("escape");
  await window.answer(/b roll back/, "b");
  await window.word(
    /^To undo what ran since 1, type rollback and Enter\. Esc: no\. 3 goes on\s+meanwhile\.$/m,
    "rollback",
  );
  assert.is(await window.ended(), 4);
  assert.equal(effects(folder), ["one", "two", "undo-two", "undo-one"]);
});

test("a guard that asks goes by its own name, and b there goes back to where it began itself", async () => {
  const { folder, rate } = await guardedProject(
    twoGuards.replace('"outer"', '"outer"').replace("errorRate.above(percent(1)), ", ""),
  );
  const window = lockstepTerminal(folder, ["run", "guarded"], { rows: 36 });
  await window.answer(/^r start · q quit$/m, "r");
  await window.waitFor(/left of 1m 00s/);
  rate("nothing");
  await window.answer(/^r sample again · k go on without · n note · b roll back · q quit/m, "b");
  assert.match(window.title, /^asks inner · guarded$/);
  await window.word(/^To undo what ran since 2, type rollback and Enter\. Esc: no\.$/m, "rollback");
  assert.is(await window.ended(), 4);
  assert.equal(effects(folder), ["one", "two", "undo-two"]);
});

test("what undoes a section is marked as undone", async () => {
  const { folder } = await guardedProject(
    `section("move", "Move", { undo: undoBy("Take it all back", sh\`echo undo-all >> effects\`) }, [step("one", "Do one", sh\`echo one >> effects\`), step("look", "Look", sh.read\`false\`)])`,
  );
  const window = lockstepTerminal(folder, ["run", "guarded"]);
  await window.answer(/^r start · q quit$/m, "r");
  await window.answer(/^r run again · s skip · o output · b roll back/m, "b");
  await window.word(/type rollback and Enter/, "rollback");
  assert.is(await window.ended(), 4);
  assert.equal(effects(folder), ["one", "undo-all"]);
  assertRecord(window, /^↺ 1\.1 undone {2}\d\.\ds {2}\d\d:\d\d:\d\d$/m);
  assert.not.match(window.text(), /^✓ Undo/m);
  assertRecord(window, /^ {2}undone {4}1\.1 Do one, at \d\d:\d\d:\d\d$/m);
  assert.not.match(window.text(), /^ {2}left|also undo/m);
});

test("Ctrl-Z is refused while a guard watches", async () => {
  const { window } = await open(["--step"]);
  await window.answer(/^1 {2}Do one · WRITE\n[\s\S]*^r run · s skip/m, "r");
  await window.waitFor(/^2 {2}Look · read\n[\s\S]*^r run · s skip/m);
  await window.press("ctrl-z");
  await window.waitForRecord(/^Ctrl-Z does nothing now: a guard watches, and it would watch no longer\.$/m);
  await window.answer(/^r run · s skip/m, "b");
  await window.word(/type rollback and Enter/, "rollback");
  assert.is(await window.ended(), 4);
});

test.run();
