import { readlinkSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { background, is, notNeeded, output, repeat, runbook, seconds, section, sh, step } from "../../../dsl/index.ts";
import { readBootId } from "../../../runners/processes/boot-id.ts";
import { listProcesses, readProcess } from "../../../runners/processes/process-entry.ts";
import { isAlive } from "../../../runners/processes/process-identity.ts";
import type { Prompter } from "../../../runners/questions/question.ts";
import {
  createRunFixture,
  finishedOf,
  ofType,
  outcomesOf,
  outputOf,
  type RunFixture,
} from "../../support/run-fixture.ts";

const test = suite("steps in the background");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const append = (id: string) => step(id, `Append ${id}`, sh`echo ${id} >> effects`, { undo });

const lives = (file: string): boolean => {
  const pid = Number(project.read(file));
  const startTime = readProcess(pid)?.startTime;
  return startTime !== undefined && isAlive({ pid, startTime, boot: readBootId() });
};

const folderOf = (pid: number): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
};

const serving = (ready: Parameters<typeof background>[3]["ready"], more: object = {}) =>
  runbook({ id: "serving", title: "Serving" }, () => [
    section("served", "Served", [
      background("serve", "Serve", sh.read`echo $$ > pid; sleep 0.2; touch up; echo listening on 8080; sleep 300`, {
        ready,
        ...more,
      }),
      step("use", "Use it", sh`test -e up; kill -0 $(cat pid); echo use >> effects`, { undo }),
    ]),
    step("after", "Go on", sh`! kill -0 $(cat pid) 2>/dev/null; echo after >> effects`, { undo }),
  ]);

for (const [how, ready] of [
  ["a text", "listening on"],
  ["a pattern", /on \d+/],
  ["a read", sh.read`test -e up`],
] as const)
  test(`ready by ${how}: the next step waits for it, and it ends with its section`, async () => {
    const story = await project.run(serving(ready));
    assert.is(story.exitCode, 0, story.message);
    assert.equal(project.effects(), ["use", "after"]);
    assert.equal(
      story.events.flatMap((event) =>
        "step" in event && event.step === "serve" && event.type !== "output" ? [event.type] : [],
      ),
      ["started", "ready", "finished"],
    );
    assert.is(outputOf(story.events, "serve"), "listening on 8080\n");
    assert.match(ofType(story.events, "started")[0]?.command ?? "", / &$/);
    assert.not(lives("pid"));
  });

test("is ready by what it said before a flood, which stands before how it ended", async () => {
  const flooding = (text: string) =>
    runbook({ id: "flood", title: "Flood" }, () => [
      section("served", "Served", [
        background("serve", "Serve", sh.read`echo ${text}; head -c 3000000 /dev/zero | tr '\0' x; sleep 300`, {
          ready: "listening",
          timeout: seconds(2),
        }),
        append("use"),
      ]),
    ]);
  assert.is((await project.run(flooding("listening"))).exitCode, 0);
  assert.equal(project.effects(), ["use"]);
  const { exitCode, events } = await project.run(flooding("silent"));
  assert.is(exitCode, 1);
  const ofServe = events.filter((event) => "step" in event && event.step === "serve").map(({ type }) => type);
  assert.ok(ofServe.lastIndexOf("output") < ofServe.indexOf("finished"), ofServe.join(" "));
});

test("one that is not ready in time fails, and is ended", async () => {
  const story = await project.run(serving("never said", { timeout: seconds(0.5) }));
  assert.is(story.exitCode, 1);
  assert.is(story.step, "serve");
  assert.match(story.message ?? "", "not ready within");
  assert.equal(project.effects(), []);
  assert.not(lives("pid"));
});

test("one that ends before it is ready has failed", async () => {
  const story = await project.run(
    runbook({ id: "brief", title: "Brief" }, () => [
      background("serve", "Serve", sh.read`echo no port; false`, { ready: "listening" }),
      append("use"),
    ]),
  );
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "ended before it was ready");
  assert.equal(project.effects(), []);
});

test("one that ends by itself stops the run before the next step, and is named; it starts again on resume", async () => {
  const plan = project.plan(
    runbook({ id: "early", title: "Early" }, () => [
      section("served", "Served", [
        background(
          "serve",
          "Serve",
          sh.read`echo x >> starts; until [ -e effects ]; do sleep 0.02; done; test -e mended; sleep 300`,
          {
            ready: sh.read`grep -q x starts`,
          },
        ),
        step("first", "First", sh`echo first >> effects; sleep 0.4`, { undo }),
        append("second"),
      ]),
    ]),
  );
  const story = await project.run(plan);
  assert.is(story.exitCode, 1);
  assert.is(story.step, "serve");
  assert.match(story.message ?? "", "exit code 1");
  project.write("mended", "");
  const resumed = await project.resume(plan);
  assert.is(resumed.exitCode, 0, resumed.message);
  assert.equal(project.effects(), ["first", "second"]);
  assert.is(project.read("starts"), "x\nx\n");
});

