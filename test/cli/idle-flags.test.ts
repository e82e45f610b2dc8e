import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../support/journal-of.ts";
import { lockstep, project, readingRunbook, runbookText } from "../support/lockstep-command.ts";
import { inTerminal } from "../support/terminal-command.ts";

const test = suite("a flag that would do nothing");

const refused = (words: readonly string[], folder: string, says: string) =>
  lockstep(...words)
    .in(folder)
    .says(`error: ${says}\n`)
    .exits(2);

test("is refused beside --dry-run, and nothing is printed", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  for (const [flag, long] of [
    ["-q", "--quiet"],
    ["-v", "--verbose"],
    ["--step", "--step"],
    ["--plain", "--plain"],
    ["--ascii", "--ascii"],
  ] as const)
    for (const words of [
      ["--dry-run", flag],
      [flag, "--dry-run=read"],
    ])
      await refused(["run", "hello", ...words], folder, `--dry-run cannot be used with ${long}. Leave one of them out`);
  // a dry run asks nobody, as --auto says
  await lockstep("run", "hello", "--dry-run", "--auto").in(folder).prints(/seen/);
});

test("is refused where the events are printed, which are always all", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  await refused(["run", "hello", "--json", "-q"], folder, "--json cannot be used with --quiet. Leave one of them out");
  await refused(["resume", "--json", "-v"], folder, "--json cannot be used with --verbose. Leave one of them out");
  await refused(["run", "hello", "-q", "-v"], folder, "--quiet cannot be used with --verbose. Leave one of them out");
  await refused(
    ["run", "hello", "--auto", "--step"],
    folder,
    "--step cannot be used with --auto. Leave one of them out",
  );
  assert.not(existsSync(join(folder, ".lockstep/runs")));
});

test("is refused in a terminal, whose record is always whole", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  for (const [flag, long] of [
    ["-q", "--quiet"],
    ["-v", "--verbose"],
  ] as const) {
    const { text, exitCode } = await inTerminal(folder, ["run", "hello", flag]);
    assert.match(
      text.replace(/\s+/g, " "),
      `error: ${long} is for a run that nobody attends. Add --auto, or leave ${long} out`,
    );
    assert.is(exitCode, 2);
    assert.match((await inTerminal(folder, ["run", "hello", flag, "--auto"])).text, /Done/);
  }
});

test("of log is refused with or without the STEP that it is for", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  await lockstep("run", "hello", "-q").in(folder).says(/./).prints(/^Done/);
  const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
  for (const flag of ["--json", "--all"])
    await refused(
      ["log", run, "look", flag],
      folder,
      `${flag} is for the events of a run, and look is a step. Leave ${flag} or look out`,
    );
  await refused(
    ["log", run, "--attempt", "1"],
    folder,
    "--attempt is for what a step printed. Name the step: lockstep log RUN STEP --attempt 1",
  );
});

test("of approve is refused, and answers nothing", async () => {
  const folder = await project({
    "runbooks/asks.runbook.ts": runbookText(
      "asks",
      'approval("go", "Go on", { by: ["anybody"] }), step("write", "Write", sh`true`, { undo: notNeeded("a test") })',
    ),
  });
  await lockstep("run", "asks")
    .in(folder)
    .says(/asks/)
    .prints(/Suspended/)
    .exits(75);
  const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
  const question = journalOf(folder).find(({ type }) => type === "asked")?.["question"] as { digest: string };
  const approve = ["approve", run, "go"];
  const digest = ["--digest", question.digest];
  for (const [words, says] of [
    [[...digest, "--items", "1"], "--items is about what a machine checked. Add --overrule REASON, or leave it out"],
    [[...digest, "--output", "a=b"], "--output needs --found there. Add --found there, or leave it out"],
    [
      ["--found", "missing", "--how", "seen", "--output", "a=b"],
      "--output needs --found there. Add --found there, or leave it out",
    ],
    [[...digest, "--how", "seen"], "--how needs --found. Add --found there, missing or partly"],
    [
      ["--again", "1.5"],
      "--again 1.5 needs --accept. Add --accept, or write --again alone for the step that is asked about",
    ],
    [
      [...digest, "--key", "id_ed25519"],
      "--key signs for the signers of lockstep.config.ts, and it names none. Leave it out, or add approvals: { allowedSigners: ... }",
    ],
    [[...digest, "--json"], "--json cannot be used with --digest. Leave one of them out"],
    [["--request", "--key", "id"], "--request cannot be used with --key. Leave one of them out"],
    [["--signature", "x", "--key", "id"], "--signature cannot be used with --key. Leave one of them out"],
  ] as const)
    await refused([...approve, ...words], folder, says);
  assert.equal(readdirSync(join(folder, ".lockstep/runs", run, "inbox")), []);
  await lockstep(...approve, ...digest)
    .in(folder)
    .prints(/approved/i);
});

test.run();
