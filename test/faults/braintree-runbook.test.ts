import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  approval,
  type Block,
  checklist,
  manual,
  notNeeded,
  parallel,
  param,
  runbook,
  section,
  sh,
  step,
  stepsOf,
  text,
  when,
} from "../../dsl/index.ts";
import { kubectl } from "../../dsl/kubernetes/index.ts";
import { renderMarkdown } from "../../renderers/index.ts";
import { dryRun } from "../../runners/engine/dry-run.ts";
import type { RunEvent } from "../../runners/events/run-event.ts";
import * as runbooks from "../runners/resume/crash-runbooks.ts";
import { until } from "../support/attempt-fixture.ts";
import { createRunFixture, finishedOf, ofType, type RunFixture } from "../support/run-fixture.ts";
import { startRun } from "../support/run-process.ts";

const test = suite("faults of braintree/runbook");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const append = (id: string) => step(id, `Append ${id}`, sh`echo ${id} >> effects`, { undo });
const mend = () => step("mend", "Fail until it is mended", sh`test -e mended`, { undo });
const of = (...blocks: readonly Block[]) => runbook({ id: "faulty", title: "Faulty" }, () => blocks);

test("page, run and plan have the same numbers, also with a setup", async () => {
  const source = runbook(
    {
      id: "numbered",
      title: "Numbered",
      params: { deep: param.boolean({ default: false }) },
      requires: [step("tools", "Have the tools", sh.read`true`)],
    },
    (p) => [
      section("prep", "Prep", [append("a"), when(p.deep, [append("skipped")]), append("b")]),
      section("inner-requires", "With requirements", { requires: [step("sure", "Be sure", sh.read`true`)] }, [
        append("c"),
        parallel("beside", "Beside", [append("d"), append("e")]),
      ]),
    ],
  );
  const plan = project.plan(source);
  const numbers = stepsOf(plan).map(({ number }) => number);
  const page = await renderMarkdown(plan);
  assert.equal(
    [...page.matchAll(/- \[ \] <a id="[^"]+"><\/a>\*\*([\d.]+) /g)].map(([, number]) => number),
    numbers,
  );
  const told: string[] = [];
  for await (const event of dryRun(plan, { root: project.root }))
    if (event.type === "step") told.push(event.step.number);
  assert.equal(told, numbers);
  const story = await project.run(plan);
  assert.is(story.exitCode, 0, story.message);
  const skipped = stepsOf(plan).find(({ id }) => id === "skipped")?.number;
  assert.equal(
    ofType(story.events, "started")
      .map(({ number }) => number)
      .sort(),
    numbers.filter((number) => number !== skipped).sort(),
  );
});

test("the place where a step runs is on the page, and is where it runs", async () => {
  const source = of(
    section("prep", "Prep", { cwd: "deploy" }, [
      step("where", "Say where", sh`pwd >> ${project.root}/effects`, { undo, cwd: "green" }),
    ]),
    step("k", "Scale", kubectl.scale("deployment/x", { replicas: 3, namespace: "prod-1" }), { undo }),
  );
  const plan = project.plan(source);
  const page = await renderMarkdown(plan);
  assert.match(page, "cd deploy/green");
  assert.match(page, "kubectl scale deployment/x");
  project.write("deploy/green/x", "");
  await project.run(of(...(source.body as () => readonly Block[])().slice(0, 1)));
  assert.equal(project.effects(), [`${project.root}/deploy/green`]);
});

test("nested settings are merged: the inner cwd keeps the outer env, and the inner env the outer cwd", async () => {
  project.write("outer/inner/x", "");
  const print = (id: string, settings: object) =>
    step(id, "Print", sh`echo "$(basename $PWD) $A $B" >> ${project.root}/effects`, { undo, ...settings });
  await project.run(
    of(
      section("outer-section", "Outer", { cwd: "outer", env: { A: "outer-a", B: "outer-b" } }, [
        print("keeps", {}),
        print("folder", { cwd: "inner" }),
        print("variable", { env: { A: "inner-a" } }),
      ]),
    ),
  );
  assert.equal(project.effects(), ["outer outer-a outer-b", "inner outer-a outer-b", "outer inner-a outer-b"]);
});

test("a section inserted before a finished step does not shift the resume", async () => {
  const main = () => section("main", "Main", [append("a"), mend(), append("b")]);
  assert.is((await project.run(of(main()))).exitCode, 1);
  project.write("mended", "");
  const inserted = of(section("before", "Before", [append("new")]), main());
  const shown = await project.resume(inserted);
  assert.is(shown.exitCode, 75);
  assert.equal(project.effects(), ["a"]);
  const story = await project.resume(inserted, { acceptChanges: true });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["a", "new", "b"]);
});

