import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../support/attempt-fixture.ts";
import { guardedProject, guardText, writeText } from "../support/guarded-project.ts";
import { journalOf } from "../support/journal-of.ts";
import { lockstep, project } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";
import { pause } from "../support/terminal.ts";

const test = suite("signals");
test.after.each(closeTerminals);

/** A second one that comes sooner is one that was passed on, or a key that is held. */
const another = 800;

const untilGo = ": > begun; until [ -e go ]; do sleep 0.05; done";
const stubborn = "trap '' TERM; : > begun; while :; do sleep 0.05; done";
const read = (script: string): string => `step("long", "Take long", sh.read\`bash -c ${JSON.stringify(script)}\`)`;
const write = (script: string): string =>
  `step("long", "Take long", sh\`bash -c ${JSON.stringify(script)}\`, { undo: notNeeded("a test") })`;

const outcomes = (folder: string): string[] =>
  journalOf(folder).flatMap(({ type, step, outcome }) => (type === "finished" ? [`${step} ${outcome}`] : []));

const begun = (folder: string): Promise<void> => until(() => existsSync(join(folder, "begun")));

for (const [signal, exitCode] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  for (const [effect, step, outcome] of [
    ["read", read, "not-started"],
    ["write", write, "unknown"],
  ] as const)
    test(`unattended ${signal} ends a ${effect} at once, and says so; one that does not end is killed by the next`, async () => {
      const { folder } = await guardedProject(step(stubborn));
      const before = performance.now();
      await lockstep("run", "guarded")
        .in(folder)
        .through([
          "bash",
          "-c",
          `"$@" & until [ -e begun ]; do sleep 0.05; done; kill -${signal} $!; sleep 1; kill -${signal} $!; wait $!; exit $?`,
          "-",
        ])
        .says(
          new RegExp(
            `run {3}${signal.padEnd(9)} what runs is told to end, and has 10s to do so; again kills it\\n.*${signal.padEnd(9)} what runs is killed\\n`,
          ),
          new RegExp(`1 {5}${outcome === "unknown" ? "UNKNOWN|unknown" : "not started"}`),
        )
        .prints(/Interrupted/)
        .exits(exitCode);
      assert.ok(performance.now() - before < 9_000, "it did not wait for the rest of its ten seconds");
      assert.equal(outcomes(folder), [`long ${outcome}`]);
    });

for (const signal of ["SIGTERM", "SIGHUP"] as const)
  test(`${signal} at the start screen begins nothing`, async () => {
    const { folder } = await guardedProject(write("true"));
    const window = lockstepTerminal(folder, ["run", "guarded"]);
    await window.waitFor(/^r start · q quit$/m);
    window.signal(signal);
    assert.is(await window.ended(), 143);
    assert.match(window.text(), /^Nothing has begun\.$/m);
    assert.not.ok(existsSync(join(folder, ".lockstep/runs")));
  });

for (const [what, params] of [
  ["a parameter", '{ needed: param.string({ example: "v1" }) }'],
  ["a secret", "{ needed: param.secret({}) }"],
] as const)
  test(`SIGTERM where ${what} is asked for begins nothing, and gives the terminal back`, async () => {
    const folder = await project({
      "runbooks/a.runbook.ts": `import { param, runbook, sh, step } from "lockstep";
export default runbook({ id: "a", title: "A", params: ${params} }, (p) => [
  step("use", "Use it", sh.read\`true\`, { env: { NEEDED: p.needed } }),
]);
`,
    });
    const window = lockstepTerminal(folder, ["run", "a"]);
    await window.waitFor(/Esc leaves/);
    window.signal("SIGTERM");
    assert.is(await window.ended(), 143);
    assert.match(window.text(), /^Nothing has begun\.$/m);
    assert.ok(window.written().endsWith("\x1b[?2004l"), JSON.stringify(window.written().slice(-60)));
    assert.not.ok(existsSync(join(folder, ".lockstep/runs")));
  });

test("a signal that is passed on by npm or timeout comes twice, and kills nothing", async () => {
  const orderly = "trap 'sleep 0.5; echo orderly > effects; exit 1' TERM; : > begun; while :; do sleep 0.05; done";
  const { folder } = await guardedProject(read(orderly));
  await lockstep("run", "guarded")
    .in(folder)
    .through([
      "bash",
      "-c",
      '"$@" & until [ -e begun ]; do sleep 0.05; done; kill -INT $!; sleep 0.05; kill -INT $!; wait $!; exit $?',
      "-",
    ])
    .says(/SIGINT/)
    .prints(/Interrupted/)
    .exits(130);
  assert.is(readFileSync(join(folder, "effects"), "utf8"), "orderly\n");
});

test("a write that a dropped connection left to end is ended by kill", async () => {
  const { folder } = await guardedProject(write(untilGo));
  const window = lockstepTerminal(folder, ["run", "guarded"]);
  await window.answer(/^r start/m, "r");
  await begun(folder);
  window.signal("SIGHUP");
  await pause(another);
  assert.equal(outcomes(folder), []);
  window.signal("SIGTERM");
  await window.ended();
  assert.equal(outcomes(folder), ["long unknown"]);
});

const stopped = /^Stopped at 1(\.\d)?, nothing runs[^\n]*\./m;

for (const [where, blocks, shown, step] of [
  ["a menu", read("true"), /^r run/m, true],
  ["a typed line", read("true"), /^>/m, true],
  ["a checklist", 'checklist("gates", "Gates", ["One", "Two"])', /^0 of 2/m, false],
  ["a running read", read(untilGo), /^1 running/m, false],
  [
    "a watch",
    'watch("pods", "Watch", sh.read`cat rate`, { until: "level", interval: seconds(0.3) })',
    /^d done/m,
    false,
  ],
  ["a wait", 'wait("linger", "Linger", seconds(60))', /left of 1m 00s/m, false],
  [
    "a wait in a guard's range",
    `section("switch", "Switch", [${guardText()}, ${writeText("one")}, wait("linger", "Linger", seconds(60)), ${writeText("never")}])`,
    /bottom 0/,
    false,
  ],
] as const)
  test(`SIGTERM at ${where} never asks, and leaves with 143`, async () => {
    const { folder } = await guardedProject(blocks);
    const window = lockstepTerminal(folder, ["run", "guarded", ...(step ? ["--step"] : [])]);
    if (!step) await window.answer(/^r start/m, "r");
    if (where === "a typed line") await window.answer(/^r run/m, "s");
    await window.waitFor(shown);
    window.signal("SIGTERM");
    assert.is(await window.ended(), 143);
    assert.match(window.text(), stopped);
    assert.is(journalOf(folder).at(-1)?.type, "stopped");
    assert.ok(window.written().endsWith("\x1b[?2004l\x1b[23;2t"), JSON.stringify(window.written().slice(-60)));
  });

test("SIGTERM at a running write ends it without a question, and the next one kills it", async () => {
  const { folder } = await guardedProject(write(stubborn));
  const window = lockstepTerminal(folder, ["run", "guarded"]);
  await window.answer(/^r start/m, "r");
  await begun(folder);
  window.signal("SIGTERM");
  await pause(another);
  assert.equal(outcomes(folder), []);
  const before = performance.now();
  window.signal("SIGTERM");
  assert.is(await window.ended(), 143);
  assert.ok(performance.now() - before < 8_000, "it did not wait for the rest of its ten seconds");
  assert.equal(outcomes(folder), ["long unknown"]);
  assert.match(window.text(), /^✗ 1 unknown/m);
});

test("SIGTERM in a rollback ends the undo that runs, and rollback goes on with it", async () => {
  const held = `step("one", "Do one", sh\`echo one >> effects\`, { timeout: seconds(60), undo: undoBy("Take one back", sh\`${untilGo}; echo undone >> effects\`, { idempotent: true }) })`;
  const { folder, rate } = await guardedProject(
    `section("switch", "Switch", [${guardText()}, ${held}, wait("linger", "Linger", seconds(60)), ${writeText("never")}])`,
  );
  const window = lockstepTerminal(folder, ["run", "guarded"]);
  await window.answer(/^r start/m, "r");
  await window.waitFor(/bottom 0/);
  rate(2);
  await begun(folder);
  window.signal("SIGTERM");
  assert.is(await window.ended(), 143);
  writeFileSync(join(folder, "go"), "");
  const again = lockstepTerminal(folder, ["rollback"]);
  await again.word(/type rollback and Enter/, "rollback");
  assert.is(await again.ended(), 4);
  assert.is(readFileSync(join(folder, "effects"), "utf8"), "one\nundone\n");
});

test.run();
