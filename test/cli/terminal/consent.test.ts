import { suite } from "uvu";
import { closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";
import { everydayMenus, openMenu } from "../../support/menus.ts";
import { assertNothingDone } from "../../support/misuse.ts";
import { pause } from "../../support/terminal.ts";

const test = suite("what is no consent: Enter, y, space, Esc, arrows, pasted text");
test.after.each(closeTerminals);

for (const name of Object.keys(everydayMenus))
  test(name, async () => {
    const { window, folder, menu } = await openMenu(name);
    await pause(800);
    await assertNothingDone({ window, folder, shown: menu.shown });
  });

test("at the start, before anything was created", async () => {
  const { folder, window: first } = await openMenu("before a step");
  first.close();
  const window = lockstepTerminal(folder, ["run", "guarded"]);
  const shown = /^r start · q quit$/m;
  await window.waitFor(shown);
  await pause(800);
  await assertNothingDone({ window, folder, shown });
});

for (const [name, key, shown] of [
  ["at an approval", "a", /^To approve, type approve and Enter/m],
  ["before a step, once something ran", "b", /type rollback and Enter/],
  ["before a step, once something ran", "e", /type end and Enter/],
  ["at an edited runbook", "t", /type accept and Enter/],
  ["at a write that nobody knows the end of", "t", /then type what you found:/],
] as const)
  test(`the word that ${key} asks for ${name}`, async () => {
    const { window, folder, menu } = await openMenu(name);
    await window.answer(menu.shown, key);
    await window.waitFor(shown);
    await pause(300);
    await assertNothingDone({ window, folder, shown: menu.shown });
  });

test.run();
