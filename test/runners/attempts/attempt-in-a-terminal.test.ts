import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import esbuild from "esbuild";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { inspectAttempt } from "../../../runners/attempts/inspect-attempt.ts";
import { createAttemptFixture, stateOf, until } from "../../support/attempt-fixture.ts";

const test = suite("an attempt in a terminal");
/** `script` of util-linux makes a terminal; that of other systems takes other options. */
const canMakeTerminals =
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ?? false;
const check = canMakeTerminals ? test : test.skip;
if (!canMakeTerminals)
  console.error("SKIPPED: there is no `script` of util-linux here; steps in a terminal are not tested");

let fixture: ReturnType<typeof createAttemptFixture>;
test.before.each(() => {
  fixture = createAttemptFixture();
});
test.after.each(() => fixture.clean());

/** Runs lockstep's side in a terminal of its own; it starts the attempt and does what `then` says. */
async function inTerminal(script: string, then: string) {
  const spec = fixture.spec(script, { terminal: true });
  const program = join(fixture.root, "lockstep.mjs");
  const stdin = {
    contents: `import { startAttempt } from "./runners/attempts/start-attempt.ts";
      import { writeFileSync } from "node:fs";
      const attempt = await startAttempt(${JSON.stringify(spec)});
      ${then}
      writeFileSync(${JSON.stringify(join(fixture.root, "outcome"))}, JSON.stringify(await attempt.ended));`,
    resolveDir: process.cwd(),
  };
  await esbuild.build({ stdin, outfile: program, bundle: true, format: "esm", platform: "node", logLevel: "silent" });
  const terminal = spawn("script", ["-qec", `exec '${process.execPath}' '${program}'`, "/dev/null"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let screen = "";
  terminal.stdout.on("data", (chunk) => (screen += chunk));
  const closed = new Promise((resolve) => terminal.on("exit", resolve));
  return {
    spec,
    terminal,
    closed,
    screen: () => screen,
    outcome: () => JSON.parse(readFileSync(join(fixture.root, "outcome"), "utf8")),
  };
}

check("it has the person's terminal", async () => {
  const { terminal, closed, screen, outcome, spec } = await inTerminal(
    '[[ -t 0 && -t 1 && -t 2 ]]; read -rp "Word? " word; echo "got $word"; exit 3',
    "",
  );
  await until(() => screen().includes("Word? "));
  terminal.stdin.write("swordfish\n");
  await closed;
  assert.match(screen(), "got swordfish");
  assert.equal(outcome(), { kind: "exited", exitCode: 3 });
  assert.equal(await stateOf(spec.folder), { state: "ended", exitCode: 3 });
});

check("it is ended alone: lockstep, in the same group, lives on", async () => {
  const { closed, outcome } = await inTerminal(
    "sleep 300",
    'await attempt.begun; await new Promise((resolve) => setTimeout(resolve, 50)); await attempt.end("timeout");',
  );
  await closed;
  assert.is(outcome().kind, "ended-by-lockstep");
});

check("after a crash nobody can attach to it", async () => {
  const { spec, closed } = await inTerminal(
    `trap '' HUP; touch ignores-hup; until [[ -e go ]]; do sleep 0.02; done`,
    `const { existsSync } = await import("node:fs"); while (!existsSync("${join(fixture.root, "ignores-hup")}")) await new Promise((resolve) => setTimeout(resolve, 10)); process.kill(process.pid, "SIGKILL");`,
  );
  await until(
    () => existsSync(join(spec.folder, "begun")) && readFileSync(join(spec.folder, "begun"), "utf8").endsWith("\n"),
  );
  const state = await inspectAttempt(spec.folder);
  assert.is(state.state, "unknown");
  assert.match("reason" in state ? state.reason : "", "still lives, in a terminal");
  writeFileSync(join(fixture.root, "go"), "");
  await closed;
  // it must have seen that before the folder goes
  while ((await inspectAttempt(spec.folder)).state !== "ended") await new Promise((resolve) => setTimeout(resolve, 10));
});

test.run();
