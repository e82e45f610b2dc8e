import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, readingRunbook } from "../support/lockstep-command.ts";

const test = suite("the file of a report");

async function ranOnce(): Promise<string> {
  const folder = await project({ "runbooks/look.runbook.ts": readingRunbook("look") });
  await lockstep("run", "look", "-q").in(folder).prints(/^Done/).says(/ok/);
  return folder;
}

const isReport = /^# The look runbook/m;
const report = (folder: string, file: string) => lockstep("report", "--out", file).in(folder);

test("is created with the folders above it, and replaces what is there with its mode", async () => {
  const folder = await ranOnce();
  await report(folder, "new/of/run.md").says("Wrote new/of/run.md\n");
  assert.match(readFileSync(join(folder, "new/of/run.md"), "utf8"), isReport);
  const mine = join(folder, "mine.md");
  writeFileSync(mine, "mine", { mode: 0o600 });
  await report(folder, "mine.md").says("Wrote mine.md\n");
  assert.match(readFileSync(mine, "utf8"), isReport);
  assert.is(statSync(mine).mode & 0o777, 0o600);
  assert.equal(
    readdirSync(folder).filter((name) => name.endsWith(".tmp")),
    [],
  );
});

test("is what a link leads to, and the link stays", async () => {
  const folder = await ranOnce();
  writeFileSync(join(folder, "real.md"), "before");
  symlinkSync("real.md", join(folder, "latest.md"));
  await report(folder, "latest.md").says("Wrote latest.md\n");
  assert.is(readlinkSync(join(folder, "latest.md")), "real.md");
  assert.match(readFileSync(join(folder, "real.md"), "utf8"), isReport);
});

test("is not written through a link that somebody put in the way of its draft", async () => {
  const folder = await ranOnce();
  const precious = join(folder, "precious");
  writeFileSync(precious, "mine");
  // exec keeps the process, by which the draft is named
  await report(folder, "report.md")
    .through(["bash", "-c", `ln -s precious report.md.$$.tmp; exec "$@"`, "-"])
    .says("Wrote report.md\n");
  assert.is(readFileSync(precious, "utf8"), "mine");
  assert.ok(lstatSync(join(folder, "report.md")).isFile());
});

test("is no folder: that is refused, and nothing is left behind", async () => {
  const folder = await ranOnce();
  mkdirSync(join(folder, "reports"));
  await report(folder, "reports")
    .exits(2)
    .says("error: reports is a folder. Name a file in it: --out reports/RUN.md\n");
  assert.equal(
    readdirSync(folder).filter((name) => name.endsWith(".tmp")),
    [],
  );
});

test("whose name is too long is refused in words", async () => {
  const folder = await ranOnce();
  await report(folder, `${"x".repeat(300)}.md`)
    .exits(1)
    .says(/^error: .*the name is too long/);
});

test("may be a pipe, which is written to and stays what it is", async () => {
  const folder = await ranOnce();
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  await report(folder, "pipe")
    .through(["bash", "-c", `cat pipe & "$@"; [ -p pipe ] && wait || kill $!`, "-"])
    .prints(isReport)
    .says("Wrote pipe\n");
  assert.ok(lstatSync(pipe).isFIFO());
});

test.run();
