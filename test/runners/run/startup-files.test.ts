import { suite } from "uvu";
import * as assert from "uvu/assert";
import { notNeeded, runbook, section, sh, step } from "../../../dsl/index.ts";
import { createRunFixture, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("the startup files of the person's shell");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");

/** Bash takes a shell that sshd or a socket stands behind for a login from afar, unless it is one within another shell. */
for (const [where, env] of [
  ["as from cron, without a shell around it", {}],
  ["by ssh, as `ssh host lockstep run`", { SSH_CLIENT: "192.0.2.1 50000 22" }],
] as const)
  test(`are read by no step and no probe, with a standard input or without: ${where}`, async () => {
    const home = project.root;
    project.write(".bashrc", 'echo "read by $$" >> startup\necho "from the startup file"\nexport LEFT=behind\n');
    const story = await project.run(
      runbook({ id: "started", title: "Started" }, () => [
        section("place", "Place", { env: { HOME: home, SHLVL: "0", ...env } }, [
          step("plain", "Plain", sh`echo "plain:\${LEFT-}" >> effects`, { undo }),
          step("given", "Given", sh`echo "$(cat):\${LEFT-}" >> effects`, { undo, stdin: "given" }),
          step("read", "Read", sh.read`cat; echo "\${LEFT-}"`, { stdin: "x", expect: "x" }),
        ]),
        section("required", "Required", { env: { HOME: home, SHLVL: "0", ...env } }, [
          step("asked", "Asked", sh`kill -KILL $PPID $$`, { undo, probe: sh.read`echo "probe:\${LEFT-}" >> effects` }),
        ]),
      ]),
    );
    assert.is(story.exitCode, 0, story.message);
    assert.equal(project.effects(), ["plain:", "given:", "probe:"]);
    assert.not(project.exists("startup"), project.exists("startup") ? project.read("startup") : "");
  });

test("neither BASH_ENV nor an exported function of the person's shell takes the place of a command", async () => {
  project.write("env.sh", "shopt -s expand_aliases; make() { echo hijacked; }; alias date='echo hijacked'\n");
  const given = { BASH_ENV: `${project.root}/env.sh`, "BASH_FUNC_uname%%": "() { echo hijacked; }" };
  Object.assign(process.env, given);
  try {
    const story = await project.run(
      runbook({ id: "started", title: "Started" }, () => [
        step("plain", "Plain", sh`{ type -t make date uname || true; } >> effects`, { undo }),
        step("list", "List", sh`bash -c 'uname >> names'`, { undo }),
        step("asked", "Asked", sh`kill -KILL $PPID $$`, {
          undo,
          probe: sh.read`{ type -t make date uname || true; } >> effects`,
        }),
      ]),
    );
    assert.is(story.exitCode, 0, story.message);
  } finally {
    for (const name of Object.keys(given)) delete process.env[name];
  }
  assert.equal(
    project.effects().filter((kind) => kind !== "file"),
    [],
  );
  assert.not.match(project.read("names"), "hijacked");
});

test.run();
