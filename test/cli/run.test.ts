import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, readingRunbook, runbookText } from "../support/lockstep-command.ts";

const running = suite("lockstep run");

const time = "\\d\\d:\\d\\d:\\d\\d";
/** The lines of an unattended record, whatever the time and the run's id. */
const record = (...lines: readonly string[]): RegExp =>
  new RegExp(`^${lines.map((line) => `${time} ${line}\n`).join("")}$`);
const greeting = runbookText(
  "greeting",
  'section("greet", "Greet", [step("write", "Write it", sh`echo "Hello, ${p.name}" > greeting.txt`, { undo: sh`rm greeting.txt` }), step("read", "Read it", sh.read`cat greeting.txt`, { expect: "Hello" })])',
  `params: { name: param.string({ example: "world" }) }, next: ["tidy-up"]`,
);

running("prints one line an event on standard error, and what it came to on standard output", async () => {
  const folder = await project({ "runbooks/greeting.runbook.ts": greeting });
  await lockstep("run", "greeting", "-p", "name=you")
    .in(folder)
    .says(
      record(
        "run {3}started {3}\\w{4} greeting, unattended, times UTC",
        '1\\.1 {3}running {3}Write it: echo "Hello, you" > greeting\\.txt',
        "1\\.1 {3}ok {8}[\\d.]+s",
        "1\\.2 {3}running {3}Read it: cat greeting\\.txt",
        "1\\.2 {3}\\| {9}Hello, you",
        "1\\.2 {3}ok {8}[\\d.]+s, as expected",
        "run {3}ok {8}exit code 0",
      ),
    )
    .prints(
      /^Done: The greeting runbook\n {2}run {7}\w{4}, [\d.]+s, exit code 0\n {2}ok {8}2 of 2\nNext\n {2}lockstep report \w{4} > report\.md {4}the record\n {2}lockstep run tidy-up\n$/,
    );
  assert.is(readFileSync(join(folder, "greeting.txt"), "utf8"), "Hello, you\n");
});

running("takes a parameter as a flag of its own, from a file, and by -p, the later winning", async () => {
  const folder = await project({ "runbooks/greeting.runbook.ts": greeting, "values.json": `{ "name": "file" }` });
  const shows = (...args: string[]) => lockstep("run", "greeting", "--dry-run", ...args).in(folder);
  await shows("--name", "flag").prints(/Hello, flag/);
  await shows("--params", "values.json").prints(/Hello, file/);
  await shows("--params", "values.json", "-p", "name=typed").prints(/Hello, typed/);
  await lockstep("run", "greeting", "--help")
    .in(folder)
    .prints(/Parameters \(also as -p name=value\):\n {2}--name <world> +\(needed\)/);
  await lockstep("run", "greeting", "--nmae", "x")
    .in(folder)
    .says("error: run has no option --nmae. Did you mean --name?\n")
    .exits(2);
});

running("creates nothing when a parameter is missing", async () => {
  const folder = await project({ "runbooks/greeting.runbook.ts": greeting });
  await lockstep("run", "greeting")
    .in(folder)
    .says("error: greeting needs name. Add -p name=..., such as world\n")
    .exits(2);
  assert.not(existsSync(join(folder, ".lockstep/runs")));
});

running("--dry-run touches nothing, and --dry-run=read only looks", async () => {
  const folder = await project({ "runbooks/greeting.runbook.ts": greeting });
  await lockstep("run", "--dry-run", "greeting", "-p", "name=you")
    .in(folder)
    .prints(
      'Dry run: The greeting runbook\n  with     name=you\n\n1 Greet\n  1.1   Write it · write\n        echo "Hello, you" > greeting.txt\n  1.2   Read it · read\n        cat greeting.txt\n',
    );
  await lockstep("run", "greeting", "--dry-run=read", "-p", "name=you")
    .in(folder)
    .prints(/cat greeting\.txt\n {8}NOT as it should be: exit code 1\n/);
  await lockstep("run", "greeting", "--dry-run=raed", "-p", "name=you")
    .in(folder)
    .says('error: --dry-run takes read, not "raed". Write --dry-run, or --dry-run=read\n')
    .exits(2);
  assert.not(existsSync(join(folder, "greeting.txt")));
  assert.not(existsSync(join(folder, ".lockstep/runs")));
});

