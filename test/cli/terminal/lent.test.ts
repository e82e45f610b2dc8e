import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../support/attempt-fixture.ts";
import { guardedProject, guardText, writeText } from "../../support/guarded-project.ts";
import { journalOf } from "../../support/journal-of.ts";
import { project } from "../../support/lockstep-command.ts";
import { assertRecord, closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";

const test = suite("a shell, a pager or a step that has the terminal");
test.after.each(closeTerminals);

const failed = /^r run again · s skip · o output/m;

async function runsOne(step: string, env = {}) {
  const folder = await project({
    "runbooks/a.runbook.ts": `import { notNeeded, runbook, sh, step } from "lockstep";
export default runbook({ id: "a", title: "A" }, () => [${step}]);
`,
    "ask.sh": `stty -a | grep -oEw -e '-?icanon'
read -rp 'Who? ' who
echo "hello $who"
echo "$who" > effects
`,
  });
  const window = lockstepTerminal(folder, ["run", "a"], { env });
  await window.answer(/^r start · q quit$/m, "r");
  return { folder, window };
}

for (const [key, name] of [
  ["ctrl-c", "Ctrl-C"],
  ["ctrl-z", "Ctrl-Z"],
] as const)
  test(`${name} at the pager is the pager's: lockstep goes on, and its menu comes back`, async () => {
    const { window } = await runsOne('step("look", "Look", sh.read`seq 1 100; false`)', { PAGER: "less", LESS: "" });
    await window.answer(failed, "o");
    await window.waitFor(/^38\n39\n:$/m);
    await window.press(key);
    await new Promise((resolve) => setTimeout(resolve, 700));
    await window.type("G");
    await window.waitFor(/^100\n\(END\)$/m);
    await window.type("q");
    await window.answer(failed, "q");
    assert.is(await window.ended(), 3);
  });

for (const pager of ["", "no-such-pager -R"])
  test(`with PAGER='${pager}' an output is printed, and nothing of it steers the terminal`, async () => {
    const { window } = await runsOne("step('look', 'Look', sh.read`seq 1 30; printf 'a\\033[2Jb\\n'; false`)", {
      PAGER: pager,
    });
    await window.answer(failed, "o");
    await window.answer(/^27\n28\n29\n30\nab\nr run again/m, "q");
    assert.is(await window.ended(), 3);
    assertRecord(window, /^1\n2\n3\n[\s\S]*^30\nab\n/m);
    assert.not.match(window.text(), /syntax error|not found/);
  });

test("a step that needs a person's terminal has it whole, and lockstep takes it back", async () => {
  const { window, folder } = await runsOne(
    'step("edit", "Edit", sh`bash ask.sh`, { terminal: true, undo: notNeeded("a test") }), step("after", "After", sh.read`echo after`)',
  );
  await window.waitFor(/^bash ask\.sh\nicanon\nWho\?$/m);
  assert.not.match(window.screen(), /running|n note/);
  await window.type("kim\r");
  assert.is(await window.ended(), 0);
  assertRecord(
    window,
    /^bash ask\.sh\nicanon\nWho\? kim\nhello kim\n✓ 1 ok {2}.*\n\n2 {2}After · read\necho after\n│ after\n/m,
  );
  assert.is(readFileSync(join(folder, "effects"), "utf8"), "kim\n");
});

test("Ctrl-C at such a step is the step's, and Ctrl-Z stops nothing", async () => {
  const { window, folder } = await runsOne(
    'step("edit", "Edit", sh`bash ask.sh`, { terminal: true, undo: notNeeded("a test") })',
  );
  await window.waitFor(/^Who\?$/m);
  await window.press("ctrl-z");
  await new Promise((resolve) => setTimeout(resolve, 700));
  await window.press("ctrl-c");
  await window.answer(/^r run again · s skip · q quit · \? more$/m, "q");
  assert.is(await window.ended(), 3);
  assertRecord(window, /✗ 1 failed .* exit code 130\n\n/);
  assert.not.ok(existsSync(join(folder, "effects")));
});

const guarded = `${guardText()}, ${writeText("one")}, step("look", "Look", sh.read\`echo looked; seq 100; test -e found\`), ${writeText("never")}`;

for (const [what, key, shown, leave] of [
  ["a shell", "!", /exit comes back to 2[\s\S]*\$$/, "exit\r"],
  ["the pager", "o", /^looked\n1\n2\n[\s\S]*\n:$/m, "q"],
] as const)
  test(`a guard that trips while ${what} is open says so there, and rolls back meanwhile`, async () => {
    const { folder, rate } = await guardedProject(guarded);
    const env = { SHELL: "/bin/sh", PS1: "$ ", PAGER: "less", LESS: "" };
    const window = lockstepTerminal(folder, ["run", "guarded"], { rows: 36, env });
    await window.answer(/^r start/m, "r");
    await window.answer(/^r run again · o output · b roll back now/m, key);
    await window.waitFor(shown);
    const { bells } = window;
    rate(3.4);
    await window.waitFor(/^lockstep: GUARD TRIPPED: Error rate 3\.4% is above 1%\. Leave this to see what/m);
    assert.is(window.bells, bells + 1);
    await until(() => readFileSync(join(folder, "effects"), "utf8") === "one\nundo-one\n");
    await window.waitFor(/^lockstep: The run has ended\. Leave this to see how\.$/m);
    assert.is(window.exitCode, undefined);
    await window.type(leave);
    assert.is(await window.ended(), 4);
    assertRecord(
      window,
      /✗ GUARD TRIPPED: Error rate 3\.4% is above 1% {2}[\s\S]*↺ 1 undone[\s\S]*^Rolled back: Guarded$/m,
    );
  });

test("a kill while a shell is open stops the run at once, and the shell is left to the person", async () => {
  const folder = (await guardedProject(guarded)).folder;
  const window = lockstepTerminal(folder, ["run", "guarded", "--step"], { env: { SHELL: "/bin/sh", PS1: "$ " } });
  await window.answer(/^r run/m, "!");
  await window.waitFor(/exit comes back to 1[\s\S]*\$$/);
  window.signal("SIGTERM");
  await until(() => journalOf(folder).some(({ type }) => type === "stopped"));
  await window.waitFor(/^lockstep: The run has ended/m);
  await window.type("exit\r");
  assert.is(await window.ended(), 143);
});

test("suspend in a shell does not leave the terminal to nobody: the shell goes on, and its exit comes back", async () => {
  const { window } = await runsOne('step("look", "Look", sh.read`false`)', { SHELL: "/bin/bash", PS1: "$ " });
  await window.answer(failed, "!");
  await window.waitFor(/exit comes back to 1\n[\s\S]*[$#]$/);
  await window.type("suspend\r");
  await window.waitFor(/^lockstep: The shell goes on; exit comes back to 1\.$/m);
  await window.type("echo it is $((40 + 2))\r");
  await window.waitFor(/^it is 42$/m);
  await window.type("exit\r");
  await window.answer(failed, "q");
  assert.is(await window.ended(), 3);
});

test("a shell that cannot be opened is said, and is in no record", async () => {
  const { window, folder } = await runsOne('step("look", "Look", sh.read`false`, { cwd: "." })', {
    SHELL: "/no/such/shell",
  });
  await window.answer(failed, "!");
  await window.waitFor(/no shell was opened: .*\/no\/such\/shell/);
  await window.answer(failed, "q");
  assert.is(await window.ended(), 3);
  assert.not(journalOf(folder).some(({ type }) => type === "note"));
});

test.run();
