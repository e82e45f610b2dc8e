import { suite } from "uvu";
import * as assert from "uvu/assert";
import { menuOf, openBlueGreen, runStep, switchTraffic, tickGates } from "../../../support/blue-green-sessions.ts";
import { closeTerminals } from "../../../support/lockstep-terminal.ts";
import { assertRecordOf } from "./record.ts";

const test = suite("blue-green at 40 columns");
test.after.each(closeTerminals);

const narrow = { columns: 40, rows: 24 } as const;

test("a failure, its keys, and the way back show all that a wider window shows", async () => {
  const session = await openBlueGreen({ flags: ["--step"], ...narrow });
  const { window, project } = session;
  project.let("rollout-fails");
  await tickGates(window);
  for (const number of ["0.2", "0.3", "1.1", "1.2", "1.3", "1.5", "1.6"]) await runStep(window, number);
  await window.answer(/^r run again/m, "?");
  await window.waitForRecord(/^ {2}Enter answers nothing here\./m);
  const shown = window.scrollback();
  // a remark stands below what it does not fit beside, and no time is broken
  assert.match(shown, /^✗ 1\.6 failed {2}[\d.]+s {2}[\d:]{8}\n {2}exit code 1$/m);
  assert.match(shown, /^ {4}successfully rolled out, within\n {4}10m 00s$/m);
  for (const [key, word] of Object.entries({ r: "run again", s: "skip", o: "output", b: "roll back", q: "quit" }))
    assert.match(shown, new RegExp(`^ {2}${key} {2}${word}: `, "m"));
  await window.answer(/^r run again/m, "b");
  await window.word(/type\s+rollback and Enter/, "rollback");
  assert.is(await window.ended(), 4);
  assert.match(window.scrollback(), /^Undo 1\.5 {2}Delete the green application\n {10}· DESTRUCTIVE$/m);
  assert.match(window.scrollback(), /^Undo 1\.3 {2}Delete the green\n {10}infrastructure · DESTRUCTIVE$/m);
  assert.match(
    window.scrollback(),
    /^ {2}undone: 1\.5 Deploy the green\n {4}application, at \S+\n {4}1\.3 Deploy the green secrets, at\n/m,
  );
  const runs = session.again("runs");
  await runs.ended();
  assert.match(runs.screen(), /^\w{4} {2}production-blue-green\n {6}rolled back, today [\d:]+, \w+$/m);
  const log = session.again("log");
  await log.ended();
  assert.match(log.scrollback(), /^\S+ {2}1\.6 +failed +[\d.]+s\n {4}exit code 1: error: deployment .*\.\.\.$/m);
});

test("an undo that fails says so once, and how to go on", async () => {
  const session = await openBlueGreen({ ...narrow, wait: "seconds(60)" });
  const { window, project } = session;
  project.let("back-fails");
  await switchTraffic(session);
  await window.answer(/^d done/m, "d");
  await window.waitFor(/s left/);
  project.measure("errors", 3.4);
  assert.is(await window.ended(), 1);
  assert.match(window.scrollback(), /^✗ Undo 3\.2 failed {2}[\d.]+s {2}[\d:]{8}\n {2}exit code 1$/m);
  assert.match(window.scrollback(), /^ {2}again: lockstep rollback \w{4}$/m);
  assertRecordOf(window, [
    ...["✓ 0.1", "✓ 0.2", "✓ 0.3", "✓ 1.1", "✓ 1.2", "✓ 1.3", "– 1.4", "✓ 1.5", "✓ 1.6"],
    ...["✓ 2.1", "✓ 2.2", "– 2.3, 2.4", "✓ 2.5", "✓ 2.1", "✓ 3.1", "✓ 3.2", "✓ 3.3", "✓ 3.4"],
  ]);
});

test("the keys before a step are all told", async () => {
  const { window } = await openBlueGreen({ flags: ["--step"], ...narrow });
  await tickGates(window);
  await window.answer(menuOf("0.2"), "?");
  await window.waitForRecord(/^ {2}Enter answers nothing here\./m);
  for (const [key, word] of Object.entries({ r: "run", s: "skip", v: "view", n: "note", e: "to the end", q: "quit" }))
    assert.match(window.scrollback(), new RegExp(`^ {2}${key} {2}${word}: `, "m"));
  // a key that means nothing tells them only once more
  await window.answer(/^r run · s skip/m, "y");
  await window.waitFor(/^That key does nothing here\./m);
  await window.answer(/^r run · s skip/m, "q");
  assert.is(await window.ended(), 3);
});

test.run();
