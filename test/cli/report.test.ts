import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../support/journal-of.ts";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const reports = suite("report of a run");

const mend = (command: string): string =>
  runbookText("mend", `step("first", "Look", sh.read\`echo seen\`), step("mend", "Mend it", sh.read\`${command}\`)`);

/** A run that failed by `false`, and went on with `true` in another folder. */
async function edited(): Promise<string> {
  const folder = await project({ "runbooks/mend.runbook.ts": mend("false") });
  await lockstep("run", "mend")
    .in(folder)
    .says(/./)
    .prints(/failed/i)
    .exits(1);
  writeFileSync(join(folder, "runbooks/mend.runbook.ts"), mend("true"));
  const moved = join(await tempFolder(), "moved");
  cpSync(folder, moved, { recursive: true, verbatimSymlinks: true });
  await lockstep("resume", "--accept-changes", "--accept-place").in(moved).says(/./).prints(/./);
  return moved;
}

reports("shows each attempt with the command that it ran", async () => {
  const folder = await edited();
  const { stdout } = await lockstep("report").in(folder).prints(/./);
  assert.match(
    stdout,
    /- \[x\] <a id="mend"><\/a>\*\*2 Mend it\*\*\n {4}```bash\n {4}true\n {4}```\n {4}- \*\*failed\*\* after .*: exit code 1; it ran:\n {8}```bash\n {8}false\n {8}```\n {4}- ok after/,
  );
  assert.match(stdout, /\*\*1 Look\*\*\n {4}```bash\n {4}echo seen\n {4}```\n {4}- ok after .*\n\n?- \[x\]/);
});

reports("tells who resumed it, what changes were accepted and by whom, and by which plan it went on", async () => {
  const folder = await edited();
  const journal = journalOf(folder);
  const { user, host } = (journal[0]?.["by"] ?? {}) as { user: string; host: string };
  const digests = journal.flatMap(({ planDigest, type }) => (type === "resumed" ? [] : (planDigest ?? []))) as string[];
  assert.is(digests.length, 2);
  const { stdout } = await lockstep("report").in(folder).prints(/./);
  const head = stdout.slice(0, stdout.indexOf("- **Steps:**"));
  const time = "\\d\\d:\\d\\d:\\d\\d";
  assert.match(head, `plan \`${digests[0]?.slice(0, 12)}\`\n`);
  for (const line of [
    `- \\*\\*Resumed:\\*\\* ${time} by ${user}@${host}`,
    `- \\*\\*Place changed:\\*\\* ${time} by ${user}@${host}: folder .*/moved instead of /.*`,
    `- \\*\\*Changes accepted:\\*\\* ${time} by ${user}@${host}: 2 edited \\(its command\\)`,
    `- \\*\\*Went on by:\\*\\* ${time} plan \`${digests[1]?.slice(0, 12)}\``,
  ])
    assert.match(stdout, new RegExp(`^${line}$`, "m"), line);
});

reports("links its runbook from where it is written, whatever the name of the folder", async () => {
  const folder = await project({
    "runbooks/50%/why?#1/mend.runbook.ts": mend("true"),
  });
  await lockstep("run", "mend").in(folder).says(/./).prints(/./);
  await lockstep("report", "--out", "reports/mend.md").in(folder).says("Wrote reports/mend.md\n");
  assert.match(
    readFileSync(join(folder, "reports/mend.md"), "utf8"),
    "](../runbooks/50%25/why%3F%231/mend.runbook.ts)",
  );
});

reports.run();
