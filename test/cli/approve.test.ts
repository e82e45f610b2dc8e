import { userInfo } from "node:os";
import { suite } from "uvu";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const approving = suite("lockstep approve");
const me = userInfo().username;

const careful = (config = "export default {};\n") => ({
  "lockstep.config.ts": config,
  "runbooks/careful.runbook.ts": runbookText(
    "careful",
    `checklist("gates", "The gates", ["Reviewed", "Tested", "Announced"]),
     manual("impact", "Look at the dashboards", { asks: { seen: ask.line("What users see") } }),
     approval("go", "Go on", { by: ["release-manager"] }),
     step("write", "Write", sh\`echo done > out.txt\`, { undo: notNeeded("a test") })`,
  ).replace("approval,", "approval, ask,"),
});

async function suspended(folder: string): Promise<void> {
  await lockstep("run", "careful", "-q")
    .in(folder)
    .says(/1 {5}asks {6}The gates: 3 items for a person\n/)
    .prints(/^Suspended/)
    .exits(75);
}

approving("answers checklist, manual step and approval from elsewhere, and runs nothing", async () => {
  const folder = await project(careful());
  await suspended(folder);
  await lockstep("approve", "", "1")
    .in(folder)
    .says(/is not the id of a run/)
    .exits(2);
  const { stdout } = await lockstep("runs", "--json")
    .in(folder)
    .prints(/"state": "suspended",\n {4}"resumable": true,/);
  const [{ run }] = JSON.parse(stdout);
  const approve = (...args: string[]) => lockstep("approve", run, ...args).in(folder);

  await approve("1")
    .says(
      `1  The gates: 3 items for a person\n   1  [ ]  Reviewed\n   2  [ ]  Tested\n   3  [ ]  Announced\nerror: 1 is not answered. Add --tick ITEMS, or --overrule REASON, or --refuse REASON, or --stop, or --roll-back\n`,
    )
    .exits(75);
  await approve("gates", "--tick", "1,4")
    .says('error: --tick takes numbers of items, not "1,4". Its items are 1 to 3; write --tick 1,3\n')
    .exits(2);
  await approve("1", "--digest", "abcdefgh")
    .says(/^error: 1 asks for ticks, which --digest does not answer\. Answer with --tick ITEMS/)
    .exits(2);
  await approve("gates", "--tick", "all").prints(
    `✓ 1 items 1, 2, 3 ticked by ${me}. Goes on with: lockstep resume ${run}\n`,
  );

  await lockstep("resume", run)
    .in(folder)
    .says(/2 {5}asks {6}Look at the dashboards/)
    .prints(/^Suspended/)
    .exits(75);
  await approve("2", "--done")
    .says("error: this does not answer 2: seen is not answered. Add --answer seen=...\n")
    .exits(2);
  await approve("--answer", "seen=nothing yet").prints(`✓ 2 done by ${me}. Goes on with: lockstep resume ${run}\n`);

  await lockstep("resume", run)
    .in(folder)
    .says(/3 {5}asks {6}Approval by release-manager: Go on/)
    .prints(/^Suspended/)
    .exits(75);
  const shown = await approve("3")
    .says(/Approves exactly this:\n {7}4 {2}WRITE {2}Write\n/, /\necho done > out\.txt\n/)
    .exits(75);
  const digest = /--digest (\w{12})/.exec(shown.stderr)?.[1] ?? "";
  await approve("3", "--digest", "0123456789ab")
    .says(/^error: this does not answer 3: what it approved has changed since\./)
    .exits(2);
  await approve("3", "--digest", digest).prints(`✓ 3 approved by ${me}. Goes on with: lockstep resume ${run}\n`);
  await lockstep("resume", run)
    .in(folder)
    .says(/4 {5}ok/)
    .prints(/^Done(.*\n)* {2}approved {2}3 by /);
  await approve("3").says(`error: run ${run} asks nothing. It has ended: lockstep log ${run}\n`).exits(2);
});

