import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { guardedProject, guardText, writeText } from "../../support/guarded-project.ts";
import { journalOf } from "../../support/journal-of.ts";
import { closeTerminals, type LockstepTerminal, lockstepTerminal } from "../../support/lockstep-terminal.ts";

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
