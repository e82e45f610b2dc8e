import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const open = suite("what a run still asks");

const body = (command: string): string =>
  runbookText(
    "a",
    `step("write", "Write", sh\`echo done > out.txt\`, { undo: sh\`rm out.txt\` }),
     checklist("gates", "The gates", ["Reviewed"]),
     step("read", "Read", sh.read\`${command}\`)`,
  );

async function suspended(): Promise<{ folder: string; run: string }> {
  const folder = await project({ "runbooks/a.runbook.ts": body("ls") });
  await lockstep("run", "a", "-q")
    .in(folder)
    .says(/2 {5}asks/)
    .prints(/^Suspended/)
    .exits(75);
  return { folder, run: readdirSync(join(folder, ".lockstep/runs"))[0] ?? "" };
}

open("is nothing once it has ended", async () => {
  const { folder, run } = await suspended();
  await lockstep("__complete", "--", "approve", "")
    .in(folder)
    .prints(new RegExp(`^${run}\\t`));
  await lockstep("rollback", run)
    .in(folder)
    .says(/./)
    .prints(/^Rolled back/)
    .exits(4);
  await lockstep("approve", run)
    .in(folder)
    .says(`error: run ${run} asks nothing. It has ended: lockstep log ${run}\n`)
    .exits(2);
  await lockstep("__complete", "--", "approve", "").in(folder);
});

open("is not what became of an edited runbook, once that was accepted or taken back", async () => {
  const { folder, run } = await suspended();
  const edit = (command: string) => writeFileSync(join(folder, "runbooks/a.runbook.ts"), body(command));
  const resume = (...flags: string[]) =>
    lockstep("resume", run, ...flags)
      .in(folder)
      .says(/./)
      .prints(/^(Suspended|Not resumed)/);
  const asksOnlyForTheGates = () =>
    lockstep("__complete", "--", "approve", run, "").in(folder).prints("gates\tThe gates\n");
  edit("ls -a");
  await resume().exits(75);
  await lockstep("approve", run)
    .in(folder)
    .says(/asks several things/)
    .exits(2);
  edit("ls");
  await resume().exits(75);
  await asksOnlyForTheGates();
  edit("ls -l");
  await resume().exits(75);
  await resume("--accept-changes").exits(75);
  await asksOnlyForTheGates();
  await lockstep("approve", run, "--tick", "all")
    .in(folder)
    .prints(/✓ 2 item 1 ticked/);
});

open("is not a step that an accepted change took away", async () => {
  const { folder, run } = await suspended();
  writeFileSync(
    join(folder, "runbooks/a.runbook.ts"),
    body("ls").replace(/checklist\(.*\n/, `manual("look", "Look", {}),\n`),
  );
  await lockstep("resume", run, "--accept-changes")
    .in(folder)
    .says(/./)
    .prints(/^Suspended/)
    .exits(75);
  await lockstep("__complete", "--", "approve", run, "").in(folder).prints("look\tLook\n");
});

open.run();
