import { suite } from "uvu";
import { closeTerminals } from "../../support/lockstep-terminal.ts";
import { walkMenu } from "../../support/menu-walk.ts";
import { everydayMenus } from "../../support/menus.ts";

const test = suite("menus of a run that goes as it should");
test.after.each(closeTerminals);

for (const name of Object.keys(everydayMenus))
  test(`${name}: Enter and ? list its keys, Esc goes back, what only looks comes back, and q leaves`, () =>
    walkMenu(name));

test.run();
