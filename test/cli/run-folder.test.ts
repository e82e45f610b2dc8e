import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const test = suite("the folder of a run");

const files = {
  "runbooks/a.runbook.ts": runbookText(
    "a",
    `step("one", "One", sh\`echo one >> effects; until test -e go; do sleep 0.02; done\`, { undo: sh\`echo undone >> effects\` }),
     step("two", "Two", sh\`echo two >> effects; test -e ready\`, { undo: notNeeded("a test") })`,
  ),
};
const effects = (folder: string): string => readFileSync(join(folder, "effects"), "utf8");

async function runIn(folder: string): Promise<{ readonly run: string; readonly place: string }> {
  const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
  return { run, place: join(folder, ".lockstep/runs", run) };
}

test("a dead process does not hold a run, although its pid is that of another one by now", async () => {
  const folder = await project({ ...files, ready: "" });
  await lockstep("run", "a", "-v")
    .in(folder)
    .sends("SIGKILL", /1 +running/)
    .says(/One/)
    .exits(null);
  const { run, place } = await runIn(folder);
  const hold = join(place, "holds/1");
  assert.not(existsSync(`${hold}.released`));
  const holder = JSON.parse(readFileSync(hold, "utf8")) as { readonly pid: number };
  // the process of this test lives, and began at another time
  chmodSync(hold, 0o600);
  writeFileSync(hold, `${JSON.stringify({ ...holder, pid: process.pid })}\n`);
  writeFileSync(join(folder, "go"), "");
  await lockstep("runs")
    .in(folder)
    .prints(/ a +(killed|stopped|interrupted|left)/i);
  await lockstep("resume", run).in(folder).says(/2 +ok/).prints(/^Done/);
  assert.is(effects(folder), "one\ntwo\n");
});

/** Lets nobody write in it, not root either; undefined where that cannot be done. */
function makeReadOnly(place: string): (() => void) | undefined {
  if (process.getuid?.() !== 0) {
    const modes = (mode: string): void => void execFileSync("chmod", ["-R", mode, place]);
    modes("a-w");
    return () => modes("u+w");
  }
  try {
    execFileSync("mount", ["--bind", place, place], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  execFileSync("mount", ["-o", "remount,ro,bind", place]);
  return () => void execFileSync("umount", [place]);
}

test("that is read-only can be read, and nothing goes on with it: the error names it, and nothing runs", async () => {
  const folder = await project({ ...files, go: "" });
  await lockstep("run", "a")
    .in(folder)
    .says(/2 +failed/)
    .prints(/^Failed/)
    .exits(1);
  const { run, place } = await runIn(folder);
  const writable = makeReadOnly(place);
  if (writable === undefined) return void process.stderr.write("skipped: nothing can be mounted here\n");
  writeFileSync(join(folder, "ready"), "");
  const refusal = new RegExp(`^error: ${place}\\S* could not be written: (EROFS|EACCES)[^]*\\n$`);
  try {
    for (const command of ["log", "report", "verify"])
      await lockstep(command, run)
        .in(folder)
        .prints(/one|2|whole|event/i);
    for (const command of ["resume", "rollback"]) await lockstep(command, run).in(folder).says(refusal).exits(1);
    await lockstep("approve", run, "two", "--retry").in(folder).says(refusal).exits(1);
    assert.is(effects(folder), "one\ntwo\n");
  } finally {
    writable();
  }
  await lockstep("resume", run).in(folder).says(/2 +ok/).prints(/^Done/);
  assert.is(effects(folder), "one\ntwo\ntwo\n");
});

test.run();
