import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AlertNode,
  gate,
  measurement,
  notNeeded,
  onlyNumber,
  percent,
  rollback,
  runbook,
  seconds,
  sh,
  step,
  stepsOf,
} from "../../dsl/index.ts";
import { renderMarkdown } from "../../renderers/index.ts";
import { project as cliProject, lockstep, runbookText } from "../support/lockstep-command.ts";
import { createRunFixture, ofType, type RunFixture } from "../support/run-fixture.ts";

const test = suite("what peers lack");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const append = (id: string) => step(id, `Append ${id}`, sh`echo ${id} >> effects`, { undo });
const undoable = (id: string) =>
  step(id, `Append ${id}`, sh`echo ${id} >> effects`, { undo: sh`echo undo-${id} >> effects` });

test("Runme, go-task: no resume. A run that stopped goes on where it stopped", async () => {
  const source = runbook({ id: "stopped", title: "Stopped" }, () => [
    append("a"),
    step("mend", "Fail until it is mended", sh`test -e mended`, { undo }),
    append("b"),
  ]);
  assert.is((await project.run(source)).exitCode, 1);
  project.write("mended", "");
  assert.is((await project.resume(source)).exitCode, 0);
  assert.equal(project.effects(), ["a", "b"]);
});

test("Atuin Desktop: the command line takes no inputs, and users ask for secrets and to stop on failure", async () => {
  const folder = await cliProject({
    "runbooks/asking.runbook.ts": runbookText(
      "asking",
      'step("say", "Say", sh`echo ${p.word} $(echo "$TOKEN" | wc -c) >> out.txt`, { undo: notNeeded("a test"), env: { TOKEN: p.token } }), step("fail", "Fail", sh.read`false`), step("never", "Never", sh`touch never`, { undo: notNeeded("a test") })',
      'params: { word: param.string(), token: param.secret({ from: { env: "ASKING_TOKEN" } }) }',
    ),
  });
  await lockstep("run", "asking", "-q", "-p", "word=hello")
    .in(folder)
    .env({ ASKING_TOKEN: "hunter22hunter22" })
    .says(/failed/)
    .prints(/^Failed/)
    .exits(1);
  assert.is(readFileSync(join(folder, "out.txt"), "utf8"), "hello 17\n");
  assert.not(existsSync(join(folder, "never")));
});

test("Gruntwork Runbooks: no rollback, and not headless. Without a terminal what ran is undone", async () => {
  const folder = await cliProject({
    "runbooks/undone.runbook.ts": runbookText(
      "undone",
      'step("made", "Make", sh`touch made`, { undo: sh`rm made; touch undone` }), step("fail", "Fail", sh.read`false`)',
    ),
  });
  await lockstep("run", "undone", "-q")
    .in(folder)
    .says(/failed/)
    .prints(/^Failed/)
    .exits(1);
  assert.ok(existsSync(join(folder, "made")));
  await lockstep("rollback", "-q")
    .in(folder)
    .says(/rolled back/)
    .prints(/^Rolled back/)
    .exits(4);
  assert.not(existsSync(join(folder, "made")));
  assert.ok(existsSync(join(folder, "undone")));
});

test("AWS SSM: rollback is a goto. Each step's own undo runs, newest first, only of what ran, and nothing after it", async () => {
  const story = await project.run(
    runbook({ id: "back", title: "Back", onFailure: rollback }, () => [
      undoable("a"),
      undoable("b"),
      step("fail", "Fail", sh.read`false`),
      undoable("c"),
    ]),
  );
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["a", "b", "undo-b", "undo-a"]);
});

test("Rundeck: page text and steps are separate texts; go-task: no docs. What the page says is what runs", async () => {
  const plan = project.plan(runbook({ id: "one-text", title: "One text" }, () => [append("a"), undoable("b")]));
  const page = await renderMarkdown(plan);
  const story = await project.run(plan);
  const ran = ofType(story.events, "started").map(({ command }) => command ?? "");
  assert.equal(
    ran,
    stepsOf(plan).map(({ command }) => command?.text),
  );
  const lines = page.split("\n").map((line) => line.trim());
  for (const command of ran) assert.ok(lines.includes(command), command);
});

const traffic = measurement("rate", "Success rate", {
  measures: "good requests",
  unit: "%",
  // what Prometheus answers where there was no traffic: nothing, or 0 / 0
  query: sh.read`cat answer`,
  reading: onlyNumber,
});

for (const [condition, alert] of [
  ["it must not be above", traffic.above(percent(99))],
  ["it must not be below", traffic.below(percent(95))],
] as const satisfies readonly (readonly [string, AlertNode])[])
  for (const answer of ["", "NaN\n"])
    test(`Argo Rollouts: without traffic (${JSON.stringify(answer)}) the outcome hangs on how the condition is written. It is inconclusive: ${condition}`, async () => {
      project.write("answer", answer);
      const story = await project.run(
        runbook({ id: "quiet", title: "Quiet" }, () => [
          gate("steady", "Stay steady", {
            failIf: [alert],
            hold: seconds(0.05),
            interval: seconds(0.02),
            blindAfter: 2,
          }),
          append("after"),
        ]),
      );
      assert.is(story.exitCode, 75, story.message);
      assert.is(ofType(story.events, "asked")[0]?.question.kind, "inconclusive");
      assert.equal(project.effects(), []);
    });

test.run();
