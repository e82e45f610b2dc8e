import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { inspectAttempt } from "../../../runners/attempts/inspect-attempt.ts";
import { createClock } from "../../../runners/journal/clock.ts";
import { sessionMembers } from "../../../runners/processes/session-members.ts";
import { until } from "../../support/attempt-fixture.ts";
import {
  createRunFixture,
  finishedOf,
  killIfThere,
  ofType,
  outcomesOf,
  outputOf,
  type RunFixture,
} from "../../support/run-fixture.ts";
import { type RunProcess, startRun } from "../../support/run-process.ts";
import * as runbooks from "./crash-runbooks.ts";

const test = suite("a run after a crash");
const module = "test/runners/resume/crash-runbooks.ts";
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const start = (make: keyof typeof runbooks, ...args: readonly unknown[]): Promise<RunProcess> =>
  startRun({ module, make, args, root: project.root });

const attemptOf = async (name: string): Promise<string> => join((await project.folder()).attemptsFolder, name);

/** Kills lockstep, and with it every process of the step: nobody knows how it ended. */
async function killBoth(lockstep: RunProcess, name: string): Promise<void> {
  await lockstep.kill();
  const folder = await attemptOf(name);
  const begun = JSON.parse(readFileSync(join(folder, "begun"), "utf8"));
  await until(() => {
    const members = sessionMembers(begun);
    for (const { pid } of members) killIfThere(pid);
    return members.length === 0;
  });
}

test("a step that lives is attached to and not started again: its output is whole, and so is what it gives", async () => {
  const lockstep = await start("talking");
  await until(() => project.effects().length === 1);
  await lockstep.kill();
  const resumed = await startRun({ module, make: "talking", root: project.root, resume: true });
  await resumed.waitFor((event) => event.type === "started" && event.attached === true);
  project.write("go", "");
  const result = await resumed.ended;
  assert.is(result && "exitCode" in result && result.exitCode, 0);
  assert.equal(project.effects(), ["began", "2000"]);
  const shown = outputOf(resumed.events, "talk").replace("aside\n", "").split("\n");
  assert.equal(shown.slice(0, 3), ["one", "two", "1"]);
  assert.is(shown.length, 2003);
  assert.equal(finishedOf(resumed.events, "talk")[0]?.outputs, { said: "one\ntwo\n1\n", last: "2000" });
});

test("a step that ended while nobody looked is taken as it ended", async () => {
  const lockstep = await start("talking");
  await until(() => project.effects().length === 1);
  await lockstep.kill();
  project.write("go", "");
  const folder = await attemptOf("talk.1");
  await until(async () => (await inspectAttempt(folder)).state === "ended");
  const story = await project.resume(runbooks.talking());
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["began", "2000"]);
  assert.equal(
    ofType(story.events, "started").map(({ step }) => step),
    ["use"],
  );
});

test("a step that was started and never begun is claimed, and run as a new attempt", async () => {
  const plan = project.plan(runbooks.doubtful());
  await project.crash(plan);
  project.write("go", "");
  const story = await project.resume(plan);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["began", "after"]);
  assert.equal(outcomesOf(story.events, "doubt"), ["not-started", "ok"]);
  assert.ok(
    readdirSync(await attemptOf("doubt.1")).includes("begun"),
    "it is claimed, so no late wrapper can begin it",
  );
});

test("a write that nobody saw end suspends the run, and is not run again", async () => {
  await killBoth(await startDoubtful(), "doubt.1");
  const story = await project.resume(runbooks.doubtful());
  assert.is(story.exitCode, 75);
  assert.is(story.state, "suspended");
  assert.is(story.step, "doubt");
  const [asked] = ofType(story.events, "asked");
  assert.is(asked?.question.kind, "unknown");
  assert.equal(project.effects(), ["began"]);
  const again = await project.resume(runbooks.doubtful());
  assert.is(again.exitCode, 75);
  assert.equal(project.effects(), ["began"]);
});

async function startDoubtful(...args: readonly unknown[]): Promise<RunProcess> {
  const lockstep = await start("doubtful", ...args);
  await until(() => project.effects().length === 1);
  return lockstep;
}

