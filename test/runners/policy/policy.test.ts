import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  approval,
  type Block,
  compile,
  environment,
  irreversible,
  is,
  notNeeded,
  type Plan,
  type Policy,
  param,
  rollback,
  runbook,
  sh,
  step,
  when,
} from "../../../dsl/index.ts";
import { createClock } from "../../../runners/journal/clock.ts";
import type { Prompter, Question } from "../../../runners/questions/question.ts";
import { errorOf } from "../../support/lockstep-errors.ts";
import { createRunFixture } from "../../support/run-fixture.ts";

const test = suite("policy");
let project = createRunFixture();
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const hours = { from: "09:00", to: "17:00", timeZone: "Europe/Berlin" } as const;
const undo = notNeeded("a test");
const inside = "2026-11-25T12:00:00Z";
const outside = "2026-11-25T20:00:00Z";

/** A clock on the wall that shows what a test says. */
function wallClock(shown: string) {
  const wall = { shown };
  return { wall, clock: { ...createClock(), now: () => new Date(wall.shown) } };
}

function planOf(policy: Policy, body: () => readonly Block[], chosen = "production"): Plan {
  const environments = [
    environment("production", "Production", { values: {}, policy }),
    environment("staging", "Staging", { values: {} }),
  ];
  return compile(runbook({ id: "sample", title: "Sample", environments }, body), {
    root: project.root,
    ...(chosen === "" ? {} : { environment: chosen }),
  });
}

const drop = (id = "drop") =>
  step(id, "Drop it", sh.destructive`echo ${id} >> effects`, { undo: irreversible("it is gone") });
const change = () => step("change", "Change it", sh`echo change >> effects`, { undo });

async function refusalOf(
  start: Promise<unknown>,
): Promise<{ code: string; message: string; hint: string | undefined }> {
  const error = await start.then(
    () => {
      throw new Error("it was not refused");
    },
    (given: { code: string; message: string; hint: string | undefined }) => given,
  );
  assert.not(project.exists("effects"));
  return error;
}

test("of an approval before writes wants one on every path to a write", () => {
  const policy = { approval: "before-writes" } as const;
  const go = (id = "go") => approval(id, "Go ahead", { by: ["bo"] });
  const params = { big: param.boolean() };
  const compiled = (values: { big?: boolean }, body: (p: { big: never }) => readonly Block[]): Plan =>
    compile(
      runbook(
        {
          id: "sample",
          title: "Sample",
          params,
          environments: [environment("production", "Production", { values: {}, policy })],
        },
        body as never,
      ),
      { values, environment: "production" },
    );
  planOf(policy, () => [go(), change()]);
  planOf(policy, () => [change()], "staging");
  planOf({ approval: "before-destructive" }, () => [change()]);
  assert.is(
    errorOf(() => planOf({ approval: "before-destructive" }, () => [change(), drop()])).code,
    "approval-missing",
  );
  assert.is(errorOf(() => planOf(policy, () => [change(), go(), drop()])).code, "approval-missing");
  compiled({}, (p) => [when(p.big, [go(), change()])]);
  assert.is(errorOf(() => compiled({}, (p) => [when(p.big, [go()]), change()])).code, "approval-missing");
  compiled({ big: false }, (p) => [when(is(p.big, true as never), [drop()]), go(), change()]);
});

test("that wants people refuses a run and a resume that nobody attends, and creates nothing", async () => {
  const plan = planOf({ unattended: false }, () => [change(), step("fails", "Fail", sh.read`test -e mended`)]);
  const { code, message, hint } = await refusalOf(project.run(plan));
  assert.equal(
    { code, message, hint },
    {
      code: "unattended-forbidden",
      message: "the policy of production forbids unattended runs",
      hint: "Run it in a terminal, without --auto",
    },
  );
  assert.not(project.exists(".lockstep"));
  const prompter: Prompter = { ask: async () => ({ say: "stop" }) };
  assert.is((await project.run(plan, { mode: "interactive", prompter })).exitCode, 3);
  const resumed = await project.resume(plan).catch((error: { code: string }) => error.code);
  assert.is(resumed, "unattended-forbidden");
  assert.equal(
    (await project.journal()).filter(({ type }) => type === "resumed"),
    [],
  );
  assert.is((await project.rollback()).exitCode, 4);
});

test("cannot be avoided by naming no environment", async () => {
  const { code, message, hint } = await refusalOf(project.run(planOf({ unattended: false }, () => [change()], "")));
  assert.equal(
    { code, message, hint },
    {
      code: "environment-missing",
      message: "sample must know its environment, since production has a policy",
      hint: "Add --env production, or --env staging",
    },
  );
  assert.not(project.exists(".lockstep"));
  assert.is((await project.run(planOf({ unattended: false }, () => [change()], "staging"))).exitCode, 0);
});

