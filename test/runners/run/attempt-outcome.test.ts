import { suite } from "uvu";
import * as assert from "uvu/assert";
import { notNeeded, output, runbook, type StepOptions, seconds, sh, step } from "../../../dsl/index.ts";
import { readBootId } from "../../../runners/processes/boot-id.ts";
import { readProcess } from "../../../runners/processes/process-entry.ts";
import { isAlive } from "../../../runners/processes/process-identity.ts";
import { createRunFixture, finishedOf, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("how an attempt counts");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const retry = { attempts: 3, every: seconds(0) };
const one = (action: Parameters<typeof step>[2], options: StepOptions<never> = {}) =>
  runbook({ id: "one", title: "One" }, () => [
    step("it", "Do it", action, { ...(action.effect === "read" ? {} : { undo }), ...options }),
    step("after", "Go on", sh`echo after >> effects`, { undo }),
  ]);

test("a write that exits with an error is tried again", async () => {
  const story = await project.run(one(sh`echo x >> tries; test $(wc -l < tries) = 3`, { retry }));
  assert.is(story.exitCode, 0);
  assert.equal(outcomesOf(story.events, "it"), ["failed", "failed", "ok"]);
  assert.equal(
    ofType(story.events, "started").map(({ step: id, attempt }) => `${id}.${attempt}`),
    ["it.1", "it.2", "it.3", "after.1"],
  );
});

test("the pause between attempts grows by its backoff", async () => {
  const story = await project.run(one(sh`false`, { retry: { attempts: 3, every: seconds(0.01), backoff: 4 } }));
  assert.is(story.exitCode, 1);
  assert.equal(
    finishedOf(story.events, "it").map(({ retryIn }) => retryIn),
    [0.01, 0.04, undefined],
  );
});

for (const [what, options, exitCode, remark] of [
  [
    "what is expected stands beyond it",
    { expect: "at the end" },
    1,
    "not as expected: at the end; it printed more than 4 MB",
  ],
  ["what is expected stands before it", { expect: "at the start" }, 0, "as expected"],
  [
    "all of it is the output",
    { outputs: { all: output.text() } },
    1,
    "no output all: that is no value; it printed more",
  ],
  ["a piece at its start is the output", { outputs: { at: output.regex(/at the (\w+)/) } }, 0, ""],
] as const)
  test(`of more than 4 MB only these are judged, and that is said where it matters: ${what}`, async () => {
    const story = await project.run(
      one(
        sh.read`echo at the start; head -c 5000000 /dev/zero | tr '\\0' x; echo at the end`,
        options as StepOptions<never>,
      ),
    );
    assert.is(story.exitCode, exitCode);
    assert.match(finishedOf(story.events, "it")[0]?.remark ?? "", remark);
  });

test("a write is not repeated because it did not show what was expected", async () => {
  const story = await project.run(one(sh`echo x >> tries`, { retry, expect: "rolled out" }));
  assert.is(story.exitCode, 1);
  assert.equal(outcomesOf(story.events, "it"), ["failed"]);
  assert.match(story.message ?? "", "not as expected: rolled out");
  assert.is(project.read("tries"), "x\n");
});

test("nor because it gave no output, nor after its time-out", async () => {
  const noOutput = await project.run(
    runbook({ id: "none", title: "None" }, () => [
      step("it", "Do it", sh`echo x >> tries`, { undo, retry, outputs: { n: output.integer() } }),
    ]),
  );
  assert.equal(outcomesOf(noOutput.events, "it"), ["failed"]);
  const late = await project.run(one(sh`sleep 30`, { retry, timeout: seconds(0.2) }));
  assert.equal(outcomesOf(late.events, "it"), ["failed"]);
  assert.match(late.message ?? "", "time-out");
});

test("a read is tried again whatever is missing: its exit code, an output, what is expected", async () => {
  const story = await project.run(
    runbook({ id: "read", title: "Read" }, () => [
      step(
        "it",
        "Look",
        sh.read`echo x >> tries; case $(wc -l < tries) in 1) (exit 3);; 2) echo none;; 3) echo 7;; *) echo 7 ready;; esac`,
        {
          retry: { attempts: 4, every: seconds(0) },
          expect: /ready/,
          outputs: { n: output.regex(/(\d+)/) },
        },
      ),
    ]),
  );
  assert.is(story.exitCode, 0);
  assert.equal(
    finishedOf(story.events, "it").map(({ remark }) => remark),
    ["exit code 3", "no output n: nothing matches /(\\d+)/", "not as expected: /ready/", "as expected"],
  );
});

test("a time-out ends the step with all that it started, and is a failure", async () => {
  const story = await project.run(
    one(sh.read`(sleep 300 & echo $! > grandchild; sleep 300); echo never`, { timeout: seconds(0.4) }),
  );
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "time-out");
  const pid = Number(project.read("grandchild"));
  const startTime = readProcess(pid)?.startTime ?? "gone";
  assert.not(isAlive({ pid, startTime, boot: readBootId() }));
  assert.equal(project.effects(), []);
});

