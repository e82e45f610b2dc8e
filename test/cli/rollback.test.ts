import { suite } from "uvu";
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

rollback.run();
