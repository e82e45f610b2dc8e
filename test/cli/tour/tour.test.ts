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
const killedMenu = /^r resume · b roll back · q quit$/m;
const killed = /^✗ lockstep was killed in the middle of 4\.1 Point the proxy to green \(run \w{4}\)\.$/m;

/** The visitors are watched long enough for green to fail. */
function open({ columns = 80 }: { readonly columns?: number } = {}) {
  return lockstepTerminal(project.root, ["start", ...project.params("watch=15s")], {
    rows: 24,
    columns,
    env: { PAGER: "cat" },
  });
}

/** Lets it kill the run; what it says then stands on the screen. */
async function openKilled() {
  const window = open();
  await window.answer(tourMenu, "4");
  await window.answer(/^r start · q quit$/m, "r");
  await window.waitForRecord(killed);
  return window;
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
  assert.equal(await project.takenPorts(), []);
});

test("kill -9 in the middle of a write, and a resume that does not run it again", async () => {
  const window = await openKilled();
  assert.is((await project.takenPorts()).length, 3);
  await window.answer(killedMenu, "r");
  await window.waitForRecord(/^\$ npx lockstep resume \w{4}$/m);
  await window.waitForRecord(/^ {2}guard {4}did not watch for .*\n\n── 4 Switch$/m);
  await window.waitForRecord(/^✓ 4\.1 ok/m);
  await window.waitFor(/^Error rate .*▁··/m);
  await window.press("ctrl-c");
  await window.answer(/^Leave\?/m, "\x03");
  await window.waitFor(/^✓ 4 {2}kill and resume/m);
  assert.not.match(window.text(), /attempt 2/);
  await window.answer(tourMenu, "q");
  assert.is(await window.ended(), 0);
  assert.equal(await project.takenPorts(), []);
});

test("what a killed run left is rolled back by whoever leaves, with q or by closing the window", async () => {
  const window = await openKilled();
  await window.answer(killedMenu, "q");
  await window.waitForRecord(/^\$ npx lockstep rollback \w{4} --auto$/m);
  assert.is(await window.ended(), 0);
  assert.match(window.text(), /^Rolled back: Quickstart/m);
  assert.equal(await project.takenPorts(), []);
  assert.not.ok(project.hasFolder());

  const closed = await openKilled();
  closed.hangUp();
  for (let tries = 0; project.hasFolder() || project.processes().length > 0; tries += 1) {
    assert.ok(tries < 100, "the killed run is left");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
});

test("a run that was killed before is taken up first, also when npm start was killed with it", async () => {
  const first = await openKilled();
  await first.waitFor(killedMenu);
  first.signal("SIGKILL");
  await first.ended();
  const second = open();
  await second.waitForRecord(killed);
  await second.answer(killedMenu, "b");
  await second.waitForRecord(/^\$ npx lockstep rollback \w{4}$/m);
  await second.word(/type rollback and Enter/, "rollback");
  await second.waitForRecord(/^Rolled back: Quickstart/m);
  await second.answer(tourMenu, "q");
  assert.is(await second.ended(), 0);
  assert.equal(await project.takenPorts(), []);
});

test("at 40 columns every line fits, with what each sight shows; Enter and other keys do nothing, Ctrl-C leaves", async () => {
  const window = open({ columns: 40 });
  await window.waitFor(tourMenu);
  assert.match(window.screen(), /^ {2}3 {2}faulty deploy: the guard trips,\n {5}and takes the visitors back$/m);
  assert.match(window.screen(), /^ {2}4 {2}kill and resume: lockstep is\n {5}killed in a write, and goes on$/m);
  await window.answer(tourMenu, "\r");
  await window.waitFor(/^That key does nothing here\.\n1-4 see it · q quit$/m);
  assert.not.match(window.text(), /\$ npx lockstep/);
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
