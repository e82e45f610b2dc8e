import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { code, notNeeded, output, param, runbook, seconds, sh, step } from "../../../dsl/index.ts";
import { createRunFixture, finishedOf, outcomesOf, outputOf, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("a step in TypeScript, and secrets");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
type Run = Parameters<typeof code>[0];
const one = (run: Run, options: object = {}) =>
  runbook({ id: "one", title: "One" }, () => [step("it", "Do it", code(run), { undo, ...options })]);

test("it logs lines, and what it returns is what it gives", async () => {
  const plan = runbook({ id: "giving", title: "Giving" }, () => {
    const it = step(
      "it",
      "Do it",
      code(({ log, cwd, env }) => {
        log(`in ${cwd} with ${env["A"]}`);
        return "7";
      }),
      { undo, env: { A: "1" }, cwd: "sub", outputs: { n: output.integer() } },
    );
    return [it, step("use", "Use it", sh`echo ${it.outputs.n} >> effects`, { undo })];
  });
  const story = await project.run(plan);
  assert.is(story.exitCode, 0, story.message);
  assert.is(outputOf(story.events, "it"), `in ${project.root}/sub with 1\n`);
  assert.equal(project.effects(), ["7"]);
  assert.match(project.stateText(), `in ${project.root}/sub with 1`);
});

test("an error is a failure with its message", async () => {
  const story = await project.run(one(async (): Promise<void> => Promise.reject(new Error("the cache is cold"))));
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "the cache is cold");
});

test("its time-out aborts its signal, is a failure, and comes although nothing else keeps the process alive", async () => {
  let aborted = false;
  const story = await project.run(
    one(
      ({ signal }) =>
        new Promise<void>(() =>
          signal.addEventListener("abort", () => {
            aborted = true;
          }),
        ),
      { timeout: seconds(0.3) },
    ),
  );
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "time-out");
  assert.ok(aborted);
});

test("Ctrl-C aborts its signal; a write is unknown then", async () => {
  const interrupt = new AbortController();
  const story = await project.run(
    one(async ({ signal, log }) => {
      log("began");
      interrupt.abort("SIGINT");
      await sleep(60_000, undefined, { signal });
    }),
    { signal: interrupt.signal },
  );
  assert.is(story.exitCode, 130);
  assert.equal(outcomesOf(story.events, "it"), ["unknown"]);
});

test("one that goes on after its end cannot write to what is open by then", async () => {
  let late: Promise<unknown> | undefined;
  let wrote = (): void => {};
  const story = await project.run(
    one(
      ({ log }) =>
        new Promise<void>(() => {
          late = new Promise<void>((resolve) => {
            wrote = () => {
              log("TOO LATE");
              resolve();
            };
          });
        }),
      { timeout: seconds(0.2) },
    ),
  );
  assert.is(story.exitCode, 1);
  // takes over the number of the file that was closed
  const { open } = await import("node:fs/promises");
  project.write("other", "");
  const handles = await Promise.all(Array.from({ length: 20 }, () => open(`${project.root}/other`, "a")));
  wrote();
  await late;
  await Promise.all(handles.map((handle) => handle.close()));
  assert.is(project.read("other"), "");
});

test("what it gives is on disk, for whoever takes it up after a crash", async () => {
  const plan = project.plan(
    runbook({ id: "kept", title: "Kept" }, () => [
      step(
        "it",
        "Do it",
        code(() => "42"),
        { undo, outputs: { n: output.integer() } },
      ),
    ]),
  );
  assert.is((await project.run(plan)).exitCode, 0);
  const { readStdout } = await import("../../../runners/executors/text-executor.ts");
  const { attemptFolder } = await project.folder();
  assert.equal(await readStdout(attemptFolder("it", 1)), { stdout: "42" });
});

