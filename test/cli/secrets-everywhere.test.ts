import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readBegun } from "../../runners/attempts/begun-record.ts";
import { readStatus } from "../../runners/attempts/status-record.ts";
import { sessionMembers } from "../../runners/processes/session-members.ts";
import { until } from "../support/attempt-fixture.ts";
import { killAttempts } from "../support/kill-attempts.ts";
import { lockstep, project } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";

const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const test = suite("a secret, wherever one could look");
test.after.each(closeTerminals);

const planted = { one: "first-s3cret+value", two: "second-s3cret+value", three: "third-s3cret+value" };
const sources = { PLANTED_ONE: planted.one, PLANTED_THREE: planted.three };
const params = `params: {
  one: param.secret({ from: { env: "PLANTED_ONE" } }),
  two: param.secret({ from: { command: "env > seen-by-command; cat two.txt" } }),
  three: param.secret({ from: { env: "PLANTED_THREE" } }),
}`;

const head = `import { approval, check, checklist, code, gate, guard, measurement, notNeeded, onlyNumber, param, quantity, runbook, seconds, section, sh, step } from "lockstep";
const undo = notNeeded("nothing is changed");
const meanwhile = (name: string) => sh.read\`touch at-\${name}; until test -e past-\${name}; do sleep 0.05; done\`;
`;

function assertClean(what: string, text: string, secrets: readonly string[] = Object.values(planted)): void {
  for (const secret of secrets)
    for (const form of [secret, Buffer.from(secret).toString("base64").slice(0, -4), encodeURIComponent(secret)])
      assert.not(text.includes(form), `${form} stands in ${what}`);
}

interface Living {
  readonly pid: number;
  readonly command: string;
  readonly environment: string;
}

/** What a file of a process says; nothing once it has ended. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

/** Every process whose environment says that this test began it, however far it went from its parent. */
function processesOf(mark: string): readonly Living[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const [environment, command] = [textOf(`/proc/${name}/environ`), textOf(`/proc/${name}/cmdline`)];
    return environment.includes(mark) || command.includes(mark) ? [{ pid: Number(name), command, environment }] : [];
  });
}

const inSteps = `${head}
const quiet = measurement("quiet", "Quiet", { measures: "noise", query: sh.read\`touch at-sampled; until test -e past-sampled; do sleep 0.05; done; echo 0\`, reading: onlyNumber });
export default runbook({ id: "planted", title: "Planted", ${params} }, (p) => [
  step("without", "Without", meanwhile("without")),
  step("given", "Given one", sh\`touch at-given; until test -e past-given; do sleep 0.05; done; echo "$MINE"\`, { env: { MINE: p.one }, undo: meanwhile("undone") }),
  step("fed", "Fed with another", sh.read\`cat > /dev/null; touch at-fed; until test -e past-fed; do sleep 0.05; done\`, { stdin: p.two }),
  checklist("list", "Look", [check("It holds", meanwhile("checked"))]),
  gate("steady", "Steady", { failIf: [quiet.above(quantity(1))], hold: seconds(0) }),
  step("fails", "Fails", sh.read\`false\`),
]);
`;

/** While each of these stands still: who may know which secret, and by which name. */
const moments: readonly (readonly [string, readonly string[]])[] = [
  ["without", []],
  ["given", [`MINE=${planted.one}`]],
  ["fed", []],
  ["checked", []],
  ["sampled", []],
];

