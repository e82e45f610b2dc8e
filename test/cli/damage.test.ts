import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const damage = suite("damage");

const files = {
  "runbooks/a.runbook.ts": runbookText(
    "a",
    'step("one", "One", sh.read`echo one`), step("two", "Two", sh.read`test -e ready`)',
  ),
};

async function failedRun(): Promise<{ readonly folder: string; readonly run: string; readonly journal: string }> {
  const folder = await project(files);
  await lockstep("run", "a", "-q")
    .in(folder)
    .says(/failed/)
    .prints(/^Failed/)
    .exits(1);
  const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
  return { folder, run, journal: join(folder, ".lockstep/runs", run, "journal.ndjson") };
}

damage("to a journal is named by its line, everywhere, and nothing runs", async () => {
  const { folder, run, journal } = await failedRun();
  const lines = readFileSync(journal, "utf8").split("\n");
  const at = lines.findIndex((line) => line.includes('"finished"'));
  lines[at] = lines[at]?.replace('"ok"', '"failed"') ?? "";
  writeFileSync(journal, lines.join("\n"));
  const message = new RegExp(`^error: .*journal\\.ndjson, line ${at + 1}: .*\\n$`);
  for (const command of ["verify", "log", "report", "resume", "rollback", "approve"]) {
    await lockstep(command, run).in(folder).says(message).exits(1);
  }
  assert.is(readFileSync(journal, "utf8"), lines.join("\n"));
  await lockstep("runs").in(folder).says(message).prints(/^RUN/).exits(1);
  const { stdout, stderr } = await lockstep("runs", "--json").in(folder).says(message).prints(/^\[/).exits(1);
  const [row] = JSON.parse(stdout);
  assert.equal(
    { ...row, error: { ...row.error, message: "" } },
    {
      run,
      state: "unreadable",
      resumable: false,
      error: { code: "journal-damaged", message: "" },
    },
  );
  assert.ok(stderr.startsWith(`error: ${row.error.message}`), stdout);
});

damage("of a last line that was half written is cut off, and said", async () => {
  const { folder, run, journal } = await failedRun();
  appendFileSync(journal, '{"v":1,"seq":9,"at":"2026');
  await lockstep("verify", run)
    .in(folder)
    .prints(/none changed; a last line that was half written is cut off at the next resume\n$/);
  writeFileSync(join(folder, "ready"), "");
  await lockstep("resume", run)
    .in(folder)
    .says(/a last line that was half written, 25 bytes, was cut off the journal/)
    .prints(/^Done/);
});

const linesOf = (text: string): readonly string[] => text.split(/(?<=\n)/);

/** What is done to the journal, and how it is refused. */
const misdeeds: readonly (readonly [string, (text: string) => string, RegExp])[] = [
  ["a line taken out", (text) => linesOf(text).toSpliced(2, 1).join(""), /line 3: its seq is 4, and 3 comes next/],
  [
    "a line doubled",
    (text) =>
      linesOf(text)
        .toSpliced(2, 0, linesOf(text)[1] ?? "")
        .join(""),
    /line 3: its seq is 2/,
  ],
  [
    "two lines swapped",
    (text) => {
      const [first = "", second = "", third = "", ...rest] = linesOf(text);
      return [first, third, second, ...rest].join("");
    },
    /line 2: its seq is 3/,
  ],
  ["a zero in it", (text) => text.replace('"type":"started"', '"type":"start\0d"'), /line 2: it is not JSON/],
  [
    "a block of zeros in it",
    (text) => text.slice(0, 300) + "\0".repeat(512) + text.slice(812),
    /line 1: it is not JSON/,
  ],
  ["newlines as on Windows", (text) => text.replaceAll("\n", "\r\n"), /line 1: it has no hash of its own/],
  ["a byte order mark", (text) => `\ufeff${text}`, /line 1: it is not JSON/],
];

damage("to a journal of every coarser kind is named by its line, and nothing runs or is changed", async () => {
  const { folder, run, journal } = await failedRun();
  const sound = readFileSync(journal, "utf8");
  for (const [what, change, message] of misdeeds) {
    const damaged = change(sound);
    assert.is.not(damaged, sound, what);
    writeFileSync(journal, damaged);
    await lockstep("verify", run).in(folder).says(message).exits(1);
    await lockstep("resume", run).in(folder).says(message).exits(1);
    assert.is(readFileSync(journal, "utf8"), damaged, what);
  }
});

damage("by a line of another run is named by its line", async () => {
  const { folder, run, journal } = await failedRun();
  const other = await failedRun();
  const lines = linesOf(readFileSync(journal, "utf8"));
  writeFileSync(journal, lines.with(2, linesOf(readFileSync(other.journal, "utf8"))[2] ?? "").join(""));
  const message = /line 3: the hash chain is broken: it follows another line than the one before it/;
  await lockstep("verify", run).in(folder).says(message).exits(1);
  await lockstep("resume", run).in(folder).says(message).exits(1);
});

for (const [what, keep, line] of [
  ["that is empty", () => "", 1],
  ["that holds no more than a brace", () => "{", 1],
  ["that lost its last lines", (text: string) => linesOf(text).slice(0, 3).join(""), 4],
] as const)
  damage(`to a journal ${what} is seen by the attempts that it does not know of, and nothing runs`, async () => {
    const { folder, run, journal } = await failedRun();
    const damaged = keep(readFileSync(journal, "utf8"));
    writeFileSync(journal, damaged);
    const message = new RegExp(
      `^error: .*journal\\.ndjson, line ${line}: it is missing, and maybe more after it: attempts/(one|two)\\.1 was begun`,
    );
    for (const command of ["verify", "log", "report", "resume", "rollback"])
      await lockstep(command, run).in(folder).says(message).exits(1);
    assert.is(readFileSync(journal, "utf8"), damaged);
  });

damage("to a journal that is gone is an error that says so", async () => {
  const { folder, run, journal } = await failedRun();
  rmSync(journal);
  for (const command of ["verify", "log", "resume", "rollback"])
    await lockstep(command, run)
      .in(folder)
      .says(/^error: .*journal\.ndjson is missing\. Every run has one from its beginning, so it was removed/)
      .exits(1);
});

damage("of a plan that was changed in the run's folder is an error", async () => {
  const { folder, run } = await failedRun();
  const place = join(folder, ".lockstep/runs", run);
  const [plan = ""] = readdirSync(place).filter((name) => name.startsWith("plan-"));
  chmodSync(join(place, plan), 0o600);
  writeFileSync(join(place, plan), readFileSync(join(place, plan), "utf8").replace("echo one", "echo two"));
  await lockstep("report", run)
    .in(folder)
    .says(/^error: .* is not the plan that the journal names\./)
    .exits(1);
});

damage("of the folder of runs: one message, and nothing ran", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText("a", 'step("one", "One", sh`touch ran`, { undo: sh`rm ran` })'),
  });
  mkdirSync(join(folder, ".lockstep"));
  writeFileSync(join(folder, ".lockstep/runs"), "");
  await lockstep("run", "a")
    .in(folder)
    .says(/^error: .*\.lockstep\/runs.*\n$/)
    .exits(1);
  assert.not(readdirSync(folder).includes("ran"));
});

