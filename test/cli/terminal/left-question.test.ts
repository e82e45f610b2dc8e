import { userInfo } from "node:os";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { project } from "../../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";

const test = suite("a question that was left");
test.after.each(closeTerminals);

const me = userInfo().username;
const start = /^r start · q quit$/m;

async function open(blocks: string, { config = "", rows = 30, ...options } = {}) {
  const names =
    "approval, ask, check, checklist, guard, manual, minutes, notNeeded, runbook, secondPerson, section, sh, step";
  const folder = await project({
    "runbooks/people.runbook.ts": `import { ${names} } from "lockstep";
export default runbook({ id: "people", title: "People" }, () => [${blocks}]);
`,
    ...(config === "" ? {} : { "lockstep.config.ts": config }),
  });
  const window = lockstepTerminal(folder, ["run", "people"], { rows, ...options });
  await window.answer(start, "r");
  return { folder, window };
}

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