test("in the environment and the arguments of every process of a run: only the step that is given it has it", async () => {
  const folder = await project({ "runbooks/planted.runbook.ts": inSteps, "two.txt": planted.two });
  const mark = `SECRETS_TEST_${process.pid}_${Date.now()}`;
  const begin = (...args: readonly string[]): ChildProcess =>
    spawn(process.execPath, [binary, ...args], {
      cwd: folder,
      env: { ...process.env, ...sources, [mark]: "1" },
      stdio: "ignore",
    });
  const look = async (child: ChildProcess, name: string, may: readonly string[]): Promise<void> => {
    await until(() => existsSync(join(folder, `at-${name}`)));
    const found = processesOf(mark).filter(({ pid }) => pid !== child.pid);
    assert.ok(found.length > 0, `nothing runs in ${name}`);
    for (const { command, environment } of found) {
      assertClean(`the arguments of ${command} in ${name}`, command);
      const others = environment.split("\0").filter((variable) => !may.includes(variable));
      assertClean(`the environment of ${command} in ${name}`, others.join("\n"));
    }
    const holders = found.filter(({ environment }) => may.some((variable) => environment.includes(variable)));
    assert.is(holders.length > 0, may.length > 0, name);
    // what runs it was started with the variables; it must not have them in its arguments
    assertClean("the arguments of lockstep", readFileSync(`/proc/${child.pid}/cmdline`, "latin1"));
    writeFileSync(join(folder, `past-${name}`), "");
  };
  const run = begin("run", "planted", "--auto");
  const ended = new Promise((resolve) => run.once("exit", resolve));
  try {
    for (const [name, may] of moments) await look(run, name, may);
    assert.is(await ended, 1);
    const rollback = begin("rollback");
    const undone = new Promise((resolve) => rollback.once("exit", resolve));
    await look(rollback, "undone", [`MINE=${planted.one}`]);
    assert.is(await undone, 4);
  } finally {
    run.kill("SIGKILL");
    killAttempts(folder);
  }
  // the command of one secret has not those of the others
  const seen = readFileSync(join(folder, "seen-by-command"), "utf8");
  assert.match(seen, mark);
  assertClean("what the command of a secret inherits", seen);
});