damage("of a file size that may not grow: the run stops before the next step, and goes on later", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText(
      "a",
      `step("one", "One", sh.read\`head -c 3000000 /dev/zero | tr '\\\\0' x > big.txt || true\`), step("two", "Two", sh.read\`echo two\`)`,
    ),
  });
  await lockstep("list").in(folder).prints(/a/);
  rmSync(join(folder, ".lockstep"), { recursive: true });
  // 8 blocks of 1024 bytes: the bundle and the plan do not fit
  await lockstep("run", "a")
    .in(folder)
    .through(["bash", "-c", 'ulimit -f 1; trap "" XFSZ; exec "$@"', "-"])
    .says(/^error: .*\n$/)
    .exits(1);
});

damage("of standard output that is full is an error, and a run goes on without it", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText("a", `step("one", "One", sh\`touch ran\`, { undo: sh\`rm ran\` })`),
  });
  const full = ["bash", "-c", 'exec "$@" > /dev/full', "-"];
  await lockstep("list").in(folder).through(full).says("error: standard output cannot be written (ENOSPC)\n").exits(1);
  await lockstep("run", "a", "--json")
    .in(folder)
    .through(full)
    .says("error: standard output cannot be written (ENOSPC)\n");
  assert.ok(readdirSync(folder).includes("ran"));
});

damage.run();
