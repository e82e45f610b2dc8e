import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../../support/journal-of.ts";
import { assertRecord, closeTerminals } from "../../support/lockstep-terminal.ts";
import { openMenu } from "../../support/menus.ts";

const test = suite("what a menu is answered by");
test.after.each(closeTerminals);

const effects = (folder: string): string => readFileSync(join(folder, "effects"), "utf8");

for (const [name, key, ask, reason, code, shows] of [
  [
    "at a manual step",
    "x",
    /^Why not\? It is kept/m,
    "nobody answers",
    3,
    /^Stopped at 1: refused by \w+: nobody answers, nothing runs/m,
  ],
  [
    "after a failure",
    "s",
    /^Why does the run go on without 1\?/m,
    "not today",
    0,
    /^– 1 skipped .* by \w+: not today$/m,
  ],
  ["at a rollback that cannot decide", "u", /^Why\? It is kept/m, "it was there", 4, /^↺ 1 undone/m],
  ["at a rollback that cannot decide", "l", /^Why\? It is kept/m, "it was not there", 4, /^Rolled back|left/m],
  [
    "at a guard that stopped the run",
    "g",
    /^Why may it go on\?/m,
    "a false alarm",
    undefined,
    /watches on, says \w+: a false alarm/,
  ],
  [
    "at a guard that is blind",
    "k",
    /^Why does the run go on without a number\?/m,
    "it is known",
    undefined,
    /it is known/,
  ],
  [
    "at a gate without a number",
    "k",
    /^Why does the run go on without a number\?/m,
    "it is known",
    0,
    /^✓ 1 ok \(overruled\).*it is known/m,
  ],
] as const)
  test(`${name}: ${key} asks why, an empty line and Esc do nothing, the reason is kept`, async () => {
    const { window, folder, menu } = await openMenu(name);
    await window.answer(menu.shown, key);
    await window.answer(ask, "\r");
    await window.answer(/^An empty line is no answer\. Esc goes back\.$/m, "\x1b");
    await window.answer(menu.shown, key);
    await window.word(ask, reason);
    await window.waitForRecord(shows);
    if (code !== undefined) assert.is(await window.ended(), code);
    assert.ok(JSON.stringify(journalOf(folder)).includes(reason));
  });

test("at a checklist: q keeps what was ticked for whoever resumes", async () => {
  const { window, menu } = await openMenu("at a checklist");
  await window.answer(menu.shown, "2");
  await window.answer(/^1 of 2/m, "q");
  assert.is(await window.ended(), 3);
});

test("after a failure in a guard's range: r runs it again, b rolls back now by its word", async () => {
  const { window, folder, menu } = await openMenu("after a failure in a guard's range");
  await window.answer(menu.shown, "r");
  await window.answer(/attempt 2[\s\S]*^r run again/m, "b");
  await window.word(/^To undo what ran since 1, type rollback and Enter\. Esc: no\.$/m, "rollback");
  assert.is(await window.ended(), 4);
  assert.is(effects(folder), "one\nundo-one\n");
});

test("at a guard that is blind, at a gate without a number: r samples again", async () => {
  const blind = await openMenu("at a guard that is blind");
  blind.rate(0.2);
  await blind.window.waitForRecord(/^ {5}guard {3}sees again/m);
  const gate = await openMenu("at a gate without a number");
  gate.rate(0.2);
  await gate.window.answer(gate.menu.shown, "r");
  await gate.window.waitFor(/left of 1m 00s[\s\S]*^Error rate +0\.2%/m);
});

test("at a watch: d ends it", async () => {
  const { window, menu } = await openMenu("at a watch");
  await window.answer(menu.shown, "d");
  assert.is(await window.ended(), 0);
  assertRecord(window, /^✓ 1 ok .*seen by/m);
});

for (const [key, result] of [
  ["k", "one\ntwo\n"],
  ["g", "one\nedited\ntwo\n"],
] as const)
  test(`at an edited step that is done: ${key} ${key === "k" ? "keeps it" : "runs it again"}, once the word is typed`, async () => {
    const { window, folder, menu } = await openMenu("at an edited step that is done");
    writeFileSync(join(folder, "found"), "");
    await window.answer(menu.shown, key);
    await window.word(/To accept, type accept and Enter\. Esc: not yet\.$/m, "yes");
    await window.word(/^"yes" is not "accept"\. Nothing was done\./m, "accept");
    assert.is(await window.ended(), 0);
    assert.is(effects(folder), result);
  });

test("at an edited runbook: b undoes what ran by its word", async () => {
  const { window, folder, menu } = await openMenu("at an edited runbook");
  await window.answer(menu.shown, "b");
  await window.word(/^To undo what ran \(1\), type rollback and Enter\. Esc: no\.$/m, "rollback");
  assert.is(await window.ended(), 4);
  assert.is(effects(folder), "one\nundo-one\n");
});

test("while a step runs: o shows what it printed, n writes a note, and other keys do nothing", async () => {
  const { window, folder } = await openMenu("at a write that nobody knows the end of").then(async (at) => {
    await at.window.answer(at.menu.shown, "t");
    await at.window.word(/then type what you found:/, "missing");
    await at.window.word(/^How did you see it\?/m, "I looked");
    await at.window.answer(/^r run · s skip/m, "r");
    return at;
  });
  const shown = /^1 running \d+s · o output · n note · Ctrl-C asks first$/m;
  for (const key of ["r", "q", "y", " ", "\r", "b"]) await window.answer(shown, key);
  await window.answer(shown, "o");
  await window.answer(shown, "n");
  await window.word(/^A note, for the record/m, "it takes long");
  await window.waitForRecord(/note {4}it takes long/);
  writeFileSync(join(folder, "go"), "");
  assert.is(await window.ended(), 0);
});

test.run();
