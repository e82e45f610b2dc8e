import { userInfo } from "node:os";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";

const rollback = suite("lockstep rollback");
rollback.after.each(closeTerminals);

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

rollback("says what it asks about before one agrees to it, also of what failed and was skipped", async () => {
  const blocks = `step("one", "One", sh\`true\`, { undo: sh\`echo undone one\` }),
    step("two", "Two", sh\`echo 2; (exit 4)\`, { undo: undoBy("Take it away", sh\`echo undone two\`) }),
    step("three", "Three", sh\`(exit 4)\`, { undo: undoBy("Take it back", sh\`true\`, { idempotent: true }) }),
    step("four", "Four", sh\`true\`, { undo: irreversible("it is gone") }),
    when(p.more, [step("five", "Five", sh\`true\`, { undo: sh\`true\` })])`;
  const folder = await project({
    "runbooks/a.runbook.ts": `import { irreversible } from "lockstep";\n${runbookText("a", blocks, "params: { more: param.boolean({ default: false }) }")}`,
  });
  const { stdout } = await lockstep("run", "a", "-q")
    .in(folder)
    .says(/2 +failed/)
    .prints(/^Failed/)
    .exits(1);
  const [, run = ""] = /lockstep resume (\w+)/.exec(stdout) ?? [];
  await lockstep("approve", run, "two", "--skip", "later").in(folder).prints(/./);
  await lockstep("resume", "-q")
    .in(folder)
    .says(/3 +failed/)
    .prints(/^Failed/)
    .exits(1);
  await lockstep("approve", run, "three", "--skip", "later").in(folder).prints(/./);
  await lockstep("resume", "-q").in(folder).says(/^/).prints(/^Done/);
  const window = lockstepTerminal(folder, ["rollback"], { rows: 30 });
  await window.waitFor(/type rollback/);
  assert.match(window.text(), /^ +undoes +3 Three\n +2 Two \(asks first\)\n +1 One\n +stays +4 \(asks at 4 first\)$/m);
  await window.word(/type rollback/, "rollback");
  await window.waitFor(/^l leave it/m);
  assert.match(window.text(), /Rolling back all that ran: Undo 4, 3, 2, 1\.\s/);
  assert.not.match(window.text(), /You\s+need\s+not\s+do\s+anything/);
});

rollback("needs nobody where it asks nothing, and says so", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText("a", `step("one", "One", sh\`true\`, { undo: sh\`true\` })`),
  });
  await lockstep("run", "a", "-q").in(folder).says(/^/).prints(/^Done/);
  const window = lockstepTerminal(folder, ["rollback"], { rows: 30 });
  await window.word(/type rollback/, "rollback");
  await window.waitFor(/Rolled back/);
  assert.match(window.text(), /You\s+need\s+not\s+do\s+anything\./);
});

rollback.run();
