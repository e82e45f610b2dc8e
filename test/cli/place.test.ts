import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../support/journal-of.ts";
import { lockstep, project } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";
import { tempFolder } from "../support/temp-folder.ts";

const test = suite("a run is resumed elsewhere");
test.after.each(closeTerminals);

const runbook = `import { kubectl } from "lockstep/kubernetes";
import { notNeeded, runbook, sh, step } from "lockstep";
export default runbook({ id: "deploy", title: "Deploy" }, () => [
  step("made", "Make it", sh\`echo made >> effects\`, { undo: sh\`echo unmade >> effects\` }),
  step("mend", "Fail until it is mended", sh\`test -e mended\`, { undo: notNeeded("a test") }),
  step("pods", "See the pods", kubectl.get("pods")),
]);
`;

/** Knows its contexts, and answers nothing else. */
function standIn(folder: string, context: string, server: string): string {
  const view = JSON.stringify({
    "current-context": context,
    contexts: [{ name: context, context: { cluster: "one", user: "alice-oncall" } }],
    clusters: [{ name: "one", cluster: { server } }],
  });
  const file = join(folder, ".tools", "kubectl");
  mkdirSync(join(folder, ".tools"), { recursive: true });
  const answers = `case "$*" in
"config view"*) echo '${view}';;
*) echo pods >> "${folder}/effects";;
esac`;
  writeFileSync(file, `#!/bin/sh\n${context === "" ? `[ "$1" = config ] && exit 1\n` : ""}${answers}\n`);
  chmodSync(file, 0o755);
  return `${join(folder, ".tools")}${delimiter}${process.env["PATH"]}`;
}

async function stopped(): Promise<{ folder: string; PATH: string }> {
  const folder = await project({ "runbooks/deploy.runbook.ts": runbook });
  const PATH = standIn(folder, "prod-eu", "https://10.20.0.1:6443");
  await lockstep("run", "deploy")
    .in(folder)
    .env({ PATH })
    .exits(1)
    .prints(/failed/i)
    .says(/mend/);
  writeFileSync(join(folder, "mended"), "");
  return { folder, PATH };
}

const effects = (folder: string): string[] => readFileSync(join(folder, "effects"), "utf8").trim().split("\n");

test("which cluster it ran against is recorded", async () => {
  const { folder } = await stopped();
  const [created] = journalOf(folder);
  const place = created?.["place"] as { cluster: object } | undefined;
  assert.equal(place?.cluster, {
    name: "prod-eu",
    server: "https://10.20.0.1:6443",
    user: "alice-oncall",
  });
});

for (const command of ["resume", "rollback"] as const) {
  test(`another cluster answers: ${command} does nothing, and says how it goes on`, async () => {
    const { folder } = await stopped();
    const PATH = standIn(folder, "staging", "https://10.30.0.1:6443");
    const run = String(journalOf(folder)[0]?.["run"]);
    await lockstep(command, run)
      .in(folder)
      .env({ PATH })
      .exits(75)
      .prints(new RegExp(`lockstep ${command} ${run}`))
      .says(
        /^\S+ place asks {6}another cluster than before: cluster staging, https:\/\/10\.30\.0\.1:6443, as alice-oncall, it was prod-eu, https:\/\/10\.20\.0\.1:6443, as alice-oncall$/m,
        new RegExp(`^\\S+ run {3}answer {4}lockstep approve ${run} place$`, "m"),
        new RegExp(`^\\S+ run {3}then {6}lockstep ${command} ${run}$`, "m"),
      );
    assert.equal(effects(folder), ["made"]);
    await lockstep(command, run, "--accept-place")
      .in(folder)
      .env({ PATH })
      .exits(command === "resume" ? 0 : 4)
      .prints(/deploy/i)
      .says(/goes on/);
    assert.equal(effects(folder), command === "resume" ? ["made", "pods"] : ["made", "unmade"]);
    const changed = journalOf(folder).filter(({ type }) => type === "place-changed");
    assert.is(changed.length, 1);
  });
}

