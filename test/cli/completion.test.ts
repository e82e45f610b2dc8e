import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commandTable } from "../../cli/command-table.ts";
import { lockstep, project, readingRunbook, runbookText } from "../support/lockstep-command.ts";
import { terminal } from "../support/terminal.ts";

const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const completion = suite("completion");

const files = {
  "runbooks/hello.runbook.ts": readingRunbook("hello"),
  "runbooks/deploy.runbook.ts": `import { environment } from "lockstep";\n${runbookText(
    "deploy",
    'step("look", "Look", sh.read`echo ${p.appVersion}`)',
    `params: { appVersion: param.string({ example: "v1" }), strategy: param.oneOf(["rolling", "at-once"], {}), dry: param.boolean({ default: false }), token: param.secret({}) }, environments: [environment("staging", "The staging cluster", { values: {} })]`,
  )}`,
};

completion("offers commands, options, ids, parameters and their values", async () => {
  const folder = await project(files);
  const complete = (...words: string[]) => lockstep("__complete", "--", ...words).in(folder);
  await complete("re").prints("resume\tgo on with a run that stopped\nreport\ta run's page, filled in\n");
  await complete("run", "").prints("deploy\tThe deploy runbook\nhello\tThe hello runbook\n");
  await complete("run", "he").prints("hello\tThe hello runbook\n");
  await complete("run", "deploy", "-p", "").prints("app-version=\nstrategy=\ndry=\n");
  await complete("run", "deploy", "-p", "strategy=").prints("strategy=rolling\nstrategy=at-once\n");
  await complete("run", "deploy", "--str").prints("--strategy\t(needed)\n");
  await complete("plan", "--js").prints("--json\tthe whole plan, as JSON\n");
  await complete("completion", "").prints("bash\nzsh\nfish\n");
  await complete("run", "hello", "");
});

completion("goes on behind an option of the program itself", async () => {
  const folder = await project(files);
  const complete = (...words: string[]) => lockstep("__complete", "--", ...words).in(folder);
  await complete("--no-color", "ru").prints(/^run\t.*\nruns\t.*\n$/);
  await complete("--no-color", "run", "he").prints("hello\tThe hello runbook\n");
  await complete("--no").prints("--no-color\n");
});

completion("knows what every argument of every command takes", async () => {
  for (const { name, takes, load } of commandTable) {
    const command = new Command(name);
    await (await load()).default.define(command, []);
    assert.is(takes.length, command.registeredArguments.length, name);
    for (const [at, { argChoices }] of command.registeredArguments.entries())
      assert.is(takes[at] === "choice", argChoices !== undefined, name);
  }
});

completion("never shows an error", async () => {
  const folder = await project({ "runbooks/bad.runbook.ts": "export default ;\n" });
  await lockstep("__complete", "--", "run", "").in(folder);
  await lockstep("__complete", "--", "log", "zzzz", "").in(folder);
  await lockstep("__complete").in(folder).prints(/list/);
});

completion("offers the values of options and of parameters, wherever they stand", async () => {
  const folder = await project(files);
  const complete = (...words: string[]) => lockstep("__complete", "--", ...words).in(folder);
  await complete("run", "deploy", "--strategy", "").prints("rolling\nat-once\n");
  await complete("run", "deploy", "--strategy=r").prints("--strategy=rolling\n");
  await complete("run", "deploy", "-p", "dry=").prints("dry=yes\ndry=no\n");
  await complete("run", "deploy", "--env", "").prints("staging\tThe staging cluster\n");
  await complete("run", "--env=staging", "deploy", "--env=").prints("--env=staging\tThe staging cluster\n");
  await complete("run", "--env", "staging", "d").prints("deploy\tThe deploy runbook\n");
  await complete("run", "deploy", "--params", "");
  await complete("run", "deploy", "--dry-run=").prints("--dry-run=read\n");
  await complete("graph", "hello", "--format", "s").prints("svg\n");
  await complete("approve", "x", "1", "--found", "t").prints("there\n");
  await complete("show", "hello", "");
});

completion("offers the runs that fit, and the steps that ask", async () => {
  const folder = await project({
    ...files,
    "runbooks/asks.runbook.ts": runbookText("asks", 'checklist("gates", "Gates", ["Reviewed"])'),
  });
  const complete = (...words: string[]) => lockstep("__complete", "--", ...words).in(folder);
  await lockstep("run", "asks")
    .in(folder)
    .says(/asks/)
    .prints(/Suspended/)
    .exits(75);
  const { stdout } = await complete("resume", "").prints(/^\w{4}\tasks, suspended, resumable\n$/);
  const run = stdout.slice(0, 4);
  await lockstep("run", "hello").in(folder).says(/ok/).prints(/^Done/);
  await complete("resume", "").prints(stdout);
  await complete("approve", "").prints(stdout);
  for (const command of ["log", "report", "rollback", "verify"])
    await complete(command, "").prints(/^(\w{4}\t.*\n){2}$/);
  await complete("approve", run, "").prints("gates\tGates\n");
  await complete("approve", "--skip", "a reason", run, "").prints("gates\tGates\n");
});

/** A project in which lockstep is a command, and npx finds it. */
async function installed(more: Readonly<Record<string, string>> = {}) {
  const folder = await project({ ...files, ...more });
  for (const path of ["bin", "node_modules/.bin"]) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, "lockstep"), `#!/bin/sh\nexec "${process.execPath}" "${binary}" "$@"\n`);
    chmodSync(join(folder, path, "lockstep"), 0o755);
  }
  return { folder, path: `${join(folder, "bin")}:${process.env.PATH}` };
}

