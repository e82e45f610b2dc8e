import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";
import { me, openPeople as open, start } from "../../support/people-window.ts";

const test = suite("a question that was left");
test.after.each(closeTerminals);

test("an approval that was left once has not failed when it is asked again", async () => {
  const { window, folder } = await open(`manual("look", "Look", {}), approval("go", "Go on", { by: ["${me}"] })`);
  await window.answer(/^d done/m, "d");
  await window.answer(/^a approve/m, "q");
  assert.is(await window.ended(), 3);
  const again = lockstepTerminal(folder, ["resume"], { rows: 30 });
  await again.answer(start, "r");
  await again.waitFor(/so far +1 ok, none skipped, none failed, none overruled/);
  await again.answer(/^a approve/m, "q");
  assert.is(await again.ended(), 3);
});

test.run();
