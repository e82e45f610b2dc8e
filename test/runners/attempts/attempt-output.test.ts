import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Attempt } from "../../../runners/attempts/attempt.ts";
import { followOutput } from "../../../runners/attempts/output-follower.ts";
import { listProcesses } from "../../../runners/processes/process-entry.ts";
import { createAttemptFixture, readOutput, until } from "../../support/attempt-fixture.ts";

const test = suite("the output of an attempt");
let fixture: ReturnType<typeof createAttemptFixture>;
test.before.each(() => {
  fixture = createAttemptFixture();
});
test.after.each(() => fixture.clean());

const file = (attempt: Attempt, name: string): string => readFileSync(join(attempt.folder, name), "utf8");
const everything = (attempt: Attempt): string =>
  readdirSync(attempt.folder)
    .map((name) => file(attempt, name))
    .join("\n");

test("it comes while the step runs", async () => {
  const attempt = await fixture.start("echo ready; until [[ -e go ]]; do sleep 0.02; done; echo done");
  const texts: string[] = [];
  for await (const { text } of attempt.output()) {
    texts.push(text);
    writeFileSync(join(fixture.root, "go"), "");
  }
  assert.equal(texts, ["ready\n", "done\n"]);
});

test("a character is whole although its bytes come one by one", async () => {
  const attempt = await fixture.start(
    "for b in '\\xe2' '\\x82' '\\xac' '\\xf0\\x9f' '\\x9a\\x80'; do printf $b; sleep 0.05; done",
  );
  for await (const { text } of attempt.output()) assert.not.match(text, "\uFFFD");
  assert.is(file(attempt, "log"), "€🚀");
});

test("binary output becomes replacement characters, and stays as it is on the disk", async () => {
  const attempt = await fixture.start("printf 'a\\xff\\xfe\\x00b\\xe2\\x82'");
  assert.is((await readOutput(attempt)).stdout, "a\uFFFD\uFFFD\0b\uFFFD");
  assert.equal([...readFileSync(join(attempt.folder, "log"))], [0x61, 0xff, 0xfe, 0, 0x62, 0xe2, 0x82]);
});

for (const [name, secrets] of [
  ["direct", []],
  ["masked", ["no-such-secret"]],
] as const) {
  test(`100 MB without a newline stay within bounds, ${name}`, async () => {
    const attempt = await fixture.start("head -c 100000000 /dev/zero | tr '\\0' x", { secrets });
    const before = process.memoryUsage().rss;
    let length = 0;
    let highest = 0;
    for await (const { text } of attempt.output()) {
      length += text.length;
      assert.ok(text.length <= 64 * 1024);
      highest = Math.max(highest, process.memoryUsage().rss);
    }
    assert.is(length, 100_000_000);
    assert.ok(highest - before < 80e6, `${(highest - before) / 1e6} MB`);
  });
}

for (const [name, secrets] of [
  ["direct", []],
  ["masked", ["no-such-secret"]],
] as const)
  test(`a log that grows without an end keeps its beginning, a mark and what came last, ${name}`, async () => {
    const script = "seq 1 200000; until [[ -e cut ]]; do sleep 0.02; done; echo last";
    const attempt = await fixture.start(script, { secrets });
    const { folder, ended } = attempt;
    let shown = "";
    for await (const { text } of followOutput({ folder, ended, largest: 1_000_000, head: 11 })) {
      shown += text;
      if (shown.includes("lockstep cut out")) writeFileSync(join(fixture.root, "cut"), "");
    }
    assert.ok(shown.endsWith("last\n"));
    const log = file(attempt, "log");
    assert.match(log, /^1\n2\n3\n4\n5\n6?[\d\n]*\n\[lockstep cut out at least \d+ bytes of output here\]\n/);
    assert.ok(log.endsWith("last\n"));
    assert.ok(log.length < 1_100_000);
  });

test("who stops looking does not disturb it", async () => {
  const attempt = await fixture.start("echo one; until [[ -e go ]]; do sleep 0.02; done; echo two");
  for await (const { text } of attempt.output()) if (text !== "") break;
  writeFileSync(join(fixture.root, "go"), "");
  await attempt.ended;
  assert.is((await readOutput(attempt)).stdout, "one\ntwo\n");
});

test("secrets are masked in both streams, and no file of the attempt has them", async () => {
  const secrets = ["hunter22!", "s p/c&?"];
  const script =
    'cat; echo "$A"; printf %s "$B" | base64; printf "pre%s" "$A" | base64 >&2; printf hunt >&2; sleep 0.1; printf "er22! end\\n" >&2';
  const attempt = await fixture.start(script, {
    secrets,
    env: { A: "hunter22!", B: "s p/c&?" },
    stdin: "stdin hunter22!\n",
    separateOutput: true,
  });
  assert.equal(await readOutput(attempt), {
    stdout: "stdin ***\n***\n***=\n".replace("***=", file(attempt, "out").split("\n")[2] ?? ""),
    stderr: file(attempt, "log"),
  });
  assert.match(file(attempt, "log"), /\*\*\* end\n$/);
  assert.not.match(everything(attempt), /hunter22|s p\/c|aHVudGVy|cyBwL2/);
  assert.equal(readdirSync(attempt.folder).sort(), ["begun", "log", "out", "script", "status"]);
});