test("another run with the same title is another run", async () => {
  const first = await project.run(of(append("a"), mend()));
  const second = await project.run(of(append("x"), mend()));
  assert.is.not(first.run, second.run);
  project.write("mended", "");
  assert.is((await project.resume(undefined, { run: first.run })).exitCode, 0);
  assert.equal(project.effects(), ["a", "x"]);
});

test("a run whose remaining steps are gone shows that, and deletes nothing", async () => {
  assert.is((await project.run(of(append("a"), mend(), append("b")))).exitCode, 1);
  const story = await project.resume(of(append("a")));
  assert.is(story.exitCode, 75);
  assert.equal(
    story.changes?.map(({ step: id, change }) => `${id} ${change}`),
    ["mend removed", "b removed"],
  );
  assert.ok(existsSync((await project.folder()).journalFile));
});

test("a torn journal is reported, not restarted from the top", async () => {
  const source = of(append("a"), mend(), append("b"));
  await project.run(source);
  project.write("mended", "");
  const { journalFile } = await project.folder();
  const whole = readFileSync(journalFile, "utf8");
  truncateSync(journalFile, Buffer.byteLength(whole) - 20);
  const story = await project.resume(source);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(cutsOf(story.events), [tornNote(whole)]);
  assert.equal(project.effects(), ["a", "b"]);
});

test("what was cut off a torn journal is on record, also where the resume that cut it was refused", async () => {
  const source = of(append("a"), mend(), append("b"));
  await project.run(source);
  const { journalFile } = await project.folder();
  const whole = readFileSync(journalFile, "utf8");
  truncateSync(journalFile, Buffer.byteLength(whole) - 20);
  assert.is(
    await project.resume(source, { again: ["nope"] }).catch((error: { code?: string }) => error.code),
    "unknown-step",
  );
  assert.equal(cutsOf((await project.journal()) as never), [tornNote(whole)]);
  assert.is((await project.resume(source)).exitCode, 1);
  assert.equal(cutsOf((await project.journal()) as never), [tornNote(whole)]);
});

function cutsOf(events: readonly RunEvent[]): readonly string[] {
  return ofType(events, "noted").map(({ text }) => text);
}

/** The last line, without its last twenty bytes. */
function tornNote(whole: string): string {
  const bytes = Buffer.byteLength(whole.trimEnd().split("\n").at(-1) ?? "") + 1 - 20;
  return `a last line that was half written, ${bytes} bytes, was cut off the journal`;
}

test("a journal that is damaged anywhere else is an error that names the line, and nothing runs", async () => {
  const source = of(append("a"), mend(), append("b"));
  await project.run(source);
  project.write("mended", "");
  const { journalFile } = await project.folder();
  writeFileSync(journalFile, readFileSync(journalFile, "utf8").replace('"outcome":"ok"', '"outcome":"OK"'));
  const error = await project.resume(source).then(
    () => undefined,
    (thrown: { code: string; message: string }) => thrown,
  );
  assert.is(error?.code, "journal-damaged");
  assert.match(error?.message ?? "", "line 3");
  assert.equal(project.effects(), ["a"]);
});