/** An interactive shell there. */
async function shellIn(words: readonly string[], setUp: string, more: Readonly<Record<string, string>> = {}) {
  const { folder, path } = await installed({ ...more, "rc/.zshrc": "autoload -U compinit\ncompinit -D\n" });
  const env = { PATH: path, PS1: "> ", ZDOTDIR: join(folder, "rc") };
  const window = terminal({ folder, columns: 100, rows: 24, env }).run(words);
  await window.waitFor(/[>#$%] ?$/);
  await window.type(`PS1='> '; ${setUp}; echo set up\r`);
  await window.waitFor(/^set up\n> ?$/m);
  return window;
}

const shells = {
  bash: { words: ["bash", "--norc", "-i"], setUp: 'eval "$(lockstep completion bash)"' },
  zsh: { words: ["zsh", "-i"], setUp: 'eval "$(lockstep completion zsh)"' },
};

for (const [name, { words, setUp }] of Object.entries(shells))
  completion(`completes in ${name} what is typed, also behind the =, and as npx lockstep`, async () => {
    const window = await shellIn(words, setUp);
    try {
      for (const [typed, line] of [
        ["lockstep run he\t", "lockstep run hello"],
        ["lockstep run deploy -p stra\tr\t", "lockstep run deploy -p strategy=rolling"],
        ["lockstep run deploy --strategy=a\t", "lockstep run deploy --strategy=at-once"],
        ["lockstep run deploy --env s\t", "lockstep run deploy --env staging"],
        ["npx lockstep sho\thel\t", "npx lockstep show hello"],
      ] as const) {
        for (const part of typed.split(/(?<=\t)/)) {
          await window.type(part);
          // the shell asks lockstep now; what is typed ahead would be part of the question
          await window.waitFor(part === typed.split(/(?<=\t)/).at(-1) ? endsIn(line) : /[= ]$|show ?$/);
        }
        await window.press("ctrl-u");
        await window.waitFor(/^> ?$(?![\s\S])/m);
      }
    } finally {
      window.close();
    }
  });

for (const [name, { words, setUp }] of Object.entries(shells))
  completion(`writes in ${name} a value as one word, which runs nothing`, async () => {
    const window = await shellIn(words, setUp, {
      "runbooks/ship.runbook.ts": runbookText(
        "ship",
        'step("look", "Look", sh.read`echo ${p.region}`)',
        'params: { region: param.oneOf(["us;touch pwn", "eu"], {}) }',
      ),
    });
    try {
      await window.type("lockstep run ship --region=u\t");
      await window.waitFor(endsIn("lockstep run ship --region=us\\;touch\\ pwn"));
    } finally {
      window.close();
    }
  });

/** The last line of the window. */
function endsIn(line: string): RegExp {
  return new RegExp(`^> ${line.replaceAll(/[-/\\^$*+?.()|[\]{}]/g, "\\$&")} ?$(?![\\s\\S])`, "m");
}

const noFish = spawnSync("fish", ["--version"]).error !== undefined;
if (noFish)
  console.error("fish is not there: its completion is NOT tested. tools/setup-system-packages.sh installs it");
const inFish = noFish ? completion.skip : completion;

inFish("gives fish a script that it can read", async () => {
  const { stdout } = await lockstep("completion", "fish").prints(/complete -c lockstep/);
  const folder = await project({ "completion.fish": stdout });
  execFileSync("fish", ["--no-execute", "completion.fish"], { cwd: folder });
});

inFish("completes in fish what is typed, also behind the =, and as npx lockstep", async () => {
  const { folder, path } = await installed({ "deploy.yaml": "" });
  const asked = 'lockstep completion fish | source; for line in $argv; complete -C "$line"; echo ---; end';
  const lines = [
    ["lockstep run ", "deploy\tThe deploy runbook\nhello\tThe hello runbook\n"],
    ["lockstep run he", "hello\tThe hello runbook\n"],
    ["lockstep run deploy -p stra", "strategy=\n"],
    ["lockstep run deploy -p strategy=r", "strategy=rolling\n"],
    ["lockstep run deploy --strategy=a", "--strategy=at-once\n"],
    ["lockstep run deploy --env s", "staging\tThe staging cluster\n"],
    ["lockstep run deploy --params dep", "deploy.yaml\n"],
    ["npx lockstep show hel", "hello\tThe hello runbook\n"],
  ] as const;
  const printed = execFileSync("fish", ["--no-config", "-c", asked, ...lines.map(([typed]) => typed)], {
    cwd: folder,
    env: { ...process.env, PATH: path, HOME: folder },
    encoding: "utf8",
  });
  assert.equal(
    printed.split("---\n").slice(0, -1),
    lines.map(([, offered]) => offered),
  );
});

completion("gives bash and zsh a script that they can read, and no other shell any", async () => {
  for (const shell of ["bash", "zsh"]) {
    const { stdout } = await lockstep("completion", shell).prints(/_lockstep/);
    execFileSync(shell, ["-n"], { input: stdout });
  }
  await lockstep("completion", "zsch")
    .says('error: completion takes bash, zsh or fish, not "zsch". Did you mean zsh?\n')
    .exits(2);
  await lockstep("completion", "toString")
    .says('error: completion takes bash, zsh or fish, not "toString". lockstep completion --help shows how\n')
    .exits(2);
});

completion.run();
