import { suite } from "uvu";
import { closeTerminals } from "../../support/lockstep-terminal.ts";
import { openMenu, troubleMenus } from "../../support/menus.ts";
import { assertNothingDone } from "../../support/misuse.ts";
import { pause } from "../../support/terminal.ts";

const test = suite("what is no consent where something went wrong: Enter, y, space, Esc, arrows, pasted text");
test.after.each(closeTerminals);

for (const name of Object.keys(troubleMenus))
  test(name, async () => {
    const { window, folder, menu } = await openMenu(name);
    await pause(800);
    await assertNothingDone({ window, folder, shown: menu.shown });
  });

test.run();