test("refuses a run with a destructive step outside of the hours, with when they begin", async () => {
  const { clock } = wallClock(outside);
  const { code, message, hint } = await refusalOf(
    project.run(
      planOf({ destructive: hours }, () => [drop()]),
      { clock },
    ),
  );
  assert.equal(
    { code, message, hint },
    {
      code: "window-closed",
      message:
        "1 drop is destructive, and the policy of production lets destructive steps start only daily, 09:00 to 17:00 (Europe/Berlin)",
      hint: "It opens next on Thursday 2026-11-26 09:00 (Europe/Berlin); --dry-run shows the steps at any time",
    },
  );
  assert.not(project.exists(".lockstep"));
  assert.is(
    (
      await project.run(
        planOf({ destructive: hours }, () => [change()]),
        { clock },
      )
    ).exitCode,
    0,
  );
});

test("suspends before a destructive step when the hours are over by then, and goes on when they have come again", async () => {
  const { clock, wall } = wallClock(inside);
  const plan = planOf({ destructive: hours }, () => [change(), drop()]);
  const executors = {
    shell: (await import("../../../runners/executors/executors.ts")).localExecutors.shell,
  };
  const first = await project.run(plan, {
    clock,
    executors: {
      shell: async (engine, attempt) => {
        wall.shown = outside;
        return executors.shell(engine, attempt);
      },
    },
  });
  assert.is(first.exitCode, 75);
  assert.is(first.step, "drop");
  assert.equal(project.effects(), ["change"]);
  const asked = first.events.find((event) => event.type === "asked");
  assert.is(
    asked?.type === "asked" && asked.question.kind === "closed" && asked.question.remark,
    "destructive steps of production start only daily, 09:00 to 17:00 (Europe/Berlin); it opens next on Thursday 2026-11-26 09:00 (Europe/Berlin)",
  );
  assert.is((await project.resume(plan, { clock })).exitCode, 75);
  assert.equal(project.effects(), ["change"]);
  wall.shown = inside;
  assert.is((await project.resume(plan, { clock })).exitCode, 0);
  assert.equal(project.effects(), ["change", "drop"]);
});

test("asks who attends, who may look again, or let it start with a reason that is kept", async () => {
  const { clock, wall } = wallClock(inside);
  const plan = planOf({ destructive: hours }, () => [drop("one"), drop("two")]);
  const seen: string[] = [];
  const prompter: Prompter = {
    ask: async (question: Question) => {
      seen.push(`${question.kind} ${question.step}`);
      if (question.kind === "start") {
        wall.shown = question.step === "one" ? outside : wall.shown;
        return { say: "run" };
      }
      if (question.step === "two") return { say: "overrule", reason: "the owner said so" };
      wall.shown = inside;
      return { say: "retry" };
    },
  };
  const close = { ...clock, now: () => new Date(seen.at(-1) === "start two" ? outside : wall.shown) };
  const story = await project.run(plan, { clock: close, mode: "interactive", prompter });
  assert.is(story.exitCode, 0);
  assert.equal(seen, ["start one", "closed one", "start two", "closed two"]);
  const answered = story.events.filter((event) => event.type === "answered").at(-1);
  assert.equal(answered?.type === "answered" && answered.answer, { say: "overrule", reason: "the owner said so" });
});

test("is answered from elsewhere", async () => {
  const { clock, wall } = wallClock(inside);
  const plan = planOf({ destructive: hours }, () => [drop()]);
  const prompter: Prompter = { ask: async () => ({ say: "stop" }) };
  assert.is((await project.run(plan, { clock, mode: "interactive", prompter })).exitCode, 3);
  wall.shown = outside;
  assert.is((await project.resume(plan, { clock })).exitCode, 75);
  await project.answer("drop", { say: "overrule", reason: "the owner said so" });
  assert.is((await project.resume(plan, { clock })).exitCode, 0);
  assert.equal(project.effects(), ["drop"]);
});

test("holds up no undo and no answer to a failure: a change must not be left half done", async () => {
  const { clock, wall } = wallClock(inside);
  const undone = planOf({ destructive: hours }, () => [
    step("make", "Make", sh`echo make >> effects`, { undo: sh.destructive`echo unmake >> effects` }),
    step("fails", "Fail", sh.read`false`, { onFailure: rollback }),
  ]);
  wall.shown = outside;
  assert.is((await project.run(undone, { clock })).exitCode, 4);
  assert.equal(project.effects(), ["make", "unmake"]);
  const answered = planOf({ destructive: hours }, () => [
    step("fails", "Fail", sh.read`false`, { onFailure: [drop("clear")] }),
  ]);
  assert.is((await project.run(answered, { clock })).exitCode, 4);
  assert.equal(project.effects(), ["make", "unmake", "clear"]);
});

test("that was changed since is a difference that somebody accepts", async () => {
  const body = () => [change(), step("fails", "Fail", sh.read`test -e mended`)];
  assert.is((await project.run(planOf({ destructive: hours }, body))).exitCode, 1);
  project.write("mended", "");
  const loosened = planOf({}, body);
  const story = await project.resume(loosened);
  assert.is(story.exitCode, 75);
  assert.equal(
    story.changes?.map(({ step: id, before }) => [id, before]),
    [["the policy", "destructive steps start only daily, 09:00 to 17:00 (Europe/Berlin)"]],
  );
  assert.is((await project.resume(loosened, { acceptChanges: true })).exitCode, 0);
});

test.run();
