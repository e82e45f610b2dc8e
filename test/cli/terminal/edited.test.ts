import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../../support/journal-of.ts";
import { lockstep, project } from "../../support/lockstep-command.ts";
import { closeTerminals, type LockstepTerminal, lockstepTerminal } from "../../support/lockstep-terminal.ts";
import { me } from "../../support/people-window.ts";

const test = suite("a resume after the runbook was edited");
test.after.each(closeTerminals);

const before = `import { minutes, notNeeded, output, runbook, section, sh, step } from "lockstep";
const undo = notNeeded("a test");
export default runbook({ id: "deploy", title: "Deploy", sections: "Phase" }, () => {
  const deploy = step("deploy", "Deploy the green application", sh\`echo deployed >> effects; cat version\`, { undo, outputs: { version: output.text() } });
  return [
    section("prepare", "Prepare green", [
      step("look", "Look first", sh\`echo looked >> effects\`, { undo }),
      deploy,
      step("label", "Label it", sh\`echo label \${deploy.outputs.version} >> effects\`, { undo }),
      step("ready", "Wait for green", sh.read\`test -e mended\`, { timeout: minutes(10) }),
    ]),
  ];
});
`;
const after = before
  .replace("echo deployed", "echo deployed anew")
  .replace("Look first", "Take a look first")
  .replace("minutes(10)", "minutes(20)");

const menu = /^k keep it as done · g run it again in its turn · v view · q quit · \? more$/m;

function git(folder: string, ...args: readonly string[]): string {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...who, ...args], { cwd: folder, encoding: "utf8" }).trim();
}

async function stopped(): Promise<{ folder: string; commit: string; run: string }> {
  const folder = await project({ "runbooks/deploy.runbook.ts": before, version: "v1\n" });
  git(folder, "init", "-q");
  git(folder, "add", "runbooks");
  git(folder, "commit", "-qm", "before");
  await lockstep("run", "deploy")
    .in(folder)
    .exits(1)
    .prints(/failed/i)
    .says(/1\.4/);
  writeFileSync(join(folder, "mended"), "");
  writeFileSync(join(folder, "version"), "v2\n");
  writeFileSync(join(folder, "runbooks/deploy.runbook.ts"), after);
  return { folder, commit: git(folder, "rev-parse", "--short", "HEAD"), run: String(journalOf(folder)[0]?.["run"]) };
}

const effects = (folder: string): string[] => readFileSync(join(folder, "effects"), "utf8").trim().split("\n");

async function resume(folder: string, size: { columns?: number } = {}): Promise<LockstepTerminal> {
  const window = lockstepTerminal(folder, ["resume"], { rows: 40, ...size });
  await window.answer(/^r start · q quit$/m, "r");
  return window;
}

test("shows each change, asks about each step that is done, and takes the word", async () => {
  const { folder, commit, run } = await stopped();
  const window = await resume(folder);
  await window.waitFor(menu);
  assert.match(
    window.text(),
    new RegExp(
      [
        "1\\.2 {2}Deploy the green application: done at \\d\\d:\\d\\d:\\d\\d, its command changed",
        " {5}- echo deployed >> effects; cat version",
        " {5}\\+ echo deployed anew >> effects; cat version",
        "1\\.4 {2}Wait for green: not done, its time-out changed",
        " {5}- at most 10m 00s",
        " {5}\\+ at most 20m 00s",
        `Wording only, no effect: 1\\.1\\. As it was: git ${commit}`,
        "",
        "1\\.2 was done as it stood\\. What holds\\?",
        "k keep",
      ].join("\n"),
    ),
  );
  await window.answer(menu, "v");
  await window.answer(menu, "\r");
  await window.answer(/^ {2}g {2}run it again in its turn {2}what it did stays until it begins again$/m, "\x1b");
  await window.answer(menu, "k");
  await window.waitFor(/^Goes on with the runbook as it is now: 1\.2 kept as done; 1\.4 as edited\.$/m);
  await window.answer(/^To accept, type accept and Enter\. Esc: not yet\.$/m, "\x1b");
  await window.answer(menu, "k");
  await window.word(/^To accept, type accept and Enter\. Esc: not yet\.$/m, "accept");
  assert.is(await window.ended(), 0);
  assert.equal(effects(folder), ["looked", "deployed", "label v1"]);
  const accepted = journalOf(folder).find(({ type }) => type === "changes-accepted");
  const by = accepted?.["by"] as { user: string } | undefined;
  assert.is(by?.user, me);
  await lockstep("log", run)
    .in(folder)
    .prints(/accepted +by \w+: 1\.2 edited and kept as done, 1\.4 edited$/m);
});

