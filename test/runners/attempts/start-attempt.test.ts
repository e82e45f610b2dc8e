import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import type { Attempt, AttemptSpec } from "../../../runners/attempts/attempt.ts";
import { inspectAttempt } from "../../../runners/attempts/inspect-attempt.ts";
import { startAttempt } from "../../../runners/attempts/start-attempt.ts";
import { spawnWrapper } from "../../../runners/attempts/wrapper-process.ts";
import { createAttemptFixture, readOutput, stateOf } from "../../support/attempt-fixture.ts";

const test = suite("start an attempt");
let fixture: ReturnType<typeof createAttemptFixture>;
test.before.each(() => {
  fixture = createAttemptFixture();
});
test.after.each(() => fixture.clean());

const file = (attempt: Attempt, name: string): string => readFileSync(join(attempt.folder, name), "utf8");

async function refusal(spec: AttemptSpec): Promise<LockstepError> {
  try {
    await startAttempt(spec);
  } catch (error) {
    if (error instanceof LockstepError) return error;
    throw error;
  }
  throw new Error("it was started");
}

for (const [script, exitCode] of [
  ["true", 0],
  ["exit 7", 7],
  ["kill -KILL $$", 137],
  ["no-such-command-here", 127],
  ["echo $UNSET_HERE", 1],
  ["false | true", 1],
  ["false; true", 1],
] as const) {
  test(`\`${script}\` ends with ${exitCode}`, async () => {
    const attempt = await fixture.start(script);
    assert.equal(await attempt.ended, { kind: "exited", exitCode });
    assert.equal(await stateOf(attempt.folder), { state: "ended", exitCode });
    assert.match(file(attempt, "status"), new RegExp(`^${exitCode}\n`));
  });
}

test("bash runs exactly the characters of the script", async () => {
  const script = "printf '%s|' 'a  b' \"$0\" $'\\t'\n# no newline at the end: äöü \\";
  const attempt = await fixture.start(script);
  await attempt.ended;
  assert.is(file(attempt, "script"), script);
  assert.is(file(attempt, "log"), `a  b|${attempt.folder}/script|\t|`);
});

test("both streams are in the log, in the order in which they were written", async () => {
  const attempt = await fixture.start("for i in 1 2 3; do echo out $i; echo err $i >&2; done");
  const { stdout, stderr } = await readOutput(attempt);
  assert.is(stdout, "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n");
  assert.is(stderr, "");
});

test("standard output is apart where it is captured", async () => {
  const attempt = await fixture.start("echo value; echo complaint >&2; echo more > /dev/stdout", {
    separateOutput: true,
  });
  assert.equal(await readOutput(attempt), { stdout: "value\nmore\n", stderr: "complaint\n" });
  assert.is(file(attempt, "out"), "value\nmore\n");
  assert.is(file(attempt, "log"), "complaint\n");
});

test("a step that is killed leaves no word of the wrapper in the log", async () => {
  const attempt = await fixture.start("echo before; kill -KILL $$");
  await attempt.ended;
  assert.is(file(attempt, "log"), "before\n");
});

test("folder and files are for their owner only, and the umask of the step is lockstep's", async () => {
  const attempt = await fixture.start("umask", { separateOutput: true });
  await attempt.ended;
  assert.is(statSync(attempt.folder).mode & 0o777, 0o700);
  for (const name of ["script", "log", "out", "begun", "status"])
    assert.is(statSync(join(attempt.folder, name)).mode & 0o777, 0o600, name);
  assert.is(Number.parseInt(file(attempt, "out"), 8), process.umask());
});

test("the step has its environment, its folder and no other open descriptor", async () => {
  const cwd = join(fixture.root, "a b");
  mkdirSync(cwd);
  const attempt = await fixture.start(
    'echo "$COLOUR:$PWD:${SHELLOPTS}"; env | grep -c _ls_ || true; for n in 3 4 5 6 7 8 9 20 21; do [[ ! -e /proc/self/fd/$n ]] || echo "fd $n"; done',
    { cwd, env: { COLOUR: "light blue" } },
  );
  await attempt.ended;
  assert.match(
    file(attempt, "log"),
    /^light blue:.*\/a b:braceexpand:errexit:hashall:interactive-comments:nounset:pipefail\n0\n$/,
  );
});