running("--json prints the journal's events, one a line, and no text", async () => {
  const folder = await project({ "runbooks/a.runbook.ts": readingRunbook("a") });
  const { stdout } = await lockstep("run", "a", "--json").in(folder).prints(/./);
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(
    events.map(({ type }) => type),
    ["created", "started", "finished", "ended"],
  );
});

running("-q shows what went wrong and the end, -v every event", async () => {
  const folder = await project({ "runbooks/a.runbook.ts": readingRunbook("a") });
  await lockstep("run", "a", "-q")
    .in(folder)
    .says(record("run {3}started {3}.*", "run {3}ok {8}exit code 0"))
    .prints(/^Done/);
});

running("shows output without what a terminal would obey", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText(
      "a",
      'step("look", "Look", sh.read`printf \'\\033[2Jred\\033]0;title\\007 10%%\\r20%%\\n\'`)',
    ),
  });
  const { stderr } = await lockstep("run", "a")
    .in(folder)
    .says(/\| {9}20%\n/)
    .prints(/^Done/);
  assert.not.match(stderr, /\x1b|\r/);
});

running("says where a step failed, how to go on, and goes on there", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText(
      "a",
      'step("write", "Write", sh`echo once >> log.txt`, { undo: sh`rm log.txt` }), step("look", "Look", sh.read`test -e ready`)',
    ),
  });
  await lockstep("run", "a")
    .in(folder)
    .says(
      /2 {5}failed {4}[\d.]+s, exit code 1\n.* run {3}stopped {3}2 failed: exit code 1; nothing runs; lockstep ends with exit code 1\n.* run {3}then {6}lockstep resume (\w{4})\n$/,
    )
    .prints(
      /^Failed: The a runbook\n {2}run {7}\w{4}, .*, exit code 1\n {2}why {7}2 failed: exit code 1\n {2}ok {8}1 of 2\n {2}failed {4}2 Look \(exit code 1\)\nNext\n {2}lockstep resume \w{4} +go on\n {2}lockstep rollback \w{4} +undo what ran\n$/,
    )
    .exits(1);
  await lockstep("runs")
    .in(folder)
    .prints(
      /^RUN {3}RUNBOOK {2}STATE {14}AT {2}STARTED +BY\n\w{4} {2}a {8}failed, resumable {2}2 {3}today \d\d:\d\d {2}\w+\n$/,
    );
  await lockstep("resume")
    .in(folder)
    .env({ PATH: `${process.env.PATH}` })
    .says(/2 {5}running/)
    .prints(/^Failed/)
    .exits(1);
  writeFileSync(join(folder, "ready"), "");
  await lockstep("resume")
    .in(folder)
    .says(/resumed {3}\w{4} a, by /)
    .prints(/^Done: The a runbook\n/);
  assert.is(readFileSync(join(folder, "log.txt"), "utf8"), "once\n");
  await lockstep("resume")
    .in(folder)
    .says(/^error: run \w{4} has ended, and every step is done\. Start it anew: lockstep run a\n$/)
    .exits(2);
});

running("undoes what a run did, by what was recorded", async () => {
  const folder = await project({ "runbooks/greeting.runbook.ts": greeting });
  await lockstep("run", "greeting", "-p", "name=you", "-q").in(folder).says(/./).prints(/^Done/);
  await lockstep("rollback")
    .in(folder)
    .says(/Undo 1\.1 running/)
    .prints(
      /^Rolled back: The greeting runbook\n {2}run .*exit code 4\n(.*\n)* {2}undone {4}1\.1 Write it, at \d\d:\d\d:\d\d\n/,
    )
    .exits(4);
  assert.not(existsSync(join(folder, "greeting.txt")));
});

running("shows how an edited runbook differs, and goes on only when that is accepted", async () => {
  const text = runbookText("a", 'step("one", "One", sh.read`echo one`), step("two", "Two", sh.read`test -e ready`)');
  const folder = await project({ "runbooks/a.runbook.ts": text });
  await lockstep("run", "a", "-q")
    .in(folder)
    .says(/failed/)
    .prints(/^Failed/)
    .exits(1);
  writeFileSync(join(folder, "runbooks/a.runbook.ts"), text.replace("test -e ready", "echo two"));
  await lockstep("resume")
    .in(folder)
    .says(
      /2 {5}edited\n.* {7}- {9}test -e ready\n.* {7}\+ {9}echo two\n/,
      /then {6}lockstep resume \w{4} --accept-changes\n$/,
    )
    .prints(/^Not resumed/)
    .exits(75);
  await lockstep("resume", "--accept-changes")
    .in(folder)
    .says(/accepted {2}by/)
    .prints(/^Done/);
});

