import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const pages = suite("what can be looked at");

const files = {
  "runbooks/a.runbook.ts": runbookText(
    "a",
    `section("make", "Make", [step("one", "Make it", sh\`touch it\`, { undo: sh\`rm it\` })]), section("check", "Check", [step("two", "Look", sh.read\`ls it\`)])`,
  ),
};

pages("show prints the page, with its commands as they are typed", async () => {
  const folder = await project(files);
  await lockstep("show", "a")
    .in(folder)
    .prints(/^The a runbook\n/, /\[ \] 1\.1 Make it\n {4}touch it\n/, /Undo 1\.1.*\n {4}rm it\n/);
});

pages("graph draws the sections in every format", async () => {
  const folder = await project(files);
  await lockstep("graph", "a").in(folder).prints('flowchart LR\n  s1["1 Make"] --> s2["2 Check"]\n');
  await lockstep("graph", "a", "--format", "dot")
    .in(folder)
    .prints(/^digraph /);
  await lockstep("graph", "a", "--format", "svg")
    .in(folder)
    .prints(/<svg[\s>]/);
  const { stdout } = await lockstep("graph", "a", "--format", "json").in(folder).prints(/./);
  assert.ok(JSON.parse(stdout));
  await lockstep("graph", "a", "--format", "dott")
    .in(folder)
    .says('error: --format takes mermaid, dot, svg or json, not "dott". Did you mean dot?\n')
    .exits(2);
});

pages("plan --json is the plan that the published schema describes", async () => {
  const folder = await project(files);
  const { stdout } = await lockstep("plan", "a", "--json").in(folder).prints(/./);
  const plan = JSON.parse(stdout);
  assert.is(plan.format, 1);
  assert.is(plan.source, "runbooks/a.runbook.ts");
});

pages("report, log and verify tell what a run did", async () => {
  const folder = await project(files);
  await lockstep("run", "a", "-q").in(folder).says(/./).prints(/^Done/);
  const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
  await lockstep("report", run.slice(0, 3))
    .in(folder)
    .prints(new RegExp(`^# The a runbook: run ${run}\n`), /- \[x\] .*1\.1 Make it/);
  await lockstep("report", "--out", "out/report.md").in(folder).says("Wrote out/report.md\n");
  assert.match(readFileSync(join(folder, "out/report.md"), "utf8"), /\(\.\.\/runbooks\/a\.runbook\.ts\)/);
  await lockstep("log", run)
    .in(folder)
    .prints(
      /^\d\d:\d\d:\d\d {2}1\.1 {2}ok {2}[\d.]+s {2}touch it\n\d\d:\d\d:\d\d {2}2\.1 {2}ok {2}[\d.]+s {2}ls it\n\d\d:\d\d:\d\d +ok +exit code 0\n$/,
    );
  await lockstep("log", run, "2.1").in(folder).prints("it\n");
  await lockstep("log", run, "two").in(folder).prints("it\n");
  await lockstep("log", run, "2.2")
    .in(folder)
    .says(new RegExp(`^error: run ${run} has no step 2\\.2\\. Did you mean 2\\.1\\?\n$`))
    .exits(2);
  await lockstep("log", run, "two", "--attempt", "2")
    .in(folder)
    .says("error: two has no attempt 2. It has one\n")
    .exits(2);
  await lockstep("verify", run)
    .in(folder)
    .prints(new RegExp(`^${run}: \\d+ lines, none changed\n$`));
  await lockstep("verify", run, "--json")
    .in(folder)
    .prints(/"ok": true/);
});

pages("looking creates nothing but the cache", async () => {
  const folder = await project(files);
  for (const command of ["show", "plan", "graph"]) await lockstep(command, "a").in(folder).prints(/./);
  await lockstep("runs").in(folder).says("No runs yet. Start one with: lockstep run ID\n");
  assert.equal(readdirSync(join(folder, ".lockstep")).sort(), [".gitignore", "cache"]);
  assert.not(existsSync(join(folder, "it")));
});

pages("every command has a help with an example, and --version the version", async () => {
  const { stdout } = await lockstep("--help").prints(/^Usage: lockstep COMMAND/);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = ""]) => name);
  assert.ok(names.length >= 15, names.join());
  for (const name of names)
    await lockstep(name, "--help").prints(new RegExp(`^Usage: lockstep ${name}`), /\nExamples:\n {2}\S/);
  await lockstep("--version").prints(/^\d+\.\d+\.\d+\n$/);
  await lockstep("help", "plan").prints(/^Usage: lockstep plan/);
});

pages.run();