test("the start of a resume says that the cluster is the one of before", async () => {
  const { folder, PATH } = await stopped();
  const window = lockstepTerminal(folder, ["resume"], { env: { PATH } });
  await window.waitFor(/^ {2}cluster {2}prod-eu, https:\/\/10\.20\.0\.1:6443, as alice-oncall: as before$/m);
  await window.answer(/^r start · q quit$/m, "q");
  await window.ended();
});

test("the same server under another name is the same cluster", async () => {
  const { folder } = await stopped();
  const PATH = standIn(folder, "bo-calls-it-eu", "https://10.20.0.1:6443");
  await lockstep("resume").in(folder).env({ PATH }).prints(/ok/i).says(/3 +ok/);
});

test("no cluster answers any more: it is asked about too", async () => {
  const { folder } = await stopped();
  const PATH = standIn(folder, "", "");
  await lockstep("resume")
    .in(folder)
    .env({ PATH })
    .exits(75)
    .prints(/place/)
    .says(/cluster none: kubectl has no current context/);
});

test("a decision from elsewhere counts, and is journaled with who", async () => {
  const { folder } = await stopped();
  const PATH = standIn(folder, "staging", "https://10.30.0.1:6443");
  const run = String(journalOf(folder)[0]?.["run"]);
  await lockstep("resume", run).in(folder).env({ PATH }).exits(75).prints(/place/).says(/asks/);
  await lockstep("approve", run, "place", "--accept")
    .in(folder)
    .prints(/accepted by/);
  await lockstep("resume", run)
    .in(folder)
    .env({ PATH })
    .prints(/ok/i)
    .says(/goes on {3}cluster staging/);
  await lockstep("log", run)
    .in(folder)
    .prints(/goes on +cluster staging, https:\S+, as alice-oncall \(\w+\)/);
});

test("the project stands in another folder: it is asked about", async () => {
  const { folder, PATH } = await stopped();
  const moved = join(await tempFolder(), "moved");
  cpSync(folder, moved, { recursive: true, verbatimSymlinks: true });
  await lockstep("resume")
    .in(moved)
    .env({ PATH })
    .exits(75)
    .prints(/place/)
    .says(new RegExp(`another folder than before: folder ${moved}, it was ${folder}`));
  assert.equal(effects(moved), ["made"]);
  await lockstep("resume", "--accept-place")
    .in(moved)
    .env({ PATH })
    .prints(/ok/i)
    .says(/goes on/);
});

test("in a terminal it takes a word, and Esc and q leave all as it is", async () => {
  const { folder } = await stopped();
  const PATH = standIn(folder, "staging", "https://10.30.0.1:6443");
  const left = lockstepTerminal(folder, ["resume"], { env: { PATH } });
  await left.answer(/^r start · q quit$/m, "r");
  await left.answer(/type here and Enter\. Esc: not yet\.$/m, "\x1b");
  await left.answer(/^t type here · n note · q quit · \? more$/m, "q");
  assert.is(await left.ended(), 3);
  assert.match(
    left.text(),
    /^Another cluster than before\n {5}- prod-eu, https:\/\/10\.20\.0\.1:6443, as alice-oncall\n {5}\+ staging, https:\/\/10\.30\.0\.1:6443, as alice-oncall\n/m,
  );
  const window = lockstepTerminal(folder, ["resume"], { env: { PATH } });
  await window.answer(/^r start · q quit$/m, "r");
  await window.waitFor(/^ {2}cluster {2}staging, https:\/\/10\.30\.0\.1:6443, as alice-oncall$/m);
  await window.word(/type here and Enter\. Esc: not yet\.$/m, "here");
  assert.is(await window.ended(), 0);
  assert.equal(effects(folder), ["made", "pods"]);
});

test.run();