approving("refuses who does not hold the role", async () => {
  const folder = await project(careful(`export default { roles: { "release-manager": ["nobody-here"] } };\n`));
  await suspended(folder);
  const { stdout } = await lockstep("runs", "--json").in(folder).prints(/./);
  const [{ run }] = JSON.parse(stdout);
  await lockstep("approve", run, "gates", "--tick", "all").in(folder).prints(/✓/);
  await lockstep("resume")
    .in(folder)
    .says(/./)
    .prints(/^Suspended/)
    .exits(75);
  await lockstep("approve", run, "impact", "--answer", "seen=x").in(folder).prints(/✓/);
  await lockstep("resume")
    .in(folder)
    .says(/./)
    .prints(/^Suspended/)
    .exits(75);
  const { stdout: json } = await lockstep("approve", run, "--json")
    .in(folder)
    .prints(/"kind": "approval"/);
  await lockstep("approve", run, "go", "--digest", JSON.parse(json).digest)
    .in(folder)
    .says(new RegExp(`^error: this does not answer 3: ${me} is no release-manager by lockstep\\.config\\.ts`))
    .exits(2);
});

approving("says which items are still open, and not that the run can go on", async () => {
  const folder = await project(careful());
  await suspended(folder);
  const { stdout } = await lockstep("runs", "--json").in(folder).prints(/./);
  const [{ run }] = JSON.parse(stdout);
  const { stdout: json } = await lockstep("approve", run, "--json")
    .in(folder)
    .prints(/"kind": "checklist"/);
  const others = JSON.parse(json)
    .items.slice(1)
    .map(({ item }: { item: number }) => item);
  await lockstep("approve", run, "gates", "--tick", "1")
    .in(folder)
    .prints(`✓ 1 item 1 ticked by ${me}. Open: ${others.join(", ")}\n`);
});

approving("shows what was said already and waits to be read, and takes no second answer", async () => {
  const folder = await project(careful());
  await suspended(folder);
  const { stdout } = await lockstep("runs", "--json").in(folder).prints(/./);
  const [{ run }] = JSON.parse(stdout);
  const approve = (...args: string[]) => lockstep("approve", run, ...args).in(folder);
  await approve("gates", "--tick", "2").prints(/Open: 1, 3\n$/);
  await approve("gates")
    .says(/The gates: 2 items for a person\n {3}1 {2}\[ \] {2}Reviewed\n {3}2 {2}\[x\] {2}Tested\n {3}3 {2}\[ \]/)
    .exits(75);
  await approve("gates", "--tick", "1").prints(/Open: 3\n$/);
  await approve("gates", "--tick", "3").prints(/Goes on with: lockstep resume/);
  const again = new RegExp(
    `^error: 1 is answered already: item 3 ticked by ${me}, which run ${run} has not read yet\\. Goes on with: lockstep resume ${run}\n$`,
  );
  await approve("gates", "--tick", "3").says(again).exits(2);
  await approve("gates").says(again).exits(2);
  await lockstep("resume").in(folder).says(/./).prints(/./).exits(75);
  await approve("impact", "--answer", "seen=x").prints(/done by/);
  await approve("impact", "--answer", "seen=y")
    .says(/^error: 2 is answered already: done by /)
    .exits(2);
});

approving("names what is asked when the step is another one", async () => {
  const folder = await project(careful());
  await suspended(folder);
  const { stdout } = await lockstep("runs", "--json").in(folder).prints(/./);
  const [{ run }] = JSON.parse(stdout);
  await lockstep("approve", run, "gate")
    .in(folder)
    .says(`error: run ${run} does not ask at gate. Did you mean gates?\n`)
    .exits(2);
  await lockstep("approve", run, "gates", "--tick", "1", "--stop")
    .in(folder)
    .says("error: approve takes one answer, and was given tick and stop. Leave all but one out\n")
    .exits(2);
});

approving("stops a run on purpose, so that it can be resumed", async () => {
  const folder = await project(careful());
  await suspended(folder);
  const { stdout } = await lockstep("runs", "--json").in(folder).prints(/./);
  const [{ run }] = JSON.parse(stdout);
  await lockstep("approve", run, "gates", "--tick", "all").in(folder).prints(/✓/);
  await lockstep("resume", run)
    .in(folder)
    .says(/./)
    .prints(/^Suspended/)
    .exits(75);
  await lockstep("approve", run, "impact", "--stop")
    .in(folder)
    .prints(/^✓ 2 stopped by/);
  await lockstep("resume", run)
    .in(folder)
    .says(/./)
    .prints(/^Stopped/)
    .exits(3);
});

approving.run();
