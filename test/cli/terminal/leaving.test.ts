import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../support/attempt-fixture.ts";
import { journalOf } from "../../support/journal-of.ts";
import { lockstep, project } from "../../support/lockstep-command.ts";
import { assertRecord, closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";

const test = suite("leaving a terminal");
test.after.each(closeTerminals);

const runbook = `import { notNeeded, runbook, sh, step } from "lockstep";
export default runbook({ id: "long", title: "A long write" }, () => [
  step("long", "Write for long", sh\`: > begun; while [ ! -e go ]; do sleep 0.1; done; echo whole >> effects\`, { undo: notNeeded("a test") }),
  step("after", "Write after it", sh\`echo after >> effects\`, { undo: notNeeded("a test") }),
]);
`;

async function begun() {
  const folder = await project({ "runbooks/long.runbook.ts": runbook });
  const window = lockstepTerminal(folder, ["run", "long"]);
  await window.answer(/^r start · q quit$/m, "r");
  await until(() => existsSync(join(folder, "begun")));
  return { folder, window };
}

const endedSteps = (folder: string): string[] =>
  journalOf(folder).flatMap(({ type, step, outcome }) => (type === "finished" ? [`${step} ${outcome}`] : []));

test("a terminal that goes away lets the step end, starts nothing more, and resume goes on", async () => {
  const { window, folder } = await begun();
  window.hangUp();
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(endedSteps(folder), []);
  writeFileSync(join(folder, "go"), "");
  await until(() => journalOf(folder).some(({ type }) => type === "stopped"));
  assert.equal(endedSteps(folder), ["long ok"]);
  await lockstep("resume")
    .in(folder)
    .says(/2 {5}ok/)
    .prints(/^Done/);
  assert.equal(endedSteps(folder), ["long ok", "after ok"]);
});

test("what runs in the background ends apart from the command that was not started", async () => {
  const folder = await project({
    "runbooks/served.runbook.ts": `import { background, runbook, section, sh, step } from "lockstep";
export default runbook({ id: "served", title: "Served" }, () => [section("open", "Open", [
  background("serve", "Serve", sh.read\`echo open; sleep 60\`, { ready: "open" }),
  step("look", "Look", sh.read\`echo seen\`),
])]);
`,
  });
  const window = lockstepTerminal(folder, ["run", "served", "--step"]);
  await window.answer(/^1\.1 {2}Serve[\s\S]*^r run/m, "r");
  await window.answer(/^1\.2 {2}Look[\s\S]*^r run/m, "q");
  assert.is(await window.ended(), 3);
  assertRecord(window, /^echo seen\n\n– 1\.1 ended with the run {2}\d\d:\d\d:\d\d\n\nStopped at 1\.2/m);
});

test("a terminal that goes away at a question leaves the run resumable", async () => {
  const folder = await project({ "runbooks/long.runbook.ts": runbook });
  const window = lockstepTerminal(folder, ["run", "long", "--step"]);
  await window.waitFor(/^r run · s skip/m);
  window.hangUp();
  await until(() => journalOf(folder).some(({ type }) => type === "stopped"));
  assert.equal(endedSteps(folder), []);
  assert.is(journalOf(folder).at(-1)?.reason, "interrupted");
});

test("a step that ended while nobody ran lockstep is shown before its end, with the time that it took itself", async () => {
  const { window, folder } = await begun();
  window.signal("SIGKILL");
  await window.ended();
  writeFileSync(join(folder, "go"), "");
  const status = join(folder, ".lockstep/runs", String(journalOf(folder)[0]?.run), "attempts/long.1/status");
  await until(() => readFileSync(status, "utf8").startsWith("0\n"));
  const started = journalOf(folder).find(({ type }) => type === "started");
  const ended = Date.parse(String(started?.at)) / 1000 + 75;
  utimesSync(status, ended, ended);
  const again = lockstepTerminal(folder, ["resume"]);
  await again.answer(/^r start · q quit$/m, "r");
  assert.is(await again.ended(), 0);
  assertRecord(
    again,
    /^1 {2}Write for long · WRITE · ended meanwhile\n {5}on {6}this machine\n {5}undo {4}none: a test\n: > begun;[^\n]*\n✓ 1 ok {2}1m 15s {2}\d\d:\d\d:\d\d\n {5}log {5}\.lockstep\/runs\/\w{4}\/attempts\/long\.1\/log\n\n2 {2}Write after it/m,
  );
  assert.equal(endedSteps(folder), ["long ok", "after ok"]);
});

test("a step that still runs is taken up, and says so", async () => {
  const { window, folder } = await begun();
  window.signal("SIGKILL");
  await window.ended();
  const again = lockstepTerminal(folder, ["resume"]);
  await again.answer(/^r start · q quit$/m, "r");
  await again.waitFor(/^1 {2}Write for long · WRITE · still running$/m);
  writeFileSync(join(folder, "go"), "");
  assert.is(await again.ended(), 0);
  assertRecord(again, /^: > begun;[^\n]*\n✓ 1 ok {2}/m);
});

test("Ctrl-Z does nothing while a step runs, and says why", async () => {
  const { window, folder } = await begun();
  await window.press("ctrl-z");
  await window.waitForRecord(/^Ctrl-Z does nothing now: 1 runs, and nobody would see how it ends\.$/m);
  writeFileSync(join(folder, "go"), "");
  assert.is(await window.ended(), 0);
  assert.equal(endedSteps(folder), ["long ok", "after ok"]);
});

test.run();