test("an answer from elsewhere says it is there: it counts as done, and who said so", async () => {
  await killBoth(await startDoubtful(), "doubt.1");
  assert.is((await project.resume()).exitCode, 75);
  await project.answer("doubt", { say: "there", how: "kubectl get ingress" }, "alice");
  const story = await project.resume(runbooks.doubtful());
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["began", "after"]);
  const finished = finishedOf(story.events, "doubt").at(-1);
  assert.is(finished?.outcome, "ok");
  assert.is(finished?.by?.user, "alice");
  assert.match(finished?.remark ?? "", "kubectl get ingress");
});

test("an answer says it is missing: it is run again", async () => {
  await killBoth(await startDoubtful(), "doubt.1");
  assert.is((await project.resume()).exitCode, 75);
  await project.answer("doubt", { say: "missing", how: "looked" });
  project.write("go", "");
  const story = await project.resume(runbooks.doubtful());
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["began", "began", "after"]);
});

test("two answers to one question: the second does not answer what is asked about the next attempt", async () => {
  await killBoth(await startDoubtful(), "doubt.1");
  assert.is((await project.resume()).exitCode, 75);
  await project.answer("doubt", { say: "missing", how: "looked" }, "alice");
  await project.answer("doubt", { say: "missing", how: "looked as well" }, "bo");
  const lockstep = await startRun({ module, make: "doubtful", root: project.root, resume: true });
  await until(() => project.effects().length === 2);
  await killBoth(lockstep, "doubt.2");
  const story = await project.resume(runbooks.doubtful());
  assert.is(story.exitCode, 75);
  assert.equal(project.effects(), ["began", "began"]);
  const noted = (await project.journal()).flatMap((event) => (event.type === "noted" ? [event.text] : []));
  assert.equal(noted, ["the answer of bo does not count: it was answered before"]);
});

test("an answer says half of it is there: the step has failed", async () => {
  await killBoth(await startDoubtful(), "doubt.1");
  assert.is((await project.resume()).exitCode, 75);
  await project.answer("doubt", { say: "partly", how: "one of two" });
  const story = await project.resume(runbooks.doubtful());
  assert.is(story.exitCode, 1);
  assert.equal(outcomesOf(story.events, "doubt").at(-1), "failed");
  assert.equal(project.effects(), ["began"]);
});

test("who is told that half of it is there, and skips it, does not see it run again", async () => {
  await killBoth(await startDoubtful(), "doubt.1");
  const asked: string[] = [];
  const story = await project.resume(runbooks.doubtful(), {
    mode: "interactive",
    prompter: {
      ask: async ({ kind }) => {
        asked.push(kind);
        return kind === "unknown" ? { say: "partly", how: "looked" } : { say: "skip", reason: "mended by hand" };
      },
    },
  });
  assert.equal(asked, ["unknown", "failed"]);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["began", "after"]);
});

test("the same while lockstep lives: only the process that records the outcome was killed", async () => {
  const story = await project.run(runbooks.orphaned(), {
    mode: "interactive",
    prompter: {
      ask: async ({ kind }) =>
        kind === "unknown" ? { say: "partly", how: "looked" } : { say: "skip", reason: "mended by hand" },
    },
  });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(outcomesOf(story.events, "orphan"), ["unknown", "failed", "skipped"]);
  assert.equal(project.effects(), ["began", "after"]);
});

for (const [said, script, effects, exitCode] of [
  ["it is there", "echo there", ["began", "after"], 0],
  ["it is not there, for it shows something else", "echo something", ["began", "began", "after"], 0],
  // kubectl ends with 1 also when it cannot reach the cluster
  ["it cannot tell, and a person is asked", "exit 1", ["began"], 75],
] as const)
  test(`the probe of a write decides: ${said}`, async () => {
    project.write("probe.sh", script);
    await killBoth(await startDoubtful("write", "probe"), "doubt.1");
    project.write("go", "");
    const story = await project.resume(runbooks.doubtful("write", "probe"));
    assert.is(story.exitCode, exitCode);
    assert.equal(project.effects(), effects);
    assert.is(ofType(story.events, "asked").length, exitCode === 0 ? 0 : 1);
  });

