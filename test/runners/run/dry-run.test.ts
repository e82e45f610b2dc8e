import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  check,
  checklist,
  code,
  guard,
  is,
  measurement,
  notNeeded,
  onlyNumber,
  output,
  param,
  percent,
  repeat,
  runbook,
  seconds,
  sh,
  step,
  stepsOf,
  stop,
  text,
  wait,
  when,
} from "../../../dsl/index.ts";
import { type DryRunEvent, dryRun } from "../../../runners/engine/dry-run.ts";
import { createRunFixture, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("a dry run");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");

async function told(
  source: AnyRunbook,
  options: { evaluate?: boolean; values?: Record<string, unknown>; secrets?: Record<string, string> } = {},
): Promise<readonly DryRunEvent[]> {
  const events: DryRunEvent[] = [];
  const { values, ...rest } = options;
  for await (const event of dryRun(project.plan(source, values), { root: project.root, ...rest })) events.push(event);
  return events;
}

const stepsTold = (events: readonly DryRunEvent[]) => events.flatMap((event) => (event.type === "step" ? [event] : []));
const commandOf = (events: readonly DryRunEvent[], id: string) =>
  stepsTold(events).find(({ step: { id: own } }) => own === id)?.command;

const errorRate = measurement("error-rate", "Error rate", {
  measures: "share of requests that failed",
  unit: "%",
  query: sh.read`cat rate`,
  reading: onlyNumber,
});

const everything = runbook(
  {
    id: "everything",
    title: "Everything",
    params: { version: param.string(), deep: param.boolean({ default: false }) },
    requires: [
      step("tools", "Have the tools", sh.read`echo looked >> touched; echo 1.2`, { outputs: { v: output.text() } }),
    ],
  },
  (p) => {
    const look = step("look", "Look", sh.read`echo look >> touched; echo "pod 1"`, { outputs: { pod: output.text() } });
    const make = step("make", "Make", sh`echo write >> touched; echo made`, { undo, outputs: { id: output.text() } });
    return [
      look,
      make,
      step(
        "use",
        text`Use ${look.outputs.pod}`,
        sh`use ${look.outputs.pod} ${make.outputs.id} ${p.version} >> touched`,
        { undo },
      ),
      step("read-made", "Read what was made", sh.read`echo ${make.outputs.id} >> touched`),
      step(
        "in-code",
        "In TypeScript",
        code(() => {
          project.write("touched-by-code", "");
        }),
        { undo },
      ),
      when(p.deep, [step("deep", "Deep", sh`echo deep >> touched`, { undo })]),
      wait("pause", "Wait", seconds(3600)),
      checklist("list", "Check", ["An item"]),
      repeat("again", "Again", { limit: 3 }, () => {
        const left = step("left", "Count", sh.read`echo 0`, { outputs: { n: output.integer() } });
        return { body: [left], until: is(left.outputs.n, 0) };
      }),
      step("last", "Last", sh`echo last >> touched`, { undo }),
    ];
  },
);

test("it tells every step, also those after a step whose output is not known", async () => {
  const plan = project.plan(everything, { version: "v1" });
  const events = await told(everything, { values: { version: "v1" } });
  assert.equal(
    stepsTold(events).map(({ step: { number, id } }) => `${number} ${id}`),
    stepsOf(plan).map(({ number, id }) => `${number} ${id}`),
  );
  assert.is(commandOf(events, "use"), "use <pod> <id> v1 >> touched");
  assert.match(stepsTold(events).find(({ step: { id } }) => id === "deep")?.skipped ?? "", "deep");
});

test("it touches nothing: no process, no file, no run", async () => {
  await told(everything, { values: { version: "v1" } });
  assert.equal(readdirSync(project.root), []);
});

test("evaluated, it runs only what reads, and later steps show real values", async () => {
  const events = await told(everything, { evaluate: true, values: { version: "v1" } });
  assert.is(project.read("touched"), "looked\nlook\n");
  assert.is(commandOf(events, "use"), "use 'pod 1' <id> v1 >> touched");
  assert.is(stepsTold(events).find(({ step: { id } }) => id === "use")?.title, "Use pod 1");
  assert.is(stepsTold(events).find(({ step: { id } }) => id === "read-made")?.seen, undefined);
  assert.not(project.exists(".lockstep"));
  assert.not(project.exists("touched-by-code"));
});

test("evaluated, a read that fails is told, and what depends on it stays unknown", async () => {
  const failing = runbook({ id: "failing", title: "Failing" }, () => {
    const look = step("look", "Look", sh.read`echo 7; false`, { outputs: { n: output.integer() } });
    return [look, step("use", "Use", sh`use ${look.outputs.n}`, { undo })];
  });
  const events = await told(failing, { evaluate: true });
  const [look] = stepsTold(events);
  assert.is(look?.seen?.ok, false);
  assert.match(look?.seen?.remark ?? "", "exit code 1");
  assert.is(commandOf(events, "use"), "use <n>");
});

test("evaluated, it looks at the items of a checklist that a machine can tick", async () => {
  const items = [
    "Told the team",
    check("Truth holds", sh.read`true`),
    check("Lies hold", sh.read`echo no`, { expect: "yes" }),
  ];
  const listing = runbook({ id: "listing", title: "Listing" }, () => [checklist("gates", "Gates", items)]);
  const [gates] = stepsTold(await told(listing, { evaluate: true }));
  assert.equal(gates?.seen, {
    ok: false,
    stdout: "Truth holds: holds\nLies hold: does not hold\n",
    remark: "not every item holds",
  });
});

test("evaluated, what a read prints is masked", async () => {
  const printing = runbook({ id: "printing", title: "Printing", params: { token: param.secret() } }, (p) => [
    step("look", "Look", sh.read`echo "token $TOKEN"`, { env: { TOKEN: p.token } }),
  ]);
  const events = await told(printing, { evaluate: true, secrets: { token: "hunter22-s3cr3t" } });
  assert.is(stepsTold(events)[0]?.seen?.stdout, "token ***\n");
});

test("evaluated, a read gets its standard input", async () => {
  const reading = runbook({ id: "reading", title: "Reading" }, () => {
    const look = step("look", "Look", sh.read`tr a-z A-Z`, { stdin: "word", outputs: { w: output.text() } });
    return [look, step("use", "Use", sh`use ${look.outputs.w}`, { undo })];
  });
  assert.is(commandOf(await told(reading, { evaluate: true }), "use"), "use WORD");
});

test("guards are told too, evaluated with one sample of each alert", async () => {
  const guarded = runbook({ id: "guarded", title: "Guarded" }, () => [
    guard("watch", "Watch", { alerts: [errorRate.above(percent(1))], onTrip: stop }),
    step("write", "Write", sh`echo write >> touched`, { undo, timeout: seconds(5) }),
  ]);
  project.write("rate", "3.5\n");
  const plain = await told(guarded);
  assert.equal(
    plain.map(({ type }) => type),
    ["guard", "step"],
  );
  const [evaluated] = await told(guarded, { evaluate: true });
  assert.is(evaluated?.type === "guard" && evaluated.samples?.[0]?.value, 3.5);
  assert.is(evaluated?.type === "guard" && evaluated.samples?.[0]?.bad, true);
  assert.not(project.exists("touched"));
});

test("in a folder that cannot be written it works all the same", async () => {
  if (process.getuid?.() !== 0) return;
  execFileSync("mount", ["-t", "tmpfs", "-o", "ro,size=64k", "none", project.root]);
  try {
    const events = await told(everything, { values: { version: "v1" } });
    assert.ok(events.length > 8);
    const error = await project.run(everything, { values: { version: "v1" } }).then(
      () => undefined,
      (thrown: { code?: string; message?: string }) => thrown,
    );
    assert.is(error?.code, "disk-failed");
    assert.match(error?.message ?? "", /EROFS|read-only/, error?.message);
    assert.equal(readdirSync(project.root), []);
  } finally {
    execFileSync("umount", [project.root]);
  }
});

test.run();