test("a dry run after a failure leaves the run resumable", async () => {
  const source = of(append("a"), mend(), append("b"));
  await project.run(source);
  const { journalFile } = await project.folder();
  const before = readFileSync(journalFile, "utf8");
  for (const evaluate of [false, true])
    for await (const _event of dryRun(project.plan(source), { root: project.root, evaluate }));
  assert.is(readFileSync(journalFile, "utf8"), before);
  project.write("mended", "");
  assert.is((await project.resume(source)).exitCode, 0);
  assert.equal(project.effects(), ["a", "b"]);
});

for (const [kind, question] of [
  ["an approval", approval("ask", "Go", { by: ["release-manager"] })],
  ["a checklist", checklist("ask", "Check", ["It is reviewed"])],
  ["a manual step", manual("ask", "Look at the dashboards")],
] as const)
  test(`auto never passes a confirmation: ${kind}`, async () => {
    const source = of(append("a"), question, append("b"));
    for (const attempt of [1, 2]) {
      const story = attempt === 1 ? await project.run(source, { mode: "auto" }) : await project.resume(source);
      assert.is(story.exitCode, 75);
      assert.is(story.step, "ask");
    }
    assert.equal(project.effects(), ["a"]);
  });

test("leaving early does not exit 0", async () => {
  const story = await project.run(of(append("a"), approval("ask", "Go", { by: ["me"] }), append("b")), {
    mode: "interactive",
    prompter: { ask: async () => ({ say: "stop" }) },
  });
  assert.is(story.exitCode, 3);
  assert.is(story.state, "declined");
  assert.equal(project.effects(), ["a"]);
});

test("skips are recorded, with who and why", async () => {
  const story = await project.run(of(append("a"), append("b")), {
    mode: "step",
    by: { user: "alice", host: "here" },
    prompter: {
      ask: async ({ step: id }) => (id === "a" ? { say: "skip", reason: "done by hand" } : { say: "run" }),
    },
  });
  assert.is(story.exitCode, 0, story.message);
  const [skip] = finishedOf(await project.journal(), "a");
  assert.is(skip?.outcome, "skipped");
  assert.is(skip?.by?.user, "alice");
  assert.match(skip?.remark ?? "", "done by hand");
  assert.equal(project.effects(), ["b"]);
});

test("kill leaves no step that runs twice", async () => {
  const module = "test/runners/resume/crash-runbooks.ts";
  const lockstep = await startRun({ module, make: "talking", root: project.root });
  await until(() => project.effects().length === 1);
  await lockstep.kill();
  project.write("go", "");
  assert.is((await project.resume(runbooks.talking())).exitCode, 0);
  assert.equal(project.effects(), ["began", "2000"]);
});

test("Ctrl-C leaves no child running, and a resume does not repeat a write unasked", async () => {
  const interrupt = new AbortController();
  const source = of(step("long", "Take long", sh`echo long >> effects; sleep 300`, { undo }), append("after"));
  const running = project.run(source, { signal: interrupt.signal });
  await until(() => project.effects().length === 1);
  interrupt.abort("SIGINT");
  assert.is((await running).exitCode, 130);
  assert.is((await project.resume(source)).exitCode, 75);
  assert.equal(project.effects(), ["long"]);
});

test("secrets never land in the state", async () => {
  const token = "correct-horse-battery";
  const source = runbook({ id: "secret", title: "Secret", params: { token: param.secret() } }, (p) => [
    step("use", text`Use the token`, sh`echo "$TOKEN" | tee /dev/stderr | sed s/c/c/`, {
      undo,
      env: { TOKEN: p.token },
    }),
    step("fail", "Fail", sh`cat >&2; false`, { undo, stdin: p.token }),
  ]);
  const story = await project.run(source, { secrets: { token } });
  assert.is(story.exitCode, 1);
  assert.not.match(project.stateText(), token);
  assert.not.match(JSON.stringify(story), token);
  assert.not.match(await renderMarkdown(project.plan(source)), token);
});

test.run();
