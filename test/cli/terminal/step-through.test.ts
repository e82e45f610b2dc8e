import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../../support/journal-of.ts";
import { project } from "../../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";

const test = suite("step by step in a terminal");
test.after.each(closeTerminals);

/** The menu of 1.2, and nothing before it. */
const menuOfWrite = /^1\.2 {2}[\s\S]*^r run · s skip/m;
const menu = /^r run · s skip · v view · n note · q quit · \? more$/m;

const runbook = `import { caution, irreversible, notNeeded, runbook, section, sh, step } from "lockstep";
export default runbook({ id: "two", title: "Two steps", sections: "Phase" }, () => [
  section("first", "Begin", [
    step("look", "Look", sh.read\`echo seen\`),
    step("write", "Write", sh\`echo \${"x"} >> effects\`, { undo: sh\`rm -f effects\`, cwd: "inside", env: { COLOUR: "green" } }),
  ]),
  section("second", "Finish", [
    caution("Users notice this."),
    step("drop", "Drop it", sh.destructive\`echo dropped >> effects\`, { undo: irreversible("it is gone") }),
  ]),
]);
`;

async function start(args: readonly string[] = ["--step"], options = {}) {
  const folder = await project({ "runbooks/two.runbook.ts": runbook, "inside/.keep": "" });
  return { folder, window: lockstepTerminal(folder, ["run", "two", ...args], options) };
}

test("the start names the run, the place and what will be done", async () => {
  const { window, folder } = await start();
  await window.waitFor(menu);
  const screen = window.screen();
  assert.match(screen, /^Two steps\n {2}run {6}\w{4}, step by step, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n/);
  assert.match(screen.replace(/\n {11}/g, ""), new RegExp(`^ {2}here {5}\\w+@\\S+:${folder}`, "m"));
  assert.match(screen, /^ {2}journal {2}\.lockstep\/runs\/\w{4}\/journal\.ndjson$/m);
  assert.match(screen, /^ {2}1 Begin {3}1 read, 1 write$/m);
  assert.match(screen, /^ {2}2 Finish {2}1 destructive$/m);
  assert.match(screen, /^ {2}2\.1 {7}cannot be undone$/m);
  assert.match(screen, /\n\n── Phase 1: Begin\n1\.1 {2}Look · read\necho seen\n\nr run/);
  await window.answer(menu, "q");
  assert.is(await window.ended(), 3);
});

test("r runs, and the record holds head, facts, command, output, end and an empty line", async () => {
  const { window } = await start();
  await window.answer(menu, "r");
  await window.answer(menuOfWrite, "r");
  await window.waitForRecord(/Users notice/);
  assert.match(
    window.text(),
    /1\.1 {2}Look · read\necho seen\n│ seen\n✓ 1\.1 ok {2}\d\.\ds {2}\d\d:\d\d:\d\d\n\n1\.2 {2}Write · WRITE\n {5}on {6}this machine\n {5}undo {4}rm -f effects\necho x >> effects\n✓ 1\.2 ok {2}\d\.\ds {2}\d\d:\d\d:\d\d\n\n── Phase 2: Finish\n┃ CAUTION {2}Users notice this\.\n/,
  );
  await window.press("ctrl-c");
  assert.is(await window.ended(), 130);
  assert.match(window.text(), /^Stopped at 2\.1, nothing runs\. Goes on with: lockstep resume \w{4}$/m);
});

test("Enter shows the keys, and answers nothing", async () => {
  const { window, folder } = await start();
  await window.answer(menu, "\r");
  await window.waitFor(/^ {2}r {2}run +run 1\.1$/m);
  assert.match(window.screen(), /^ {2}! {2}shell +a shell in this folder and environment; exit comes back here$/m);
  assert.match(window.screen(), /^ {2}e {2}to the end +run on without asking before each step; asks for the word$/m);
  assert.match(window.screen(), /^ {2}Enter answers nothing here\. Ctrl-C leaves, like q\.$/m);
  await window.press("escape");
  await window.answer(menu, "q");
  assert.is(await window.ended(), 3);
  assert.not(journalOf(folder).some(({ type }) => type === "started"));
});

test("a step whose id is one letter is confirmed by that letter", async () => {
  const folder = await project({
    "runbooks/two.runbook.ts": runbook.replace('step("drop"', 'step("x"'),
    "inside/.keep": "",
  });
  const window = lockstepTerminal(folder, ["run", "two", "--step"]);
  await window.answer(menu, "r");
  await window.answer(menuOfWrite, "r");
  await window.answer(/^c caution read/m, "c");
  await window.answer(/^echo dropped[\s\S]*^r run · s skip/m, "r");
  await window.word(/type x and Enter/, "x");
  assert.is(await window.ended(), 0);
});

