import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  atPrompt,
  closeTerminals,
  endingIn,
  type LockstepTerminal,
  shellTerminal,
} from "../../support/lockstep-terminal.ts";
import { everydayMenus, openMenu, troubleMenus } from "../../support/menus.ts";
import { decided } from "../../support/misuse.ts";
import { pause } from "../../support/terminal.ts";

const test = suite("Ctrl-Z at a question, from a shell");
test.after.each(closeTerminals);

/** Where something would go on unseen meanwhile, and what it says then. */
const refused: Readonly<Record<string, RegExp>> = {
  "after a failure in a guard's range": /^Ctrl-Z does nothing now: a guard watches, and it would watch no longer\.$/m,
  "at a guard that is blind": /^Ctrl-Z does nothing now: a guard watches, and it would watch no longer\.$/m,
  "at a watch": /^Ctrl-Z does nothing now: 1 runs, and nobody would see how it ends\.$/m,
};

/** Presses Ctrl-Z, lets the shell continue lockstep, and demands that the same region stands again, once. */
async function stopAndGoOn(window: LockstepTerminal): Promise<void> {
  await pause(800);
  const before = window.text();
  await window.press("ctrl-z");
  await window.waitForRecord(/^\[1\]\+ {2}Stopped/m);
  await window.waitForRecord(atPrompt);
  assert.ok(window.cursor().visible, "the shell has its cursor");
  const [record = ""] = window.text().split(/\n*(?:\^Z)?\n\[1\]\+ {2}Stopped/);
  assert.ok(before.startsWith(record), `what happened stays:\n${record}\nof\n${before}`);
  const region = steady(before.slice(record.length));
  assert.match(region, /\S/, "the region is taken away");
  await window.type("fg\r");
  await window.waitForRecord(endingIn(before.split("\n").at(-1) ?? ""));
  const [, after = ""] = window.text().split(/^shell\$ fg\n.*$/m);
  assert.is(steady(after), region);
}

/** Clocks and counts go on. */
const steady = (text: string): string => text.trim().replaceAll(/(?:\d+m )?\d+/g, "0");

for (const [name, { quit }] of Object.entries({ ...everydayMenus, ...troubleMenus }))
  if (refused[name] === undefined)
    test(`${name}: fg goes on at the same question, and nothing was done`, async () => {
      const { window, folder, menu } = await openMenu(name, { shell: true });
      const before = decided(folder);
      await stopAndGoOn(window);
      assert.equal(decided(folder), before);
      await window.answer(menu.shown, "q");
      if (quit?.times === 2) await window.answer(/^Leave\? Then nobody watches/m, "q");
      assert.is(await window.ended(), quit?.code ?? 3);
    });

for (const [name, why] of Object.entries(refused))
  test(`${name}: it stops nothing, and says why`, async () => {
    const { window, menu } = await openMenu(name, { shell: true });
    await pause(800);
    await window.press("ctrl-z");
    await window.waitForRecord(why);
    await window.waitFor(menu.shown);
    assert.not.match(window.text(), /Stopped/);
  });

test("at the start: fg goes on there", async () => {
  const { folder, window: first } = await openMenu("before a step");
  first.close();
  const window = shellTerminal(folder, ["run", "guarded"]);
  await window.waitFor(/^r start · q quit$/m);
  await stopAndGoOn(window);
  await window.answer(/^r start · q quit$/m, "q");
  assert.is(await window.ended(), 3);
});

for (const [name, key, shown] of [
  ["at an approval", "a", /^To approve, type approve and Enter/m],
  ["before a step, once something ran", "e", /type end and Enter/],
  ["at a write that nobody knows the end of", "t", /then type what you found:/],
] as const)
  test(`a half typed word that ${key} asks for ${name}: fg goes on behind its letters`, async () => {
    const { window, folder, menu } = await openMenu(name, { shell: true });
    await window.answer(menu.shown, key);
    await window.answer(shown, "ap");
    await window.waitForRecord(endingIn("> ap"));
    const before = decided(folder);
    await stopAndGoOn(window);
    assert.equal(decided(folder), before);
    await window.press("escape");
    await window.answer(menu.shown, "q");
    assert.is(await window.ended(), 3);
  });

test.run();