test("g runs it again in its turn; what used what it gave is asked about when its turn comes", async () => {
  const { folder, run } = await stopped();
  const window = await resume(folder);
  await window.answer(menu, "g");
  await window.waitFor(/^Goes on with the runbook as it is now: 1\.2 to run again; 1\.4 as edited\.$/m);
  await window.word(/^To accept, type accept and Enter\. Esc: not yet\.$/m, "accept");
  await window.waitFor(/^1\.3 was done with the old value\. What holds\?$/m);
  assert.match(window.text(), /^1\.3 {2}Label it: done, but it used version of 1\.2, which came out different since$/m);
  assert.match(window.text(), /note +version of 1\.2 came out different; used by 1\.3 \(lockstep\)$/m);
  await window.answer(menu, "g");
  assert.is(await window.ended(), 0);
  assert.equal(effects(folder), ["looked", "deployed", "label v1", "deployed anew", "label v2"]);
  assert.equal(
    journalOf(folder).flatMap((event) =>
      event.type === "reopened" ? [[event["step"], (event["by"] as { user: string }).user]] : [],
    ),
    [
      ["deploy", me],
      ["label", me],
    ],
  );
  await lockstep("log", run)
    .in(folder)
    .prints(/1\.2 +again +it was edited \(\w+\)/, /1\.3 +again +what it used came out different/);
});

test("a step that did not give what others use now cannot be kept", async () => {
  const { folder } = await stopped();
  const file = join(folder, "runbooks/deploy.runbook.ts");
  const other = readFileSync(file, "utf8")
    .replace("version: output.text()", "other: output.text()")
    .replaceAll("outputs.version", "outputs.other");
  writeFileSync(file, other);
  const window = await resume(folder);
  await window.waitFor(/^1\.2 did not give other, which others use now: it cannot be kept\.$/m);
  await window.answer(/^g run it again in its turn · v view · q quit · \? more$/m, "g");
  await window.answer(menu, "k");
  await window.word(/^To accept, type accept and Enter\. Esc: not yet\.$/m, "accept");
  assert.is(await window.ended(), 0);
  assert.equal(effects(folder), ["looked", "deployed", "label v1", "deployed anew"]);
});

test("q leaves everything as it was, and the next resume asks again", async () => {
  const { folder } = await stopped();
  const window = await resume(folder);
  await window.answer(menu, "q");
  assert.is(await window.ended(), 3);
  const again = await resume(folder);
  await again.answer(menu, "q");
  assert.is(await again.ended(), 3);
  assert.equal(effects(folder), ["looked", "deployed", "label v1"]);
});

for (const columns of [40, 120])
  test(`reads at ${columns} columns`, async () => {
    const { folder } = await stopped();
    const window = await resume(folder, { columns });
    await window.answer(/^k keep it as done/m, "g");
    await window.word(/^> $|^> *$/m, "accept");
    await window.answer(/1\.3 was done with the old value\. What\s+holds\?/, "k");
    assert.is(await window.ended(), 0);
    for (const line of window.scrollback().split("\n")) assert.ok(line.length <= columns, line);
    assert.equal(effects(folder), ["looked", "deployed", "label v1", "deployed anew"]);
  });

test("unattended it says what would be kept, suspends, and takes the decision by flags", async () => {
  const { folder, run } = await stopped();
  await lockstep("resume")
    .in(folder)
    .exits(75)
    .prints(/--accept-changes/)
    .says(
      /^\S+ 1\.2 {3}edited {4}it is done, and is kept as done if that is accepted; --again deploy runs it again$/m,
      new RegExp(`^\\S+ run {3}then {6}lockstep resume ${run} --accept-changes$`, "m"),
    );
  await lockstep("resume", "--accept-changes", "--again", "1.2")
    .in(folder)
    .exits(75)
    .prints(/approve/)
    .says(
      /^\S+ run {3}accepted {2}by \w+: 1\.2 edited and to run again, 1\.4 edited$/m,
      /^\S+ 1\.2 {3}again {5}it was edited \(\w+\)$/m,
      /^\S+ 1\.3 {3}asks {6}Label it is done, but it used version of 1\.2, which came out different since$/m,
      /^\S+ run {3}suspended at 1\.3, exit code 75; nothing runs$/m,
      new RegExp(`^\\S+ run {3}answer {4}lockstep approve ${run} 1\\.3$`, "m"),
    );
  await lockstep("approve", run, "1.3", "--keep")
    .in(folder)
    .prints(/1\.3 kept as done by/);
  await lockstep("resume")
    .in(folder)
    .prints(/ok/i)
    .says(/1\.4 +ok/);
  assert.equal(effects(folder), ["looked", "deployed", "label v1", "deployed anew"]);
});

test("with --accept-changes alone what is done is kept as done, and that is said", async () => {
  const { folder } = await stopped();
  await lockstep("resume", "--accept-changes")
    .in(folder)
    .prints(/ok/i)
    .says(/1\.2 edited and kept as done/);
  assert.equal(effects(folder), ["looked", "deployed", "label v1"]);
});

test("--again that makes no sense is refused with the reason", async () => {
  const { folder } = await stopped();
  await lockstep("resume", "--again", "1.4")
    .in(folder)
    .exits(2)
    .says(
      "error: 1.4 ready cannot run again: it is not done: it runs in its turn. Only a step that is done runs again\n",
    );
  await lockstep("resume", "--again", "deploi")
    .in(folder)
    .exits(2)
    .says('error: there is no step "deploi" to run again. Did you mean deploy?\n');
});

test.run();