const token = "hunter22-s3cr3t";
const secretive = (options: { sensitive?: boolean } = {}) =>
  runbook({ id: "secretive", title: "Secretive", params: { token: param.secret() } }, (p) => [
    step("env", "By env", sh`echo "env $TOKEN"; printf %s "$TOKEN" | base64; test $(printf %s "$TOKEN" | wc -c) = 15`, {
      undo,
      env: { TOKEN: p.token },
    }),
    step("stdin", "By stdin", sh`awk '{ print "stdin " $0; exit length($0) != 15 }'`, {
      undo,
      stdin: p.token,
    }),
    step(
      "code",
      "In TypeScript",
      code(({ env, log }) => {
        log(`code ${env["TOKEN"]}`);
        return env["TOKEN"];
      }),
      { undo, env: { TOKEN: p.token }, outputs: { said: output.text() } },
    ),
    step(
      "fail",
      "Fail",
      code(({ env }) => {
        throw new Error(`refused ${env["TOKEN"]}`);
      }),
      { undo, env: { TOKEN: p.token }, ...options },
    ),
  ]);

test("a secret comes by env and stdin, and is in no log, journal, event or error", async () => {
  const plan = project.plan(secretive());
  const story = await project.run(plan, { secrets: { token } });
  assert.is(story.exitCode, 1);
  assert.is(story.step, "fail");
  assert.match(story.message ?? "", "refused ***");
  assert.match(outputOf(story.events, "env"), "env ***\n");
  assert.is(outputOf(story.events, "stdin"), "stdin ***\n");
  assert.is(outputOf(story.events, "code"), "code ***\n");
  assert.equal(finishedOf(story.events, "code")[0]?.outputs, { said: "***" });
  for (const form of [token, Buffer.from(token).toString("base64").slice(0, 16)])
    assert.not.match(project.stateText(), form);
  assert.not.match(JSON.stringify(story), token);
});

test("a secret without a value fails its step before it begins", async () => {
  const story = await project.run(secretive(), { secrets: {} });
  assert.is(story.exitCode, 1);
  assert.is(story.step, "env");
  assert.match(story.message ?? "", "the secret token has no value");
});

test("a sensitive step is shown and never kept", async () => {
  const plan = runbook({ id: "sensitive", title: "Sensitive" }, () => [
    step("shell", "Print", sh.read`echo c29tZXRoaW5n`, { sensitive: true }),
    step(
      "code",
      "Log",
      code(({ log }) => log("bm90IGtlcHQ=")),
      { undo, sensitive: true },
    ),
  ]);
  const { plan: compiled } = { plan: project.plan(plan) };
  const story = await project.run(compiled);
  assert.is(story.exitCode, 0, story.message);
  assert.is(outputOf(story.events, "shell"), "c29tZXRoaW5n\n");
  assert.is(outputOf(story.events, "code"), "bm90IGtlcHQ=\n");
  const { readFileSync, readdirSync } = await import("node:fs");
  const { attemptFolder } = await project.folder();
  for (const id of ["shell", "code"])
    for (const name of readdirSync(attemptFolder(id, 1)))
      if (name === "log" || name === "out") assert.is(readFileSync(`${attemptFolder(id, 1)}/${name}`, "utf8"), "");
});

test("a secret that occurs in ids and undos by chance changes neither what is recorded nor what is undone", async () => {
  const plan = runbook({ id: "chance", title: "Chance", params: { password: param.secret() } }, (p) => [
    step("postgres-start", "Start", sh`touch postgres-data`, {
      env: { PASSWORD: p.password },
      undo: sh`rm postgres-data`,
    }),
  ]);
  const secrets = { password: "postgres" };
  const story = await project.run(plan, { secrets });
  assert.equal(outcomesOf(story.events, "postgres-start"), ["ok"]);
  assert.ok(project.exists("postgres-data"));
  const back = await project.rollback({ secrets });
  assert.is(back.exitCode, 4, back.message);
  assert.not(project.exists("postgres-data"));
});

test.run();
