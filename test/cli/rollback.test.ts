import { userInfo } from "node:os";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const rollback = suite("lockstep rollback");

rollback("undoes in TypeScript too, by the function of the runbook as it is now", async () => {
  const undo = 'code(async ({ log }) => log("taken back"))';
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText("a", `step("one", "One", sh\`true\`, { undo: ${undo} })`),
  });
  await lockstep("run", "a", "-q").in(folder).says(/^/).prints(/^Done/);
  await lockstep("rollback")
    .in(folder)
    .says(/taken back/)
    .prints(/^Rolled back/)
    .exits(4);
});

/** A write that failed: nobody knows what of it there is to undo. */
const half = runbookText(
  "half",
  `step("one", "One", sh\`true\`, { undo: sh\`echo undone one\` }),
   step("two", "Two", sh\`echo 2; (exit 4)\`, { undo: undoBy("Take it away", sh\`echo undone two\`) })`,
);

rollback("asks in words that say each thing once, and prints a command that answers it", async () => {
  const folder = await project({ "runbooks/half.runbook.ts": half });
  await lockstep("run", "half", "-q")
    .in(folder)
    .says(/2 +failed/)
    .prints(/^Failed/)
    .exits(1);
  const asked = await lockstep("rollback", "--auto")
    .in(folder)
    .says(/Undo 2 asks +Take it away: 2 failed, and may have had an effect\n/)
    .prints(/^ {2}why +Undo 2 Take it away$/m)
    .exits(75);
  const [, run = "", place = ""] = /run +answer +lockstep approve (\w+) (.+)\n/.exec(asked.stderr) ?? [];
  assert.is(place, "2");
  assert.match(asked.stdout, `lockstep approve ${run} ${place}`);
  const me = userInfo().username;
  for (const name of ["2", "two", "Undo 2", "undo:two"])
    await lockstep("approve", run, name, "--json")
      .in(folder)
      .prints(/"kind": "rollback"/);
  await lockstep("approve", run, place, "--undo", "it is half there")
    .in(folder)
    .prints(`✓ Undo 2 to be undone all the same (it is half there) by ${me}. Goes on with: lockstep rollback ${run}\n`);
  await lockstep("rollback", "--auto")
    .in(folder)
    .says(/undone two/)
    .prints(/^Rolled back/)
    .exits(4);
});

rollback.run();