test("s skips only with a reason, which is kept; Esc goes back", async () => {
  const { window, folder } = await start();
  await window.answer(menu, "s");
  await window.answer(/^Why is 1\.1 skipped\? It is kept in the record\. Esc: not skipped\.$/m, "\x1b");
  await window.answer(menu, "s");
  await window.answer(/^Why is 1\.1 skipped/m, "\r");
  await window.waitFor(/An empty line is no answer/);
  await window.type("seen it today\r");
  await window.waitForRecord(/^– 1\.1 skipped {2}\d\d:\d\d:\d\d {2}by \w+: seen it today$/m);
  await window.answer(menuOfWrite, "q");
  await window.ended();
  const finished = journalOf(folder).filter(({ type }) => type === "finished");
  assert.equal(
    finished.map(({ outcome }) => outcome),
    ["skipped"],
  );
});

test("v shows what is known of a step, n writes a note, and both come back", async () => {
  const { window, folder } = await start();
  await window.answer(menu, "r");
  await window.answer(menuOfWrite, "v");
  await window.waitFor(/^ {5}changes this machine; the command says what$/m);
  assert.match(window.screen(), /^ {5}folder {2}inside\n {5}with {4}COLOUR=green\n/m);
  assert.match(window.screen(), /^ {5}undo {4}runs:\nrm -f effects$/m);
  await window.answer(menu, "n");
  await window.word(/^A note, for the record\. Esc: none\.$/m, "colleague is informed");
  await window.waitForRecord(/^ {5}note {4}colleague is informed \(\w+\)$/m);
  await window.answer(menu, "q");
  await window.ended();
  const note = journalOf(folder).find(({ type }) => type === "noted");
  assert.is(note?.text, "colleague is informed");
  assert.is(note?.step, "write");
});

test("! opens a shell in the step's folder and environment", async () => {
  const { window, folder } = await start(["--step"], { env: { SHELL: "/bin/bash", HOME: "/nowhere" } });
  await window.answer(menu, "r");
  await window.answer(menuOfWrite, "!");
  await window.waitFor(/exit comes back to 1\.2/);
  await window.waitFor(/[$#]$/m);
  await window.type('echo "in $(basename "$PWD") with $COLOUR"\rexit\r');
  await window.waitForRecord(/^in inside with green$/m);
  await window.answer(menu, "q");
  assert.is(await window.ended(), 3);
  assert.ok(journalOf(folder).some(({ type, text }) => type === "noted" && /shell/.test(String(text))));
});

test("e asks for the word and runs on, but not over what cannot be undone", async () => {
  const { window, folder } = await start();
  await window.answer(menu, "e");
  await window.word(/type end and Enter/, "en");
  await window.waitFor(/"en" is not "end"\. Nothing was done\. Esc goes back\./);
  await window.type("end\r");
  await window.answer(/^c caution read/m, "c");
  await window.waitFor(/^2\.1 {2}Drop it · DESTRUCTIVE$/m);
  assert.not(journalOf(folder).some(({ type, step }) => type === "started" && step === "drop"));
  await window.answer(/^r run · s skip · v view/m, "q");
  assert.is(await window.ended(), 3);
});

test("a caution stands alone before its step can be started, and the step needs its own name", async () => {
  const { window, folder } = await start([]);
  await window.answer(/^r start · q quit$/m, "r");
  await window.waitFor(/^c caution read/m);
  assert.match(
    window.screen(),
    /┃ CAUTION {2}Users notice this\.\n\n┃ CAUTION {2}2\.1 cannot be undone: it is gone\.\n\nc caution read/,
  );
  assert.not.match(window.screen(), /echo dropped/);
  await window.answer(/^c caution read/m, "c");
  await window.answer(/^echo dropped[\s\S]*^r run · s skip/m, "r");
  await window.word(/^2\.1 cannot be undone\. To run it on this machine type drop and Enter\. Esc: no\.$/m, "yes");
  await window.answer(/"yes" is not "drop"\. Nothing was done\./, "\x1b");
  await window.answer(/^r run · s skip/m, "r");
  await window.word(/type drop and Enter/, "drop");
  assert.is(await window.ended(), 0);
  assert.ok(journalOf(folder).some(({ type, step }) => type === "finished" && step === "drop"));
  assert.match(window.text(), /^Done: Two steps$/m);
});

test("b is offered once something ran that it undoes, and asks for the word", async () => {
  const { window } = await start();
  await window.answer(menu, "?");
  await window.waitFor(/Enter answers nothing/);
  assert.not.match(window.screen(), /roll back/);
  await window.type("r");
  await window.answer(menuOfWrite, "r");
  await window.answer(/^c caution read/m, "b");
  await window.word(/^To undo what ran \(1\.2\), type rollback and Enter\. Esc: no\.$/m, "rollback");
  assert.is(await window.ended(), 4);
  assert.match(window.text(), /^↺ 1\.2 undone/m);
});

for (const [key, code] of [
  ["q", 3],
  ["\x03", 130],
] as const)
  test(`without --step one menu stands after the start; ${key === "q" ? key : "Ctrl-C"} leaves, and nothing was created`, async () => {
    const { window, folder } = await start([]);
    await window.waitFor(/^r start · q quit$/m);
    assert.match(window.screen(), /^ {2}run {6}stops for people, /m);
    await window.answer(/^r start · q quit$/m, key);
    assert.is(await window.ended(), code);
    assert.match(window.text(), /^Nothing has begun\.$/m);
    assert.equal(journalOf(folder), []);
  });

test.run();
