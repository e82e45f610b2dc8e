import { readdirSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import {
  approval,
  compile,
  gate,
  is,
  measurement,
  notNeeded,
  onlyNumber,
  output,
  param,
  percent,
  repeat,
  rollback,
  runbook,
  seconds,
  section,
  sh,
  step,
  stepsOf,
} from "../../dsl/index.ts";
import { renderMarkdown } from "../../renderers/index.ts";
import { type DryRunEvent, dryRun } from "../../runners/engine/dry-run.ts";
import { project as cliProject, lockstep, runbookText } from "../support/lockstep-command.ts";
import { createRunFixture, finishedOf, ofType, outcomesOf, type RunFixture } from "../support/run-fixture.ts";

const test = suite("faults of other peers");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const append = (id: string) => step(id, `Append ${id}`, sh`echo ${id} >> effects`, { undo });

async function dry(plan: ReturnType<typeof compile>, evaluate = false): Promise<readonly DryRunEvent[]> {
  const events: DryRunEvent[] = [];
  for await (const event of dryRun(plan, { root: project.root, evaluate })) events.push(event);
  return events;
}

const dependent = runbook({ id: "dependent", title: "Dependent" }, () => {
  const look = step("look", "Look", sh.read`echo looked >> touched; echo real`, { outputs: { word: output.text() } });
  const make = step("make", "Make", sh`echo made >> touched; echo made`, { undo, outputs: { id: output.text() } });
  return [
    look,
    make,
    step("use-read", "Use what was read", sh`use ${look.outputs.word}`, { undo }),
    step("use-made", "Use what was made", sh`use ${make.outputs.id}`, { undo }),
    step("last", "Last", sh`last`, { undo }),
  ];
});

test("Ansible, Runme: a dry run shows every task, also those after a step whose output is unknown", async () => {
  const plan = project.plan(dependent);
  const events = await dry(plan);
  assert.equal(
    events.map((event) => event.type === "step" && event.step.id),
    stepsOf(plan).map(({ id }) => id),
  );
  assert.equal(
    events.map((event) => event.type === "step" && event.skipped),
    stepsOf(plan).map(() => undefined),
  );
});

test("Ansible: evaluated, registered values are not empty, and what is unknown is shown as unknown", async () => {
  const commands = (await dry(project.plan(dependent), true)).map((event) => event.type === "step" && event.command);
  assert.equal(commands.slice(2), ["use real", "use <id>", "last"]);
  assert.is(project.read("touched"), "looked\n");
});

test("go-task: a dry run runs no requirement, no variable and no status", async () => {
  const source = runbook({ id: "quiet", title: "Quiet", requires: [step("r", "Require", sh.read`touch ran`)] }, () => [
    step("s", "Step", sh`touch ran`, { undo, probe: sh.read`touch ran` }),
    repeat("again", "Again", { limit: 2 }, () => {
      const once = step("once", "Once", sh.read`touch ran; echo 1`, { outputs: { n: output.integer() } });
      return { body: [once], until: is(once.outputs.n, 1) };
    }),
  ]);
  await dry(project.plan(source));
  assert.equal(readdirSync(project.root), []);
});

test("Ansible: without a terminal a pause does not go on", async () => {
  const folder = await cliProject({
    "runbooks/pausing.runbook.ts": runbookText(
      "pausing",
      'approval("go", "Go on", { by: ["me"] }), step("write", "Write", sh`echo deployed > out.txt`, { undo: notNeeded("a test") })',
    ),
  });
  await lockstep("run", "pausing", "-q")
    .in(folder)
    .says(/asks/)
    .prints(/^Suspended/)
    .exits(75);
  assert.not(readdirSync(folder).includes("out.txt"));
});

test("Ansible: a mistyped runbook, run or step is an error, not exit 0", async () => {
  const folder = await cliProject({
    "runbooks/pausing.runbook.ts": runbookText(
      "pausing",
      'approval("go", "Go on", { by: ["me"] }), step("write", "Write", sh`echo deployed > out.txt`, { undo: notNeeded("a test") })',
    ),
  });
  await lockstep("run", "pausign")
    .in(folder)
    .says(/pausing/)
    .exits(2);
  await lockstep("resume", "zzzz").in(folder).says(/zzzz/).exits(2);
  await lockstep("run", "pausing", "-q")
    .in(folder)
    .says(/asks/)
    .prints(/^Suspended/)
    .exits(75);
  const { stdout } = await lockstep("runs", "--json").in(folder).prints(/run/);
  const [{ run }] = JSON.parse(stdout);
  await lockstep("approve", run, "og").in(folder).says(/og/).exits(2);
});

test("Ansible: a rolled back run does not exit 0", async () => {
  const story = await project.run(
    runbook({ id: "rescued", title: "Rescued", onFailure: rollback }, () => [
      step("a", "A", sh`echo a >> effects`, { undo: sh`echo undo-a >> effects` }),
      step("fail", "Fail", sh.read`false`),
    ]),
  );
  assert.is(story.exitCode, 4);
  assert.is(story.state, "rolled-back");
  assert.equal(project.effects(), ["a", "undo-a"]);
});

test("Rundeck: a handler's success does not hide a failure", async () => {
  const story = await project.run(
    runbook({ id: "handled", title: "Handled" }, () => [
      step("fail", "Fail", sh.read`false`, { onFailure: [append("handler")] }),
      append("after"),
    ]),
  );
  assert.is(story.exitCode, 4);
  assert.equal(outcomesOf(story.events, "fail"), ["failed"]);
  assert.equal(project.effects(), ["handler"]);
});

test("Rundeck: a resume goes on inside of sections, and is not refused for a new wording", async () => {
  const source = (title: string) =>
    runbook({ id: "nested", title }, () => [
      section("outer", title, [
        section("inner", title, [append("a"), step("mend", title, sh`test -e mended`, { undo }), append("b")]),
      ]),
    ]);
  assert.is((await project.run(source("Old"))).exitCode, 1);
  project.write("mended", "");
  assert.is((await project.resume(source("New"))).exitCode, 0);
  assert.equal(project.effects(), ["a", "b"]);
});

test("Runme: parameters and outputs are typed", async () => {
  const source = runbook(
    { id: "typed", title: "Typed", params: { count: param.integer({ min: 1 }), on: param.boolean() } },
    (p) => {
      const n = step("n", "Count", sh.read`echo ${p.count}`, { outputs: { n: output.integer() } });
      return [n];
    },
  );
  for (const values of [
    { count: "three", on: "true" },
    { count: "0", on: "true" },
    { count: "3", on: "perhaps" },
  ])
    assert.throws(
      () => compile(source, { values }),
      (error: unknown) => error instanceof LockstepError && error.code === "bad-parameter",
    );
  const story = await project.run(source, { values: { count: "3", on: "true" } });
  assert.equal(finishedOf(story.events, "n")[0]?.outputs, { n: 3 });
  assert.equal(ofType(story.events, "created")[0]?.values, { count: 3, on: true });
});

test("Gruntwork Runbooks: outputs are not lost when the run stops", async () => {
  const source = runbook({ id: "kept", title: "Kept" }, () => {
    const make = step("make", "Make", sh`echo x >> makes; echo id-7`, { undo, outputs: { id: output.text() } });
    return [
      make,
      step("mend", "Fail until it is mended", sh`test -e mended`, { undo }),
      step("use", "Use it", sh`echo ${make.outputs.id} >> effects`, { undo }),
    ];
  });
  assert.is((await project.run(source)).exitCode, 1);
  project.write("mended", "");
  assert.is((await project.resume(source)).exitCode, 0);
  assert.equal(project.effects(), ["id-7"]);
  assert.is(project.read("makes"), "x\n");
});

test("AWS SSM: a preview shows what would run, and a failed run can be gone on with", async () => {
  const source = runbook({ id: "previewed", title: "Previewed" }, () => [
    append("a"),
    step("mend", "Fail until it is mended", sh`test -e mended`, { undo }),
  ]);
  const commands = (await dry(project.plan(source))).map((event) => event.type === "step" && event.command);
  assert.equal(commands, ["echo a >> effects", "test -e mended"]);
  assert.is((await project.run(source)).exitCode, 1);
  project.write("mended", "");
  assert.is((await project.resume(source)).exitCode, 0);
});

test("Atuin Desktop: the page loses no command, and a pause says who ended it", async () => {
  const source = runbook({ id: "paused", title: "Paused" }, () => [
    append("a"),
    approval("go", "Go on", { by: ["release-manager"] }),
    append("b"),
  ]);
  const plan = project.plan(source);
  const page = await renderMarkdown(plan);
  for (const { command } of stepsOf(plan)) if (command) assert.match(page, command.text);
  const story = await project.run(source, {
    mode: "interactive",
    prompter: {
      by: { user: "alice", host: "here" },
      ask: async (question) =>
        question.kind === "approval" ? { say: "approve", digest: question.digest } : { say: "stop" },
    },
    roles: { "release-manager": ["alice"] },
  });
  assert.is(story.exitCode, 0, story.message);
  const answered = (await project.journal()).find((event) => event.type === "answered");
  assert.is(answered?.type === "answered" && answered.by.user, "alice");
  assert.match(finishedOf(story.events, "go")[0]?.remark ?? "", "alice");
});

for (const [what, query] of [
  ["nothing", sh.read`true`],
  ["no number", sh.read`echo NaN`],
  ["an error", sh.read`echo 0; false`],
  ["several numbers", sh.read`echo 0; echo 0`],
] as const)
  test(`Argo Rollouts: a judgement whose every sample brought ${what} is no success`, async () => {
    const rate = measurement("rate", "Error rate", { measures: "errors", unit: "%", query, reading: onlyNumber });
    const source = runbook({ id: "judged", title: "Judged" }, () => [
      gate("steady", "Stay steady", {
        failIf: [rate.above(percent(1))],
        hold: seconds(0.05),
        interval: seconds(0.02),
        blindAfter: 2,
      }),
      append("after"),
    ]);
    const story = await project.run(source);
    assert.is(story.exitCode, 75, story.message);
    assert.is(ofType(story.events, "asked")[0]?.question.kind, "inconclusive");
    assert.equal(project.effects(), []);
  });

test("Argo Rollouts: a judgement that was broken off is no success", async () => {
  const rate = measurement("rate", "Error rate", {
    measures: "errors",
    unit: "%",
    query: sh.read`echo 0`,
    reading: onlyNumber,
  });
  const source = runbook({ id: "judged", title: "Judged" }, () => [
    gate("steady", "Stay steady", { failIf: [rate.above(percent(1))], hold: seconds(3600), interval: seconds(0.02) }),
    append("after"),
  ]);
  const { run } = await import("../../runners/engine/run.ts");
  const interrupt = new AbortController();
  const running = run(project.plan(source), { root: project.root, signal: interrupt.signal });
  for await (const { type } of running) if (type === "sampled") interrupt.abort("SIGINT");
  assert.is((await running.result).exitCode, 130);
  assert.equal(outcomesOf(await project.journal(), "steady"), ["not-started"]);
  assert.equal(project.effects(), []);
});

test.run();