test("a read that nobody saw end is simply run again", async () => {
  await killBoth(await startDoubtful("read"), "doubt.1");
  project.write("go", "");
  const story = await project.resume(runbooks.doubtful("read"));
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["began", "began", "after"]);
});

test("a write in another boot is unknown, whatever process has its pid", async () => {
  const plan = project.plan(runbooks.doubtful());
  const lockstep = await startDoubtful();
  await lockstep.kill();
  const clock = createClock();
  const folder = await attemptOf("doubt.1");
  const begun = readFileSync(join(folder, "begun"), "utf8");
  const state = await inspectAttempt(folder, { startedBoot: "another" });
  assert.is(state.state, "running", "begun names this boot");
  project.write(
    join((await project.folder()).path.slice(project.root.length + 1), "attempts/doubt.1/begun"),
    begun.replaceAll(clock.boot, "another"),
  );
  const story = await project.resume(plan);
  assert.is(story.exitCode, 75);
  project.write(join((await project.folder()).path.slice(project.root.length + 1), "attempts/doubt.1/begun"), begun);
});

test("a step in TypeScript dies with lockstep, and is unknown", async () => {
  const lockstep = await start("inCode");
  await lockstep.waitFor(({ type }) => type === "output");
  await lockstep.kill();
  const resumed = await startRun({ module, make: "inCode", root: project.root, resume: true });
  const result = await resumed.ended;
  assert.is(result && "exitCode" in result && result.exitCode, 75);
  assert.is(ofType(resumed.events, "asked")[0]?.question.kind, "unknown");
});

test("a background step that lives is followed on, and ended with its section", async () => {
  const lockstep = await start("serving");
  await until(() => project.effects().length === 1);
  await lockstep.kill();
  project.write("go", "");
  const story = await project.resume(runbooks.serving());
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["use", "after"]);
  assert.is(project.read("servers").split("\n").length, 2, "it was started once");
  const begun = JSON.parse(readFileSync(join(await attemptOf("serve.1"), "begun"), "utf8"));
  assert.equal(sessionMembers(begun), []);
});

test("a background step that died with lockstep is started again, before the next step", async () => {
  const lockstep = await start("serving");
  await until(() => project.effects().length === 1);
  await killBoth(lockstep, "serve.1");
  project.write("go", "");
  const story = await project.resume(runbooks.serving());
  assert.is(story.exitCode, 0, story.message);
  assert.is(project.read("servers").split("\n").length, 3, "it was started twice");
  assert.equal(project.effects(), ["use", "after"]);
});

test("secrets never land on disk, not even when lockstep is killed while they are printed", async () => {
  const token = "s3cr3t-hunter22";
  const lockstep = await startRun({ module, make: "secretive", root: project.root, secrets: { token } });
  await lockstep.waitFor((event) => event.type === "output" && event.step === "stdin");
  await lockstep.kill();
  project.write("go", "");
  const story = await project.resume(runbooks.secretive(), { secrets: { token } });
  assert.is(story.exitCode, 0, story.message);
  for (const form of [token, Buffer.from(token).toString("base64").slice(0, 12)]) {
    assert.not.match(project.stateText(), form);
    assert.not.match(JSON.stringify([story, lockstep.events]), form);
  }
  assert.match(outputOf(lockstep.events, "env"), "token ***");
});

test("a run that was killed before it was recorded has not begun, and says so", async () => {
  const { path } = await openEmptyRun();
  const error = await project.resume(runbooks.waiting(0)).then(
    () => undefined,
    (thrown: { code?: string; hint?: string }) => thrown,
  );
  assert.is(error?.code, "unknown-run", path);
  assert.ok(error?.hint);
});

async function openEmptyRun() {
  const { openRunStore } = await import("../../../runners/store/run-store.ts");
  return openRunStore(project.root).create();
}

test.run();
