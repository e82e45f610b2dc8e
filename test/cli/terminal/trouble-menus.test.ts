import { suite } from "uvu";
import { closeTerminals } from "../../support/lockstep-terminal.ts";
import { walkMenu } from "../../support/menu-walk.ts";
import { troubleMenus } from "../../support/menus.ts";

const test = suite("menus of a run that does not go as it should");
test.after.each(closeTerminals);

for (const name of Object.keys(troubleMenus))
  test(`${name}: Enter and ? list its keys, Esc goes back, what only looks comes back, and q leaves`, () =>
    walkMenu(name));

test.run();