test("it does not live on where looking whether it is ready is not possible", async () => {
  const plan = project.plan(
    runbook({ id: "unready", title: "Unready" }, () => {
      const look = step("look", "Look", sh.read`echo up`, { outputs: { file: output.text() } });
      const ready = sh.read`test -e ${look.outputs.file}`;
      return [
        look,
        section("served", "Served", [background("serve", "Serve", sh.read`echo $$ > pid; sleep 300`, { ready })]),
      ];
    }),
  );
  // the step that gives the file gives it under another name
  const unknown = JSON.parse(JSON.stringify(plan).replaceAll('"output":"file"', '"output":"other"'));
  // by the folder it stands in: it may be ended before it came to say who began
  const processes = (): number => listProcesses().filter(({ pid }) => folderOf(pid) === project.root).length;
  const lived: number[] = [];
  const prompter: Prompter = {
    ask: async () => {
      lived.push(processes());
      return lived.length === 1 ? { say: "retry" } : { say: "stop" };
    },
  };
  const story = await project.run(unknown as typeof plan, { prompter, mode: "interactive" });
  assert.is(story.exitCode, 3);
  assert.equal(lived, [0, 0]);
});

test("one that ends by itself during the last step of its section has failed", async () => {
  const story = await project.run(
    runbook({ id: "dying", title: "Dying" }, () => [
      section("served", "Served", [
        background(
          "serve",
          "Serve",
          sh.read`echo listening; until [ -e last ]; do sleep 0.02; done; bash -c "exit 7"`,
          {
            ready: "listening",
          },
        ),
        step("last", "Last", sh`touch last; sleep 0.5`, { undo }),
      ]),
      append("after"),
    ]),
  );
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "exit code 7");
  assert.not(project.exists("effects"));
});

test("it ends where the run stops, and starts again before the next step on resume", async () => {
  const plan = project.plan(
    runbook({ id: "again", title: "Again" }, () => [
      section("served", "Served", [
        background("serve", "Serve", sh.read`echo $$ > pid; echo listening; sleep 300`, { ready: "listening" }),
        step("mend", "Fail", sh`test -e mended`, { undo }),
        step("use", "Use it", sh`kill -0 $(cat pid); echo use >> effects`, { undo }),
      ]),
    ]),
  );
  const story = await project.run(plan);
  assert.is(story.exitCode, 1);
  assert.not(lives("pid"));
  assert.equal(outcomesOf(story.events, "serve"), ["not-started"]);
  project.write("mended", "");
  const resumed = await project.resume(plan);
  assert.is(resumed.exitCode, 0, resumed.message);
  assert.equal(project.effects(), ["use"]);
  assert.equal(
    finishedOf(resumed.events, "serve").map(({ outcome }) => outcome),
    ["ok"],
  );
});

test("in a repeat it ends with its pass, and begins anew with the next: never two at a time", async () => {
  const pass = step("count", "Count", sh`kill -0 $(cat pid) && cat pid >> effects; wc -l < effects`, {
    undo,
    outputs: { passes: output.integer() },
  });
  const source = runbook({ id: "passes", title: "Passes" }, () => [
    section("served", "Served", [
      repeat("drain", "Drain", { limit: 3 }, () => ({
        body: [
          background(
            "serve",
            "Serve",
            sh.read`test ! -e pid || ! kill -0 $(cat pid) 2>/dev/null; echo $$ > pid; echo ready; sleep 300`,
            { ready: "ready" },
          ),
          pass,
        ],
        until: is(pass.outputs.passes, 2),
      })),
      step("after", "Go on", sh`! kill -0 $(cat pid) 2>/dev/null; echo after >> effects`, { undo }),
    ]),
  ]);
  const story = await project.run(source);
  assert.is(story.exitCode, 0, story.message);
  const pids = project.effects().slice(0, 2);
  assert.is(new Set(pids).size, 2);
  assert.is(project.effects()[2], "after");
  assert.equal([outcomesOf(story.events, "serve[1]"), outcomesOf(story.events, "serve[2]")], [["ok"], ["ok"]]);
});

test.run();