const captures: readonly (readonly [string, ReturnType<typeof output.text>, string, unknown])[] = [
  ["text, without the newlines at its end", output.text(), "printf 'a b\\n c\\n\\n'", "a b\n c"],
  ["integer", output.integer() as never, "echo ' -12 '", -12],
  ["number", output.number() as never, "echo 3.5", 3.5],
  ["regex, its first group", output.regex(/^pod-(\w+)/m), "printf 'x\\npod-abc d\\n'", "abc"],
  ["regex, all of it", output.regex(/[a-z]{3}\d/), "echo 12abc3", "abc3"],
  [
    "json",
    output.json({ type: "number", minimum: 2 }, { pointer: "/items/1/~1a~0b" }) as never,
    `echo '{"items":[0,{"/a~b":2}]}'`,
    2,
  ],
];
for (const [name, declared, command, value] of captures)
  test(`it captures ${name}`, async () => {
    const story = await project.run(capturing(declared, command));
    assert.is(story.exitCode, 0, story.message);
    assert.equal(finishedOf(story.events, "it")[0]?.outputs, { value });
  });

const failures: readonly (readonly [string, ReturnType<typeof output.text>, string, string])[] = [
  ["an integer with a fraction", output.integer() as never, "echo 1.5", "no whole number"],
  ["an integer that is too large to be exact", output.integer() as never, "echo 9007199254740993", "no whole number"],
  ["nothing where a number is wanted", output.number() as never, "true", "no number"],
  ["a word where a number is wanted", output.number() as never, "echo NaN", "no number"],
  ["what does not match", output.regex(/^ok$/m), "echo no", "nothing matches"],
  ["no JSON", output.json({}) as never, "echo '{'", "no JSON"],
  ["JSON that does not fit", output.json({ type: "string" }) as never, "echo 1", "must be string"],
  ["JSON without the place", output.json({}, { pointer: "/a/b" }) as never, "echo '{}'", "JSON"],
];
for (const [name, declared, command, reason] of failures)
  test(`it refuses ${name}`, async () => {
    const story = await project.run(capturing(declared, command));
    assert.is(story.exitCode, 1);
    assert.match(story.message ?? "", reason);
    assert.equal(outcomesOf(story.events, "it"), ["failed"]);
  });

test("a schema that cannot be used fails the step, which has run, and the run goes on by that", async () => {
  const plan = JSON.stringify(project.plan(capturing(output.json({ type: "string" }) as never, "echo 1")));
  const story = await project.run(JSON.parse(plan.replace('{"type":"string"}', '{"$ref":"#/nowhere"}')));
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "no output value: its JSON Schema is none: can't resolve reference #/nowhere");
  assert.equal(outcomesOf(story.events, "it"), ["failed"]);
});

function capturing(value: ReturnType<typeof output.text>, command: string) {
  project.write("command.sh", command);
  return runbook({ id: "capturing", title: "Capturing" }, () => [
    step("it", "Print", sh.read`bash command.sh`, { outputs: { value } }),
  ]);
}

test("what is expected may hold an output of another step", async () => {
  const expecting = (printed: string) =>
    runbook({ id: "expecting", title: "Expecting" }, () => {
      const first = step("first", "First", sh.read`echo 'v1.2 (final)'`, { outputs: { version: output.text() } });
      return [first, step("it", "Look", sh.read`echo ${printed}`, { expect: first.outputs.version })];
    });
  assert.is((await project.run(expecting("running v1.2 (final) now"))).exitCode, 0);
  const other = await project.run(expecting("running v1.3"));
  assert.is(other.exitCode, 1);
  assert.match(other.message ?? "", "v1.2 (final)");
});

test("only standard output is judged", async () => {
  const story = await project.run(one(sh.read`echo ready >&2`, { expect: "ready" }));
  assert.is(story.exitCode, 1);
});

for (const hostile of [
  `a'b"c`,
  "two\nlines",
  "$(touch hacked)`touch hacked`",
  "; touch hacked #",
  "--flag",
  "",
  " ",
  "*",
  "~",
  "\\",
])
  test(`an output reaches a later command as one word: ${JSON.stringify(hostile)}`, async () => {
    project.write("value", hostile);
    const story = await project.run(
      runbook({ id: "hostile", title: "Hostile" }, () => {
        const first = step("first", "First", sh.read`cat value`, { outputs: { value: output.text() } });
        return [first, step("it", "Use it", sh`printf '%s|' ${first.outputs.value} end > got`, { undo })];
      }),
    );
    assert.is(story.exitCode, 0, story.message);
    assert.is(project.read("got"), `${hostile}|end|`);
    assert.not(project.exists("hacked"));
  });

test("an output with a NUL is refused before it reaches a command", async () => {
  const story = await project.run(
    runbook({ id: "nul", title: "Nul" }, () => {
      const first = step("first", "First", sh.read`printf 'a\0b'`, { outputs: { value: output.text() } });
      return [first, step("it", "Use it", sh`echo ${first.outputs.value} >> effects`, { undo })];
    }),
  );
  assert.is(story.exitCode, 1);
  assert.equal(project.effects(), []);
});

test("a folder that is not there fails the step, which says so, and the run can be resumed", async () => {
  const plan = one(sh`pwd >> effects`, { cwd: "later" } as never);
  const story = await project.run(plan);
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "later");
  project.write("later/x", "");
  assert.is((await project.resume(plan)).exitCode, 0);
  assert.equal(project.effects(), ["after"]);
  assert.is(project.read("later/effects"), `${project.root}/later\n`);
});

test("the attempts of a step are counted on, also on resume", async () => {
  const plan = one(sh`echo x >> tries; test -e mended`);
  await project.run(plan);
  project.write("mended", "");
  const story = await project.resume(plan);
  assert.is(story.exitCode, 0);
  assert.equal(
    ofType(story.events, "started").map(({ step: id, attempt }) => `${id}.${attempt}`),
    ["it.2", "after.1"],
  );
});

test.run();