test("in what any other command prints or leaves behind: graph, rollback, completion, the bundles", async () => {
  const folder = await project({
    "runbooks/planted.runbook.ts": `${head}
export default runbook({ id: "planted", title: "Planted", ${params} }, (p) => [
  section("with", "With it", { env: { A: p.one, B: p.two } }, [
    step("use", "Use it", sh\`echo "$A"; echo "$B" >&2\`, { undo: sh\`echo "undone with $A"; echo "$B" >&2\` }),
    approval("go", "Go", { by: ["bo"] }),
  ]),
]);
`,
    "two.txt": planted.two,
  });
  const tell = async (exitCode: number, ...args: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await lockstep(...args)
      .in(folder)
      .env(sources)
      .exits(exitCode)
      .prints(/(?:)/, /^/)
      .says(/(?:)/, /^/);
    assertClean(`what ${args.join(" ")} prints`, stdout + stderr);
    return stdout + stderr;
  };
  for (const format of ["mermaid", "dot", "svg", "json"])
    assert.match(await tell(0, "graph", "planted", "--format", format), "With it");
  await tell(75, "run", "planted", "--auto", "-v");
  const [{ run }] = JSON.parse(await tell(0, "runs", "--json"));
  for (const words of [
    ["run", ""],
    ["run", "planted", "-p", ""],
    ["resume", ""],
    ["log", run, ""],
    ["approve", run, ""],
  ])
    await tell(0, "__complete", "--", ...words);
  await tell(0, "completion", "bash");
  await tell(0, "run", "planted", "--help");
  assert.match(await tell(4, "rollback", run, "-v"), /undone with \*\*\*/);
  for (const args of [["log"], ["log", "--json"], ["report"], ["list"], ["show", "planted"]]) await tell(0, ...args);
  const files = readdirSync(join(folder, ".lockstep"), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  assert.ok(files.some(({ parentPath, name }) => parentPath.endsWith("cache") && name.endsWith(".mjs")));
  for (const { parentPath, name } of files)
    assertClean(join(parentPath, name), readFileSync(join(parentPath, name), "latin1"));
});

test("in the error of a source that fails, whatever the others gave", async () => {
  const error = async (from: string, files: Readonly<Record<string, string>> = {}): Promise<string> => {
    const folder = await project({
      "runbooks/planted.runbook.ts": `${head}
export default runbook({ id: "planted", title: "Planted", params: { one: param.secret({ from: { env: "PLANTED_ONE" } }), two: param.secret({ from: ${from} }) } }, (p) => [
  step("use", "Use it", sh\`true\`, { env: { A: p.one, B: p.two }, undo }),
]);
`,
      ...files,
    });
    const result = await new Promise<string>((resolve) => {
      const child = spawn(process.execPath, [binary, "run", "planted", "--auto"], {
        cwd: folder,
        env: { ...process.env, ...sources },
      });
      let text = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
      child.once("close", () => resolve(text));
    });
    assertClean(`the error of ${from}`, result);
    for (const entry of readdirSync(join(folder, ".lockstep"), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) assertClean(entry.name, readFileSync(join(entry.parentPath, entry.name), "latin1"));
    return result;
  };
  assert.match(await error(`{ command: "cat two.txt; exit 3" }`, { "two.txt": planted.two }), /ended with 3/);
  assert.match(await error(`{ command: "cat two.txt" }`, { "two.txt": `${planted.two}\0rest` }), /error: |NUL/);
  assert.match(await error(`{ file: "two.txt" }`, { "two.txt": `${planted.two}\0rest` }), /NUL/);
  assert.match(await error(`{ file: "gone.txt" }`), /is not there/);
});

test("in the log of a step whose lockstep was killed while it printed: what masks lives on, and the log is whole", async () => {
  const folder = await project({
    "runbooks/planted.runbook.ts": `${head}
export default runbook({ id: "planted", title: "Planted", ${params} }, (p) => [
  step("print", "Print", sh\`
    for i in $(seq 1 200); do echo "line $i $A"; done
    touch half
    until test -e go; do sleep 0.05; done
    for i in $(seq 201 400); do echo "line $i $A"; printf '%s' "$A" | base64; done
  \`, { env: { A: p.one }, undo, timeout: seconds(600) }),
]);
`,
    "two.txt": planted.two,
  });
  const child = spawn(process.execPath, [binary, "run", "planted", "--auto"], {
    cwd: folder,
    env: { ...process.env, ...sources },
    stdio: "ignore",
  });
  try {
    await until(() => existsSync(join(folder, "half")));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
    const attempt = join(folder, ".lockstep/runs", run, "attempts/print.1");
    const begun = readBegun(attempt);
    if (typeof begun !== "object") throw new Error("it has not begun");
    const members = sessionMembers(begun);
    const commands = members.map(({ pid }) => textOf(`/proc/${pid}/cmdline`));
    assert.ok(
      commands.some((command) => command.includes("masker.js")),
      commands.join("\n"),
    );
    writeFileSync(join(folder, "go"), "");
    await until(() => readStatus(attempt) !== undefined);
    await until(() => sessionMembers(begun).length === 0);
    const log = readFileSync(join(attempt, "log"), "utf8");
    assertClean("the log", log);
    const lines = log.split("\n").filter((line) => line.startsWith("line "));
    assert.equal(
      lines,
      Array.from({ length: 400 }, (_, index) => `line ${index + 1} ***`),
    );
    await lockstep("resume")
      .in(folder)
      .env(sources)
      .prints(/^Done/)
      .says(/1 {5}ok/);
  } finally {
    child.kill("SIGKILL");
    killAttempts(folder);
  }
});

test("on the screen, in what scrolled off it, and in the shell of ! with its history", async () => {
  const folder = await project({
    "runbooks/planted.runbook.ts": `${head}
export default runbook({ id: "planted", title: "Planted", ${params} }, (p) => [
  step("use", "Use it", sh\`for i in $(seq 1 100); do echo "line $i $A"; done; printf '%s\\n' "$B"\`, { env: { A: p.one, B: p.two }, undo }),
]);
`,
    "two.txt": planted.two,
  });
  const env = { ...sources, SHELL: "/bin/bash", HISTFILE: join(folder, "history"), PS1: "in-shell$ " };
  const window = lockstepTerminal(folder, ["run", "planted", "--step"], { env });
  await window.answer(/^r run/m, "!");
  await window.waitFor(/exit comes back/);
  await window.word(/[$#] ?$/m, 'env > seen-by-shell; echo "A=$A one=$PLANTED_ONE three=$PLANTED_THREE"');
  await window.waitFor(/^A= one= three=$/m);
  await window.word(/[$#] ?$/m, "exit");
  await window.answer(/^r run/m, "r");
  assert.is(await window.ended(), 0, window.text());
  assert.match(window.text(), /line 100 \*\*\*/);
  assertClean("what was drawn", window.written());
  assertClean("the window", window.text());
  assertClean("what the shell inherits", readFileSync(join(folder, "seen-by-shell"), "utf8"));
  if (existsSync(env.HISTFILE)) assertClean("the history", readFileSync(env.HISTFILE, "utf8"));
});

test.run();
