import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../../support/journal-of.ts";
import { lockstep, project } from "../../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";

const test = suite("approve in a terminal, where a decision is asked for");
test.after.each(closeTerminals);

const before = `import { notNeeded, output, runbook, sh, step } from "lockstep";
const undo = notNeeded("a test");
export default runbook({ id: "deploy", title: "Deploy" }, () => {
  const deploy = step("deploy", "Deploy green", sh\`echo deployed; cat version\`, { undo, outputs: { version: output.text() } });
  return [deploy, step("label", "Label it", sh\`echo label \${deploy.outputs.version}\`, { undo }), step("ready", "Wait", sh.read\`test -e mended\`)];
});
`;

/** Suspended, since the runbook was edited. */
async function suspended(): Promise<{ readonly folder: string; readonly run: string }> {
  const folder = await project({ "runbooks/deploy.runbook.ts": before, version: "v1\n" });
  await lockstep("run", "deploy")
    .in(folder)
    .exits(1)
    .prints(/failed/i)
    .says(/3 +failed/);
  writeFileSync(join(folder, "mended"), "");
  writeFileSync(join(folder, "version"), "v2\n");
  writeFileSync(join(folder, "runbooks/deploy.runbook.ts"), before.replace("echo deployed", "echo deployed anew"));
  await lockstep("resume")
    .in(folder)
    .exits(75)
    .prints(/--accept-changes/)
    .says(/asks/);
  return { folder, run: String(journalOf(folder)[0]?.["run"]) };
}

test("it asks by the menu of the run: an edited runbook, and what used an output that is another now", async () => {
  const { folder, run } = await suspended();
  const changed = lockstepTerminal(folder, ["approve", run, "runbook"]);
  await changed.answer(/^1 was done as it stood\. What holds\?\nk keep it as done/m, "g");
  await changed.word(/^To accept, type accept and Enter\./m, "accept");
  assert.is(await changed.ended(), 0);
  assert.match(changed.text(), /^ {5}\+ echo deployed anew; cat version$/m);
  assert.match(changed.text(), new RegExp(`accepted, .* by \\w+\\. Goes on with: lockstep resume ${run}$`, "m"));
  await lockstep("resume")
    .in(folder)
    .exits(75)
    .prints(/approve/)
    .says(/2 +asks/);
  const stale = lockstepTerminal(folder, ["approve", run, "2"], { columns: 40 });
  await stale.answer(/^2 was done with the old value\. What\nholds\?\nk keep it as done/m, "k");
  assert.is(await stale.ended(), 0);
  await lockstep("resume").in(folder).prints(/^Done/).says(/3 +ok/);
});

test("q and Ctrl-C answer nothing, a note is not offered, and the question stands as before", async () => {
  const { folder, run } = await suspended();
  for (const [key, code] of [
    ["q", 3],
    ["\x03", 130],
  ] as const) {
    const window = lockstepTerminal(folder, ["approve", run, "runbook"]);
    await window.answer(/^k keep it as done/m, "?");
    await window.waitFor(/^ {2}q {2}quit +leave; nothing is answered$/m);
    assert.not.match(window.screen(), /^ {2}n {2}note/m);
    await window.answer(/^ {2}q {2}quit/m, key);
    assert.is(await window.ended(), code);
    assert.match(window.text(), /^Nothing was done\.$/m);
  }
  assert.not.ok(journalOf(folder).some(({ type }) => type === "answered"));
  await lockstep("approve", run, "runbook", "--accept")
    .in(folder)
    .prints(/accepted by/);
});

test("another folder than before asks for the word", async () => {
  const { folder, run } = await suspended();
  const moved = await project({});
  cpSync(folder, moved, { recursive: true });
  writeFileSync(join(moved, "runbooks/deploy.runbook.ts"), before);
  await lockstep("resume")
    .in(moved)
    .exits(75)
    .prints(/Suspended|accept-place/)
    .says(/another folder/);
  const window = lockstepTerminal(moved, ["approve", run, "place"]);
  await window.word(/^What ran so far ran there\. To go on here, type here and Enter\. Esc: not yet\./m, "here");
  assert.is(await window.ended(), 0);
  await lockstep("resume")
    .in(moved)
    .exits(75)
    .prints(/--accept-changes/)
    .says(/run +goes on +folder/);
});

test("an approval reads in a narrow window: no word is broken but in a command", async () => {
  const folder = await project({
    "runbooks/switch.runbook.ts": `import { approval, runbook, sh, step, undoBy } from "lockstep";
export default runbook({ id: "switch", title: "Switch" }, () => [
  approval("go", "Switch all of the traffic to green", { by: ["anybody"] }),
  step("write", "Point the ingress of production to green", sh\`echo pointed to green and to nothing else than green\`, { undo: undoBy("Back", sh\`echo back\`) }),
]);
`,
  });
  await lockstep("run", "switch")
    .in(folder)
    .exits(75)
    .prints(/Suspended/)
    .says(/asks/);
  const window = lockstepTerminal(folder, ["approve", String(journalOf(folder)[0]?.["run"])], { columns: 40 });
  await window.waitFor(/^To approve, type approve and Enter\.$/m);
  assert.match(window.screen(), /^1 {2}Approval by anybody: Switch\s+all\s+of\s+the\s+traffic\s+to\s+green$/m);
  assert.match(window.screen(), /^ {7}2 {2}WRITE {2}Point\s+the\s+ingress\s+of\s+production\s+to\s+green$/m);
  assert.match(window.text(), /^echo pointed to green and to nothing else than green$/m);
  await window.word(/^To approve/m, "approve");
  assert.is(await window.ended(), 0);
});

test.run();
