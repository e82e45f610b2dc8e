import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const runs = suite("lockstep runs");

const mend = `step("made", "Make it", sh\`echo made\`, { undo: sh\`echo unmade\` }), step("mend", "Mend it", sh.read\`test -e mended\`)`;

async function rowOf(folder: string): Promise<readonly unknown[]> {
  const { stdout } = await lockstep("runs", "--json").in(folder).prints(/^\[/);
  const [{ state, resumable }] = JSON.parse(stdout);
  return [state, resumable];
}

runs("gives the state of a run as one word for a program, and apart whether it can be resumed", async () => {
  const folder = await project({ "runbooks/a.runbook.ts": runbookText("a", mend) });
  await lockstep("run", "a").in(folder).says(/./).prints(/./).exits(1);
  assert.equal(await rowOf(folder), ["failed", true]);
  await lockstep("runs")
    .in(folder)
    .prints(/ failed, resumable +2 /);
  writeFileSync(join(folder, "mended"), "");
  await lockstep("resume").in(folder).says(/./).prints(/./);
  assert.equal(await rowOf(folder), ["ok", false]);
});

runs("calls one that was rolled back, or waits for a person, so", async () => {
  const folder = await project({ "runbooks/a.runbook.ts": runbookText("a", mend) });
  await lockstep("run", "a").in(folder).says(/./).prints(/./).exits(1);
  await lockstep("rollback").in(folder).says(/./).prints(/./).exits(4);
  assert.equal(await rowOf(folder), ["rolled-back", false]);
  const asking = await project({
    "runbooks/b.runbook.ts": runbookText("b", `approval("go", "Go", { by: ["nobody-at-all"] })`),
  });
  await lockstep("run", "b").in(asking).says(/./).prints(/./).exits(75);
  assert.equal(await rowOf(asking), ["suspended", true]);
});

runs.run();