running("takes a secret from where the runbook says, and shows it nowhere", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText(
      "a",
      'step("use", "Use", sh.read`echo "token is $TOKEN"`, { env: { TOKEN: p.token } })',
      `params: { token: param.secret({ from: { env: "A_TOKEN", file: "token.txt", command: "cat other.txt" } }) }`,
    ),
    "other.txt": "",
  });
  await lockstep("run", "a")
    .in(folder)
    .says(
      "error: a needs the secret token. Set the environment variable A_TOKEN, or put it into the file token.txt, or see that this prints it: cat other.txt\n",
    )
    .exits(2);
  assert.not(existsSync(join(folder, ".lockstep/runs")));
  const { stderr } = await lockstep("run", "a")
    .in(folder)
    .env({ A_TOKEN: "hunter2-hunter2" })
    .says(/token is/)
    .prints(/^Done/);
  assert.not.match(stderr, /hunter2/);
  writeFileSync(join(folder, "token.txt"), "from-a-file-1234\n");
  await lockstep("run", "a")
    .in(folder)
    .says(/token is/)
    .prints(/^Done/);
});

for (const [signal, exitCode] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  running(`ends what runs at ${signal}, journals it, and says how to go on`, async () => {
    const folder = await project({
      "runbooks/a.runbook.ts": runbookText(
        "a",
        'step("wait", "Wait", sh.read`echo waiting; test -e ready || sleep 600`)',
      ),
    });
    await lockstep("run", "a")
      .in(folder)
      .sends(signal, /\| {9}waiting/)
      .says(/1 {5}not started/, /run {3}stopped .*exit code 1[34][03]\n.*then {6}lockstep resume/)
      .prints(/^Interrupted: The a runbook\n/)
      .exits(exitCode);
    writeFileSync(join(folder, "ready"), "");
    await lockstep("resume")
      .in(folder)
      .says(/1 {5}ok/)
      .prints(/^Done/);
  });
}

running("rolls back without a secret that no undo uses, but not without one that an undo is given", async () => {
  const secret = `params: { token: param.secret({ from: { env: "A_TOKEN" } }) }`;
  const env = "{ env: { TOKEN: p.token } }";
  const folder = await project({
    "runbooks/read.runbook.ts": runbookText(
      "read",
      `step("look", "Look", sh.read\`true\`, ${env}), step("make", "Make", sh\`touch it\`, { undo: sh\`rm it\` })`,
      secret,
    ),
    "runbooks/write.runbook.ts": runbookText(
      "write",
      `step("make", "Make", sh\`touch it\`, { env: { TOKEN: p.token }, undo: sh\`rm it\` })`,
      secret,
    ),
  });
  const token = { A_TOKEN: "hunter2-hunter2" };
  await lockstep("run", "read", "-q").in(folder).env(token).says(/./).prints(/^Done/);
  await lockstep("rollback")
    .in(folder)
    .says(/undone/)
    .prints(/^Rolled back/)
    .exits(4);
  assert.not(existsSync(join(folder, "it")));
  await lockstep("run", "write", "-q").in(folder).env(token).says(/./).prints(/^Done/);
  await lockstep("rollback")
    .in(folder)
    .says("error: write needs the secret token. Set the environment variable A_TOKEN\n")
    .exits(2);
  await lockstep("rollback")
    .in(folder)
    .env(token)
    .says(/undone/)
    .prints(/^Rolled back/)
    .exits(4);
  assert.not(existsSync(join(folder, "it")));
});

running("ends quietly when nobody reads what it prints", async () => {
  const folder = await project({ "runbooks/a.runbook.ts": readingRunbook("a") });
  await lockstep("run", "a", "--json").in(folder).through(["bash", "-c", 'set -o pipefail; "$@" | true', "-"]);
  await lockstep("runs").in(folder).prints(/ ok /);
});

running.run();
