import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { notNeeded, param, runbook, sh, step } from "../../../dsl/index.ts";
import { run } from "../../../runners/engine/run.ts";
import { verifyJournal } from "../../../runners/journal/journal-reader.ts";
import { createRunFixture, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("the run as an object");
let project: RunFixture;
const unhandled: unknown[] = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));
test.before.each(() => {
  project = createRunFixture();
  unhandled.length = 0;
});
test.after.each(async () => {
  await sleep(10);
  assert.equal(unhandled, []);
  await project.clean();
});

const undo = notNeeded("a test");
const two = runbook({ id: "two", title: "Two" }, () => [
  step("a", "A", sh`echo a >> effects; echo from a`, { undo }),
  step("b", "B", sh`echo b >> effects`, { undo }),
]);

test("it runs although nobody iterates", async () => {
  const { exitCode } = await run(project.plan(two), { root: project.root }).result;
  assert.is(exitCode, 0);
  assert.equal(project.effects(), ["a", "b"]);
});

test("who iterates late hears all of it, in order", async () => {
  const running = run(project.plan(two), { root: project.root });
  await running.result;
  const types: string[] = [];
  for await (const { type } of running) types.push(type);
  assert.equal(types, ["created", "started", "output", "finished", "started", "finished", "ended"]);
});

test("who stops iterating does not stop the run", async () => {
  const running = run(project.plan(two), { root: project.root });
  for await (const { type } of running) if (type === "started") break;
  assert.is((await running.result).exitCode, 0);
  assert.equal(project.effects(), ["a", "b"]);
});

test("what is said to it at once, before it has begun, is heard", async () => {
  const running = run(project.plan(two), { root: project.root });
  running.rollBack();
  await running.note("going back at once");
  const { exitCode, state, message } = await running.result;
  assert.equal([exitCode, state], [4, "rolled-back"], message);
  assert.equal(project.effects(), []);
  assert.ok((await project.journal()).some((event) => event.type === "noted" && event.text === "going back at once"));
});

test("a note of a run that never begins is refused with its error", async () => {
  const running = run(project.plan(needy), { root: project.root });
  const code = (error: { code?: string }): string | undefined => error.code;
  assert.is(await running.note("lost?").then(() => "none", code), "missing-parameter");
});

test("a second who iterates at the same time is refused, and the first hears all of it", async () => {
  const running = run(project.plan(two), { root: project.root });
  const types: string[] = [];
  const first = (async () => {
    for await (const { type } of running) types.push(type);
  })();
  const second = async (): Promise<void> => {
    for await (const _event of running);
  };
  assert.match(await second().then(() => "none", String), "its events go to one iteration at a time");
  await first;
  assert.equal(types, ["created", "started", "output", "finished", "started", "finished", "ended"]);
});

test("who stops iterating may go on with it later", async () => {
  const running = run(project.plan(two), { root: project.root });
  const types: string[] = [];
  for await (const { type } of running) if (types.push(type) === 2) break;
  for await (const { type } of running) types.push(type);
  assert.equal(types, ["created", "started", "output", "finished", "started", "finished", "ended"]);
});

const needy = runbook({ id: "needy", title: "Needy", params: { version: param.string() } }, (p) => [
  step("a", "A", sh`echo ${p.version}`, { undo }),
]);

test("an error comes by the result, and by the iteration, and is nobody's unhandled rejection", async () => {
  const running = run(project.plan(needy), { root: project.root });
  const code = (error: { code?: string }): string | undefined => error.code;
  assert.is(await running.result.then(() => "none", code), "missing-parameter");
  const iterating = run(project.plan(needy), { root: project.root });
  const iterate = async (): Promise<void> => {
    for await (const _event of iterating);
  };
  assert.is(await iterate().then(() => "none", code), "missing-parameter");
  run(project.plan(needy), { root: project.root });
  await sleep(50);
  assert.not(project.exists(".lockstep"));
});

test("a lot of output that nobody hears costs no event of the journal", async () => {
  const running = run(
    project.plan(runbook({ id: "loud", title: "Loud" }, () => [step("loud", "Loud", sh.read`seq 1 200000`)])),
    { root: project.root },
  );
  await running.result;
  const types = new Set<string>();
  for await (const { type } of running) types.add(type);
  for (const type of ["created", "started", "finished", "ended"]) assert.ok(types.has(type));
});

test("output that nobody hears does not fill the memory, in however large pieces it comes", async () => {
  const running = run(
    project.plan(
      runbook({ id: "loud", title: "Loud" }, () => [
        step("loud", "Loud", sh.read`head -c 20000000 /dev/zero | tr '\\0' x`),
      ]),
    ),
    { root: project.root },
  );
  await running.result;
  let heard = 0;
  for await (const event of running) if (event.type === "output") heard += event.text.length;
  assert.ok(heard < 5_000_000, `${heard} characters waited`);
});

test("three hundred quick steps leave a journal that is whole", async () => {
  const many = runbook({ id: "many", title: "Many" }, () =>
    Array.from({ length: 300 }, (_, index) =>
      step(`s${index}`, `Step ${index}`, sh`echo ${index} >> effects`, { undo }),
    ),
  );
  const { exitCode, run: id } = await run(project.plan(many), { root: project.root }).result;
  assert.is(exitCode, 0);
  assert.equal(
    project.effects(),
    Array.from({ length: 300 }, (_, index) => `${index}`),
  );
  const journal = await project.journal(id);
  assert.equal(await verifyJournal((await project.folder(id)).journalFile), { ok: true, lines: 602 });
  // no step starts before the one before it is recorded as finished
  const order = journal.flatMap((event) =>
    event.type === "started" || event.type === "finished" ? [`${event.type} ${event.step}`] : [],
  );
  assert.equal(order, Array.from({ length: 300 }, (_, index) => [`started s${index}`, `finished s${index}`]).flat());
});

test("no command begins before its started event is on disk", async () => {
  const looking = runbook({ id: "looking", title: "Looking" }, () => [
    step("a", "A", sh.read`grep -c '"type":"started","step":"a"' .lockstep/runs/*/journal.ndjson > seen-a`),
    step("b", "B", sh.read`grep -c '"type":"finished","step":"a"' .lockstep/runs/*/journal.ndjson > seen-b`),
  ]);
  const story = await project.run(looking);
  assert.is(story.exitCode, 0, story.message);
  assert.is(project.read("seen-a"), "1\n");
  assert.is(project.read("seen-b"), "1\n");
});

test.run();
