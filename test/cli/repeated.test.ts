import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";
import { me, start } from "../support/people-window.ts";

const test = suite("how a run with repeated steps stands");
test.after.each(closeTerminals);

/** A step that runs three times, and then an approval and a write; or it fails in its second pass. */
const repeated = (command = "echo x >> count; wc -l < count", limit = 3): string =>
  `import { above, approval, notNeeded, output, repeat, runbook, section, sh, step } from "lockstep";
const count = step("count", "Count", sh.read\`${command}\`, { outputs: { n: output.integer() } });
const look = step("look", "Look", sh.read\`true\`);
export default runbook({ id: "again", title: "Again" }, () => [
  section("drain", "Drain", [repeat("until", "Until", { limit: ${limit} }, () => ({ body: [look, count], until: above(count.outputs.n, 2) }))]),
  section("write", "Write", [
    approval("go", "Go on", { by: ["${me}"] }),
    step("out", "Write out", sh\`true\`, { undo: notNeeded("a test") }),
  ]),
]);
`;

test("its summary, its report and its approval count each of them once, and its head goes on behind them", async () => {
  const folder = await project({ "runbooks/again.runbook.ts": repeated() });
  const { stdout } = await lockstep("run", "again", "-q")
    .in(folder)
    .says(/2\.1 +asks/)
    .prints(/^ {2}ok +2 of 4$/m, /^ {2}not run +2\.2$/m)
    .exits(75);
  assert.not.match(stdout, /1\.1\.1/);
  await lockstep("report")
    .in(folder)
    .prints(/Steps:.* 2 ok/);
  const window = lockstepTerminal(folder, ["resume"], { rows: 30 });
  await window.waitFor(start);
  assert.match(window.text(), /^ +done +1\.1\.1, 1\.1\.2$/m);
  assert.match(window.text(), /^ +next +2\.1 Go on$/m);
  await window.answer(start, "r");
  await window.waitFor(/so far +2 ok, none skipped/);
  await window.answer(/^a approve/m, "a");
  await window.word(/To approve/, "approve");
  await window.waitFor(/ok +4 of 4/);
  assert.is(await window.ended(), 0);
});

test("a pass that failed is not hidden by the one before it", async () => {
  const folder = await project({
    "runbooks/again.runbook.ts": repeated("echo x >> count; wc -l < count; test $(wc -l < count) -lt 2"),
  });
  await lockstep("run", "again", "-q")
    .in(folder)
    .says(/1\.1\.2\[2\] +failed/)
    .prints(/^ {2}ok +1 of 4$/m, /^ {2}failed +1\.1\.2 Count /m, /^ {2}not run +2\.1, 2\.2$/m)
    .exits(1);
});

test("what its limit ended goes on with another pass", async () => {
  const folder = await project({ "runbooks/again.runbook.ts": repeated(undefined, 2) });
  const { stdout } = await lockstep("run", "again", "-q")
    .in(folder)
    .says(/after 2 passes/)
    .prints(/^ {2}not run +2\.1, 2\.2$/m)
    .exits(1);
  assert.match(stdout, /^ {2}why +1\.1\.2 failed: after 2 passes/m);
  const window = lockstepTerminal(folder, ["resume"], { rows: 30 });
  await window.waitFor(start);
  assert.match(window.text(), /^ +next +1\.1\.1 Look/m);
  await window.answer(start, "q");
  await window.ended();
});

test.run();
