import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep } from "../../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";
import { createQuickstartProject, type QuickstartProject } from "../../support/quickstart-project.ts";

const test = suite("what npm start shows");
let project: QuickstartProject;
test.before.each(async () => {
  project = await createQuickstartProject();
});
test.after.each(() => {
  closeTerminals();
  project.clean();
});

const tourMenu = /^1-4 see it · q quit$/m;
const end = /\n\n[^\n]*1 {2}page[\s\S]*^1-4 see it · q quit$/m;

function open(columns = 80) {
  return lockstepTerminal(project.root, ["start", ...project.params()], { rows: 24, columns, env: { PAGER: "cat" } });
}

test("the page, then a guard that trips with its chart and its rollback, each as the command that one types", async () => {
  const window = open();
  await window.waitFor(tourMenu);
  assert.match(window.screen(), /^ {2}3 {2}faulty deploy {4}the guard trips, and takes the visitors back$/m);
  await window.answer(tourMenu, "1");
  await window.waitForRecord(/^\$ npx lockstep show quickstart$/m);
  await window.waitFor(/^✓ 1 {2}page/m);
  assert.match(window.text(), /^── 4 Switch\n[\s\S]*^\[ \] 4\.1 Point the proxy to green/m);
  await window.answer(tourMenu, "3");
  await window.waitForRecord(/^\$ npx lockstep run quickstart -p faulty=yes -p /m);
  await window.answer(/^r start · q quit$/m, "r");
  await window.waitForRecord(/^✗ GUARD TRIPPED: Error rate [\d.]+% is above 1%/m);
  await window.waitForRecord(/> 1% │[\s\S]*── Undo what ran since 4\.1\n[\s\S]*^↺ 4\.1 undone/m);
  await window.waitForRecord(/^ {2}run {7}\w{4}, .*, exit code 4$/m);
  await window.waitFor(/^✓ 3 {2}faulty deploy/m);
  await window.answer(tourMenu, "q");
  assert.is(await window.ended(), 0);
});

test("kill -9 in the middle of a write, and a resume that does not run it again", async () => {
  const window = open();
  await window.answer(tourMenu, "4");
  await window.answer(/^r start · q quit$/m, "r");
  await window.answer(/^✗ kill -9: lockstep is gone, in the middle of 4\.1\.[\s\S]*^r resume · q quit$/m, "r");
  await window.waitForRecord(/^\$ npx lockstep resume$/m);
  await window.answer(/^c caution read[\s\S]*/m, "c");
  await window.answer(/^5\.1 {2}Remove blue[\s\S]*^r run/m, "r");
  await window.word(/type stop-blue and Enter/, "stop-blue");
  await window.answer(/5\.3 cannot be undone[\s\S]*^c caution read/m, "c");
  await window.answer(/^5\.3 {2}Delete the site[\s\S]*^r run/m, "r");
  await window.word(/type delete and Enter/, "delete");
  await window.waitForRecord(/^Done: Quickstart/m);
  assert.is(window.text().match(/^✓ 4\.1 ok/gm)?.length, 1);
  await window.answer(end, "q");
  assert.is(await window.ended(), 0);
  assert.equal(await project.takenPorts(), []);
});

test("at 40 columns every line fits; Enter and other keys do nothing, and Ctrl-C leaves", async () => {
  const window = open(40);
  await window.answer(tourMenu, "\r");
  await window.waitFor(/^That key does nothing here\.\n1-4 see it · q quit$/m);
  assert.not.match(window.text(), /npx lockstep/);
  assert.ok(
    window
      .screen()
      .split("\n")
      .every((line) => line.length < 40),
  );
  await window.press("ctrl-c");
  assert.is(await window.ended(), 130);
});

test("without a terminal the quickstart runs unattended", async () => {
  await lockstep("start", ...project.params())
    .in(project.root)
    .says(/4\.2 {3}ok/)
    .prints(/^Done: Quickstart/);
});

test.run();