test("standard input is empty unless it is given", async () => {
  const attempt = await fixture.start("cat; echo end");
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 0 });
  assert.is(file(attempt, "log"), "end\n");
});

for (const [name, stdin] of [
  ["a line", "one\n"],
  ["nothing", ""],
  ["text without a newline at its end", "a\n\\b 'c' \"$d\" ü"],
  ["more than a pipe holds", `${"0123456789abcdef".repeat(20_000)}\n`],
] as const) {
  test(`standard input: ${name}, and it is in no file of the attempt and no argument list`, async () => {
    const attempt = await fixture.start("wc -c; exit 3", { stdin, separateOutput: true });
    assert.equal(await attempt.ended, { kind: "exited", exitCode: 3 });
    assert.is(Number(file(attempt, "out")), Buffer.byteLength(stdin));
  });
}

test("standard input arrives as it is", async () => {
  const stdin = "a\n\\b 'c' \"$d\" `e` %s ü \t\n\n";
  const attempt = await fixture.start("cat", { stdin, separateOutput: true });
  await attempt.ended;
  assert.is(file(attempt, "out"), stdin);
});

test("a step that does not read its standard input ends all the same", async () => {
  const attempt = await fixture.start("exit 0", { stdin: "x".repeat(500_000) });
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 0 });
});

test("a process that the step left behind does not keep it from ending", async () => {
  const attempt = await fixture.start("sleep 300 & echo $!");
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 0 });
  process.kill(Number(file(attempt, "log")), "SIGKILL");
});

test("begun says who began, before the command runs", async () => {
  const attempt = await fixture.start('cat "$(dirname "$0")/begun"; echo $PPID');
  await attempt.begun;
  await attempt.ended;
  const [begun = "", parent] = file(attempt, "log").split("\n");
  const { pid, boot, startTime, kind, startedAt } = JSON.parse(begun);
  assert.is(String(pid), parent);
  assert.match(startTime, /^\d+$/);
  assert.is(boot, readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  assert.is(kind, "session");
  assert.ok(Math.abs(Date.parse(startedAt) - Date.now()) < 60_000);
});

test("the step leads no session of lockstep's: it has one of its own, without a terminal", async () => {
  const attempt = await fixture.start("cat /proc/self/stat | cut -d ' ' -f 6,7");
  await attempt.ended;
  const [session, terminal] = file(attempt, "log").trim().split(" ").map(Number);
  assert.is(session, JSON.parse(file(attempt, "begun")).pid);
  assert.is(terminal, 0);
});

test("a missing cwd is said to be missing, and nothing is left", async () => {
  const cwd = join(fixture.root, "nowhere");
  const error = await refusal(fixture.spec("true", { cwd }));
  assert.is(error.code, "cwd-missing");
  assert.match(error.message, `the folder ${cwd}, in which the step is to run, does not exist`);
  assert.equal(await inspectAttempt(fixture.spec("true").folder), { state: "not-begun" });
});

test("an attempt's folder is never used twice, and a symbolic link is not followed", async () => {
  const first = await fixture.start("true");
  await first.ended;
  assert.is((await refusal(fixture.spec("true", { folder: first.folder }))).code, "disk-failed");
  const link = join(fixture.root, "link");
  symlinkSync(fixture.root, link);
  assert.is((await refusal(fixture.spec("true", { folder: link }))).code, "disk-failed");
});

test("an attempt that cannot be started keeps no file open", async () => {
  const spec = fixture.spec("true", { separateOutput: true });
  mkdirSync(spec.folder, { recursive: true });
  writeFileSync(join(spec.folder, "out"), "of another");
  const open = (): number => readdirSync("/proc/self/fd").length;
  const before = open();
  const error = await spawnWrapper(spec, undefined).catch((thrown: { code: string }) => thrown);
  assert.is("code" in error && error.code, "disk-failed");
  assert.is(open(), before);
});

test("what cannot be given as standard input is refused", async () => {
  assert.is((await refusal(fixture.spec("cat", { stdin: "a\0b" }))).code, "shell-nul");
  assert.is((await refusal(fixture.spec("cat", { stdin: "a", terminal: true }))).code, "bad-action");
});

test.run();
