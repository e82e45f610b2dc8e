import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { listProcesses } from "../../runners/processes/process-entry.ts";
import { until } from "../support/attempt-fixture.ts";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const test = suite("steps that behave badly");

/** The processes that stand in a folder: what a step left running. */
const left = (folder: string): readonly number[] =>
  listProcesses()
    .filter(({ pid, zombie }) => !zombie && folderOf(pid) === folder)
    .map(({ pid }) => pid);

function folderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

const withScript = (script: string, more = ""): Promise<string> =>
  project({
    "runbooks/unruly.runbook.ts": runbookText("unruly", `step("it", "Do it", sh.read\`bash script\`, { ${more} })`),
    script,
  });

const log = (folder: string): Buffer => {
  const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
  return readFileSync(join(folder, ".lockstep/runs", run, "attempts/it.1/log"));
};

const daemon = "setsid bash -c '(setsid bash -c \"touch up; sleep 300\" &)'; until [ -e up ]; do sleep 0.02; done";

for (const [what, script] of [
  ["daemonises", `${daemon}; sleep 300`],
  ["daemonises what ignores TERM", `setsid bash -c 'trap "" TERM; touch up; while :; do sleep 0.02; done' & sleep 300`],
  ["closes all that it was given", "exec <&- >&- 2>&-; sleep 300"],
  ["stops itself", "kill -STOP $$"],
] as const)
  test(`the time-out of one that ${what} leaves nothing running`, async () => {
    const folder = await withScript(script, "timeout: seconds(1)");
    await lockstep("run", "unruly")
      .in(folder)
      .says(/time-out after 1/)
      .prints(/Failed/)
      .exits(1);
    assert.equal(left(folder), []);
  });

test("Ctrl-C ends a daemon with the step that started it", async () => {
  const folder = await withScript(`${daemon}; touch begun; sleep 300`);
  await lockstep("run", "unruly")
    .in(folder)
    .through(["bash", "-c", '"$@" & until [ -e begun ]; do sleep 0.05; done; kill -INT $!; wait $!; exit $?', "-"])
    .says(/SIGINT/)
    .prints(/Interrupted/)
    .exits(130);
  assert.equal(left(folder), []);
});

for (const [what, script, expected] of [
  ["closes its input and both outputs", "echo before; exec <&- >&- 2>&-; touch done", "before\n"],
  ["writes binary", "printf '\\000\\377\\033[2J\\012'", "\u0000\u00ff\u001b[2J\n"],
] as const)
  test(`one that ${what} ends as it ends, and its log has what it wrote`, async () => {
    const folder = await withScript(script);
    await lockstep("run", "unruly")
      .in(folder)
      .says(/1 {5}ok/)
      .prints(/^Done/);
    assert.is(log(folder).toString("latin1"), expected);
  });

test("a child that holds the log open keeps nobody waiting, and its words still come into it", async () => {
  const folder = await withScript("(until [ -e go ]; do sleep 0.02; done; echo late) & echo early");
  await lockstep("run", "unruly")
    .in(folder)
    .says(/1 {5}ok/)
    .prints(/^Done/);
  assert.is(log(folder).toString(), "early\n");
  assert.ok(left(folder).length > 0, "it is left: it may be what the step is for");
  writeFileSync(join(folder, "go"), "");
  await until(() => log(folder).toString() === "early\nlate\n");
  await until(() => left(folder).length === 0);
});

test("thirty thousand lines at once are all shown, in order, and all in the log", async () => {
  const folder = await withScript("seq 1 30000");
  const { stderr } = await lockstep("run", "unruly")
    .in(folder)
    .says(/1 {5}ok/)
    .prints(/^Done/);
  const shown = stderr.split("\n").flatMap((line) => /^\S+ 1 {5}\| +(\d+)$/.exec(line)?.[1] ?? []);
  assert.is(shown.length, 30_000);
  assert.ok(shown.every((line, index) => Number(line) === index + 1));
  assert.is(log(folder).toString().split("\n").length, 30_001);
});

test.run();
