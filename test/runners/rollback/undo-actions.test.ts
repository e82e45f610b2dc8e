import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  ask,
  type Block,
  code,
  manual,
  output,
  param,
  runbook,
  seconds,
  sh,
  step,
  undoBy,
} from "../../../dsl/index.ts";
import { createRunFixture, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { fail, write } from "./rollback-runbooks.ts";

const test = suite("what an undo is given");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const book = (...blocks: readonly Block[]): AnyRunbook => runbook({ id: "r", title: "R" }, () => blocks);

test("an undo that needs an output which its step never gave is asked about, and can be left", async () => {
  await project.run(
    book(
      write("one"),
      step("two", "Do two", sh`echo two >> effects; false`, {
        outputs: { was: output.text() },
        undo: ({ was }) => sh`echo undo-${was} >> effects`,
      }),
    ),
  );
  const story = await project.rollback();
  assert.is(story.exitCode, 75);
  await project.answer("undo:two", { say: "leave", reason: "by hand" });
  assert.is((await project.rollback()).exitCode, 4);
  assert.equal(project.effects(), ["one", "two", "undo-one"]);
});

test("a step that a person overruled is undone with its outputs", async () => {
  await project.run(
    book(
      step("two", "Do two", sh`echo blue`, {
        outputs: { was: output.text() },
        expect: "green",
        undo: ({ was }) => sh`echo undo-${was} >> effects`,
      }),
      fail(),
    ),
    {
      mode: "interactive",
      prompter: {
        ask: async ({ step: id }) => (id === "two" ? { say: "overrule", reason: "blue is fine" } : { say: "stop" }),
      },
    },
  );
  const story = await project.rollback();
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["undo-blue"]);
});

test("what a person did is undone with what they said", async () => {
  await project.run(
    book(
      manual("by-hand", "Switch by hand", {
        effect: "write",
        asks: { was: ask.line("What was it before?") },
        undo: ({ was }) => sh`echo undo-${was} >> effects`,
      }),
      fail(),
    ),
    { prompter: { ask: async () => ({ say: "done", asks: { was: "blue" } }) } },
  );
  const story = await project.rollback();
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["undo-blue"]);
});

test("an undo is given its secret, which is nowhere on disk", async () => {
  const secret = runbook({ id: "r", title: "R", params: { token: param.secret() } }, (p) => [
    step("one", "Do it", sh`echo "one $TOKEN" | wc -c >> effects`, {
      env: { TOKEN: p.token },
      undo: sh`echo "undo $TOKEN"; test "$(printf %s "$TOKEN" | wc -c)" = 12 && echo undone >> effects`,
    }),
    fail(),
  ]);
  const secrets = { token: "s3cret-value" };
  await project.run(secret, { secrets });
  const story = await project.rollback({ secrets });
  assert.is(story.exitCode, 4, story.message);
  assert.is(project.effects().at(-1), "undone");
  assert.not(project.stateText().includes("s3cret-value"));
});

test("an undo in TypeScript runs as TypeScript, and never in a shell", async () => {
  const scripted = () =>
    book(
      step("one", "Do it", sh`echo one >> effects`, {
        undo: code(async ({ cwd }) => {
          const { appendFileSync } = await import("node:fs");
          appendFileSync(`${cwd}/effects`, "undo-one\n");
        }),
      }),
      fail(),
    );
  await project.run(scripted());
  // as from the command line, which has the plan as JSON only
  const without = await project.rollback();
  assert.is(without.exitCode, 1);
  assert.match(without.message ?? "", "its function is not loaded");
  const story = await project.rollback({ plan: project.plan(scripted()) });
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["one", "undo-one"]);
});

test("an undo action that hangs is ended by the time-out of its step, and the rollback says so", async () => {
  const hanging = step("one", "Do it", sh`echo one >> effects`, { undo: sh`sleep 600`, timeout: seconds(0.3) });
  await project.run(book(hanging, fail()));
  const story = await project.rollback();
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "time-out");
});

test("an undo says its own time-out, which may be longer than that of its step", async () => {
  const back = undoBy("Take it back", sh`sleep 0.6; echo undo-one >> effects`, { timeout: seconds(20) });
  await project.run(book(step("one", "Do it", sh`echo one >> effects`, { undo: back, timeout: seconds(0.3) }), fail()));
  const story = await project.rollback();
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["one", "undo-one"]);
});

test("a rollback waits for what a killed lockstep left running", async () => {
  const lockstep = await startRun({
    module: "test/runners/rollback/unknown-runbooks.ts",
    make: "unknownOther",
    root: project.root,
  });
  while (!project.effects().includes("two-begins")) await new Promise((resolve) => setTimeout(resolve, 20));
  await lockstep.kill();
  const back = project.rollback();
  await new Promise((resolve) => setTimeout(resolve, 300));
  project.write("go-on", "");
  const story = await back;
  assert.is(story.exitCode, 4, story.message);
  assert.equal(outcomesOf(story.events, "two"), ["ok", "undone"]);
  assert.equal(project.effects(), ["one", "two-begins", "two", "undo-two", "undo-one"]);
});

test("how long an undo took is the time of its actions, not the time since its step began", async () => {
  const two = step("two", "Do two", sh`true`, { undo: undoBy("Undo two", [sh`sleep 0.2`, sh`sleep 0.1`]) });
  await project.run(book(two, step("later", "Take a while", sh.read`sleep 1`), fail()));
  const { events } = await project.rollback();
  const ends = events.filter((event) => event.type === "finished");
  const actions = ends.filter(({ step: key }) => key.startsWith("undo:")).map(({ seconds: took }) => took);
  const undone = ends.find(({ outcome }) => outcome === "undone");
  assert.is(actions.length, 2);
  assert.is(undone?.seconds.toFixed(3), actions.reduce((sum, took) => sum + took, 0).toFixed(3));
});

test.run();
