import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { project } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";

const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const secrets = suite("secrets");
secrets.after.each(closeTerminals);

/** With characters that each encoding writes in its own way. */
const planted = { env: "s3cr/et+one env&value", file: "s3cr/et+two file&value", command: "s3cr/et+three cmd&value" };

const runbook = `import { check, checklist, code, notNeeded, output, param, runbook, section, sh, step } from "lockstep";
const undo = notNeeded("nothing is changed");
export default runbook({ id: "planted", title: "Planted", params: {
  one: param.secret({ from: { env: "PLANTED_SECRET" } }),
  two: param.secret({ from: { file: "planted.txt" } }),
  three: param.secret({ from: { command: "cat planted-too.txt" } }),
} }, (p) => [
  step("without", "Without it", sh\`env > environment\`, { undo }),
  section("with", "With it", { env: { A: p.one, B: p.two, C: p.three } }, [
    step("print", "Print", sh\`
      echo "$A"; echo "$B" >&2; printf %s "$C" | base64 -w 0; echo; printf %s "$A" | head -c 9; sleep 0.1; printf %s "$A" | tail -c +10; echo
      node -p 'encodeURIComponent(process.env.B) + JSON.stringify(process.env)'
      for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < "$f" || true; echo; done > cmdlines 2> /dev/null
    \`, { undo, outputs: { words: output.text() } }),
    step("coded", "In code", code.read(async ({ env, log }) => { log(String(env.A)); return String(env.B); }), { outputs: { said: output.text() } }),
    checklist("list", "Look", [check("It holds", sh.read\`echo "$C"; echo "$A" >&2\`)]),
    step("given", "Is given it", sh\`cat >&2; test -e mended\`, { undo, stdin: p.three }),
    step("throws", "Throws", code.read(async ({ env }) => { throw new Error(String(env.C)); })),
  ]),
]);
`;

const config = `import { defineConfig } from "lockstep";
import { appendFileSync } from "node:fs";
export default defineConfig({ hooks: [{ name: "hear", run: (event) => appendFileSync("heard", JSON.stringify(event) + JSON.stringify(process.env)) }] });
`;

/** Texts by which one could read a secret again. */
function formsOf(secret: string): readonly string[] {
  return [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
    JSON.stringify(secret).slice(1, -1),
  ];
}

function assertClean(what: string, text: string): void {
  for (const [name, secret] of Object.entries(planted))
    for (const form of formsOf(secret))
      assert.not(text.includes(form), `the secret of ${name} stands as ${form} in ${what}`);
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [path];
  });
}

function lockstep(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [binary, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

secrets(
  "stand in nothing that is written or shown, whatever steps do with them, nor in the arguments of a process",
  async () => {
    const folder = await project({
      "runbooks/planted.runbook.ts": runbook,
      "lockstep.config.ts": config,
      "planted.txt": `${planted.file}\n`,
      "planted-too.txt": `${planted.command}\n`,
    });
    const tell = (exitCode: number, ...args: readonly string[]): string => {
      const { stdout, stderr, status } = lockstep(folder, args, { PLANTED_SECRET: planted.env });
      assert.is(status, exitCode, `${args.join(" ")}\n${stdout}\n${stderr}`);
      assertClean(`what ${args.join(" ")} prints`, stdout + stderr);
      return stdout + stderr;
    };
    tell(0, "docs");
    tell(0, "plan", "planted", "--json");
    tell(0, "run", "planted", "--dry-run=read");
    const events = tell(1, "run", "planted", "--auto", "--json");
    assert.match(events, "***");
    writeFileSync(join(folder, "mended"), "");
    tell(1, "resume", "--verbose");
    tell(0, "log", "--json");
    tell(0, "log");
    tell(0, "report");
    tell(0, "verify");
    tell(0, "runs", "--json");
    assert.match(readFileSync(join(folder, "cmdlines"), "utf8"), /lockstep-attempt/);
    for (const file of filesOf(folder))
      if (!/planted(-too)?\.txt$/.test(file)) assertClean(file, readFileSync(file, "utf8"));
  },
);

secrets(
  "that a run lacks are asked for when it is taken up in a terminal, unseen; who leaves changes nothing",
  async () => {
    const folder = await project({
      "runbooks/a.runbook.ts": `import { notNeeded, param, runbook, sh, step } from "lockstep";
export default runbook({ id: "a", title: "A", params: { token: param.secret({ from: { env: "A_TOKEN", prompt: true } }) } }, (p) => [
  step("use", "Use it", sh\`test -e mended; printf %s "$T" | wc -c > length\`, { env: { T: p.token }, undo: sh\`printf %s "$T" | wc -c > undone\` }),
]);
`,
    });
    assert.is(lockstep(folder, ["run", "a", "--auto"], { A_TOKEN: "hunter2-hunter2" }).status, 1);
    writeFileSync(join(folder, "mended"), "");
    assert.match(lockstep(folder, ["resume"]).stderr, /needs the secret token/);
    const left = lockstepTerminal(folder, ["resume"]);
    await left.answer(/Esc leaves/, "\x1b");
    assert.is(await left.ended(), 130);
    const window = lockstepTerminal(folder, ["resume"]);
    await window.secret(/Esc leaves/, "hunter2-hunter2");
    await window.waitFor(/token=\(secret\)/);
    await window.answer(/r start/, "r");
    const code = await window.ended();
    assert.is(code, 0, window.text());
    assert.not.match(window.text(), /hunter2/);
    assert.is(readFileSync(join(folder, "length"), "utf8").trim(), "15");
  },
);

for (const [what, from] of [
  ["file is not there", '{ file: "no-token.txt", prompt: true }'],
  ["command fails", '{ command: "echo the vault is sealed >&2; exit 3", prompt: true }'],
] as const)
  secrets(`whose ${what} are asked for where somebody can be asked, and named where nobody can`, async () => {
    const folder = await project({
      "runbooks/a.runbook.ts": `import { notNeeded, param, runbook, sh, step } from "lockstep";
export default runbook({ id: "a", title: "A", params: { token: param.secret({ from: ${from} }) } }, (p) => [
  step("use", "Use it", sh\`printf %s "$T" | wc -c > length\`, { env: { T: p.token }, undo: notNeeded("a test") }),
]);
`,
    });
    const unattended = lockstep(folder, ["run", "a", "--auto"]);
    assert.is(unattended.status, 2);
    assert.match(
      unattended.stderr,
      /the file of the secret token is not there|the command of the secret token ended with 3/,
    );
    const window = lockstepTerminal(folder, ["run", "a"]);
    await window.secret(/Esc leaves/, "hunter2-hunter2");
    await window.waitFor(/token=\(secret\)/);
    await window.answer(/r start/, "r");
    assert.is(await window.ended(), 0, window.text());
    if (from.includes("vault")) assert.match(window.text(), /the vault is sealed/);
    assert.is(readFileSync(join(folder, "length"), "utf8").trim(), "15");
  });

secrets.run();
