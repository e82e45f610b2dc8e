import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../support/journal-of.ts";
import { lockstep, project } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";
import { me } from "../support/people-window.ts";

const test = suite("the command where what was decided would be decided otherwise now");
test.after.each(closeTerminals);

const runbook = `import { is, notNeeded, output, repeat, runbook, sh, step, when } from "lockstep";
const undo = notNeeded("a test");
export default runbook({ id: "switch", title: "Switch" }, () => {
  const look = step("look", "Look for a schema change", sh.read\`cat found\`, { outputs: { schema: output.text() } });
  const poll = step("poll", "Count what is left", sh\`echo poll >> effects; cat left\`, { undo, outputs: { left: output.integer() } });
  return [
    look,
    when(is(look.outputs.schema, "changed"), [step("migrate", "Migrate", sh\`echo migrated >> effects\`, { undo })]),
    repeat("drain", "Drain", { limit: 3 }, () => ({ body: [poll], until: is(poll.outputs.left, 0) })),
    step("ready", "Wait for green", sh.read\`test -e mended\`),
  ];
});
`;

async function stopped(): Promise<{ folder: string; run: string }> {
  const folder = await project({ "runbooks/switch.runbook.ts": runbook, found: "same\n", left: "0\n" });
  await lockstep("run", "switch")
    .in(folder)
    .exits(1)
    .prints(/failed/i)
    .says(/4 +failed/);
  writeFileSync(join(folder, "mended"), "");
  writeFileSync(join(folder, "found"), "changed\n");
  return { folder, run: String(journalOf(folder)[0]?.["run"]) };
}

const effects = (folder: string): string[] => readFileSync(join(folder, "effects"), "utf8").trim().split("\n");

test("unattended it stops there, says what would change, and takes the answer from elsewhere", async () => {
  const { folder, run } = await stopped();
  await lockstep("resume", run, "--again", "1")
    .in(folder)
    .exits(75)
    .prints(/suspended/i)
    .says(
      /`schema` is `changed`: decided as no, and would now be yes \(2 would run\)/,
      new RegExp(`answer +lockstep approve ${run} when:migrate`),
    );
  await lockstep("approve", run, "when:migrate")
    .in(folder)
    .exits(75)
    .says(/would now be yes[\s\S]*Add --keep, or --again, or --stop, or --roll-back/);
  await lockstep("approve", run, "2", "--again")
    .in(folder)
    .prints(/2 to be decided anew by/);
  await lockstep("resume", run).in(folder).prints(/ok/i).says(/2 +ok/);
  assert.equal(effects(folder), ["poll", "migrated"]);
  await lockstep("log", run)
    .in(folder)
    .prints(new RegExp(`decided +\`schema\` is \`changed\`: yes, anew \\(${me}\\)`));
  await lockstep("report", run)
    .in(folder)
    .prints(/Decided anew.*schema.*changed.*: yes$/m);
});

test("what still runs by the old decision is brought to its end before anything follows from the new one", async () => {
  const slow = `import { is, notNeeded, output, runbook, sh, step, when } from "lockstep";
const undo = notNeeded("a test");
export default runbook({ id: "slow", title: "Slow" }, () => {
  const look = step("look", "Look", sh.read\`cat found\`, { outputs: { word: output.text() } });
  return [
    look,
    when(is(look.outputs.word, "old"), [
      step("slow", "Act slowly", sh\`echo begins >> effects; until test -e go; do sleep 0.02; done; echo ends >> effects\`, { undo }),
      step("next", "Act then", sh\`echo next >> effects\`, { undo }),
    ]),
    step("after", "Act after", sh\`echo after >> effects\`, { undo }),
  ];
});
`;
  const folder = await project({ "runbooks/slow.runbook.ts": slow, found: "old\n" });
  await lockstep("run", "slow", "-v")
    .in(folder)
    .sends("SIGKILL", /2 +running/)
    .says(/Act slowly/)
    .exits(null);
  writeFileSync(join(folder, "found"), "new\n");
  const run = String(journalOf(folder)[0]?.["run"]);
  await lockstep("resume", run, "--again", "look")
    .in(folder)
    .exits(75)
    .prints(/suspended/i)
    .says(/2, 3 would be left out/);
  await lockstep("approve", run, "when:slow", "--again")
    .in(folder)
    .prints(/decided anew/);
  await lockstep("resume", run)
    .in(folder)
    .meanwhile(/2 +attached/, async () => writeFileSync(join(folder, "go"), ""))
    .says(/2 +ok/, /3 +skipped/, /4 +ok/)
    .prints(/^Done/);
  assert.equal(effects(folder), ["begins", "ends", "after"]);
});

test("in a terminal it is a question, and to keep it is one key", async () => {
  const { folder, run } = await stopped();
  const window = lockstepTerminal(folder, ["resume", run, "--again", "look"], { rows: 40 });
  await window.answer(/^r start · q quit$/m, "r");
  await window.waitFor(/^2 {2}`schema` is `changed`: decided as no, and would now be yes\n {5}2 would run$/m);
  await window.answer(/^k keep it as decided · g decide it anew · .*$/m, "k");
  assert.is(await window.ended(), 0);
  assert.equal(effects(folder), ["poll"]);
  await lockstep("log", run)
    .in(folder)
    .prints(/decided +`schema` is `changed`: no, kept, although it would now be yes \(/);
  await lockstep("report", run)
    .in(folder)
    .prints(/Kept as decided.*schema.*changed.*: no, although it would now be yes$/m);
});

test("a repeated step runs again in its last pass, named as the log names it; without it the fix is named", async () => {
  const { folder, run } = await stopped();
  await lockstep("log", run)
    .in(folder)
    .prints(/ 3\.1\[1\] +ok/);
  await lockstep("resume", run, "--again", "3.1")
    .in(folder)
    .exits(2)
    .says(
      /3\.1 poll cannot run again: it is repeated, and the pass must be named, as lockstep log names it: 3\.1\[1\]/,
    );
  await lockstep("resume", run, "--again", "3.1[1]")
    .in(folder)
    .prints(/ok/i)
    .says(/3\.1\[1\] +ok/);
  assert.equal(effects(folder), ["poll", "poll"]);
});

test.run();