test("the environment and the arguments of no process hold a secret that the step was not given", async () => {
  const attempt = await fixture.start(
    "until [[ -e go ]]; do sleep 0.02; done; cat /proc/$PPID/cmdline /proc/$PPID/environ /proc/self/environ | tr '\\0' ' ' | tr a-z b-za | wc -c",
    { secrets: ["very-secret-value"], stdin: "very-secret-value" },
  );
  await attempt.begun;
  const session = JSON.parse(file(attempt, "begun")).pid;
  // the wrapper, the masker and the command
  await until(() => listProcesses().filter((entry) => entry.session === session).length >= 3);
  let looked = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const read = (name: string): string => {
      try {
        return readFileSync(`/proc/${pid}/${name}`, "latin1");
      } catch {
        return "";
      }
    };
    if (read("stat").split(") ")[1]?.split(" ")[3] !== String(session)) continue;
    looked++;
    assert.not.match(read("cmdline") + read("environ"), "very-secret-value");
  }
  assert.ok(looked >= 3);
  writeFileSync(join(fixture.root, "go"), "");
  await attempt.ended;
});

test("a process that a masked step left behind does not keep it from ending, and is masked to its end", async () => {
  const attempt = await fixture.start(
    "(until [[ -e go ]]; do sleep 0.02; done; echo late hunter22; touch gone) & echo early hunter22",
    { secrets: ["hunter22"] },
  );
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 0 });
  assert.is(file(attempt, "log"), "early ***\n");
  writeFileSync(join(fixture.root, "go"), "");
  await until(() => file(attempt, "log") === "early ***\nlate ***\n");
});

test("a secret that is too short to be masked is refused before anything runs", async () => {
  let message = "";
  await fixture.start("touch ran", { secrets: ["abc"] }).catch((error: Error) => (message = error.message));
  assert.is(message, "a secret of less than 4 characters cannot be kept out of the output");
  assert.not(existsSync(join(fixture.root, "ran")));
});

test("a masker that does not come up means that nothing begins", async () => {
  const broken = join(fixture.root, "broken.mjs");
  writeFileSync(broken, "process.exit(3)");
  const attempt = await fixture.start("touch ran", { secrets: ["hunter22"], maskerProgram: broken });
  assert.equal(await attempt.ended, {
    kind: "lost",
    reason: "it did not begin: the process that masks secrets could not be started",
  });
  assert.not(existsSync(join(fixture.root, "ran")));
  assert.not(existsSync(join(attempt.folder, "begun")));
});

test("sensitive output is shown, masked, and is in no file", async () => {
  const attempt = await fixture.start("echo private hunter22; echo aside >&2; exit 2", {
    sensitive: true,
    secrets: ["hunter22"],
    separateOutput: true,
  });
  assert.equal(await readOutput(attempt), { stdout: "private ***\n", stderr: "aside\n" });
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 2 });
  assert.equal(readdirSync(attempt.folder).sort(), ["begun", "script", "status"]);
});

test("a sensitive step does not hang although nobody looks", async () => {
  const attempt = await fixture.start("head -c 3000000 /dev/zero", { sensitive: true });
  assert.equal(await attempt.ended, { kind: "exited", exitCode: 0 });
});

test("sensitive output is shown whole to who looks slowly", async () => {
  const attempt = await fixture.start("seq 1 300000", { sensitive: true });
  let length = 0;
  for await (const { text } of attempt.output()) {
    length += text.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.is(length, 1_988_895);
});

test("a sensitive step outlives lockstep", async () => {
  const spec = fixture.spec(
    "until [[ -e go ]]; do echo something; sleep 0.01; done; for i in $(seq 1 20000); do echo more; done; touch ran",
    { sensitive: true },
  );
  const parent = await fixture.startFromAnotherProcess(spec);
  parent.kill("SIGKILL");
  writeFileSync(join(fixture.root, "go"), "");
  await until(() => readFileSync(join(spec.folder, "status"), "utf8").startsWith("0\n"));
  assert.ok(existsSync(join(fixture.root, "ran")));
});

test("what a script cuts off by opening its own output anew is followed from the beginning", async () => {
  writeFileSync(join(fixture.root, "inner.sh"), "echo a long line before; sleep 0.2; echo after > /dev/stdout");
  const attempt = await fixture.start("bash inner.sh");
  assert.match((await readOutput(attempt)).stdout, /after\n$/);
});

test("with a masker, too, a line that is not finished is shown at once, whatever it ends in", async () => {
  const digits = [..."0123456789abcdef"];
  const attempt = await fixture.start(
    `for digit in ${digits.join(" ")}; do printf %s $digit; until [[ -e seen.$digit ]]; do sleep 0.01; done; done`,
    { secrets: ["YYYYYYYYYYYY"] },
  );
  let shown = "";
  for await (const { text } of attempt.output()) {
    shown += text;
    for (const digit of text) writeFileSync(join(fixture.root, `seen.${digit}`), "");
  }
  assert.is(shown, digits.join(""));
});

test.run();
