import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, readingRunbook, runbookText } from "../support/lockstep-command.ts";

const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const completion = suite("completion");

const files = {
  "runbooks/hello.runbook.ts": readingRunbook("hello"),
  "runbooks/deploy.runbook.ts": runbookText(
    "deploy",
    'step("look", "Look", sh.read`echo ${p.appVersion}`)',
    `params: { appVersion: param.string({ example: "v1" }), strategy: param.oneOf(["rolling", "at-once"], {}), token: param.secret({}) }`,
  ),
};

completion("offers commands, options, ids, parameters and their values", async () => {
  const folder = await project(files);
  const complete = (...words: string[]) => lockstep("__complete", "--", ...words).in(folder);
  await complete("re").prints("resume\tgo on with a run that stopped\nreport\ta run's page, filled in\n");
  await complete("run", "").prints("deploy\tThe deploy runbook\nhello\tThe hello runbook\n");
  await complete("run", "he").prints("hello\tThe hello runbook\n");
  await complete("run", "deploy", "-p", "").prints("app-version=\nstrategy=\n");
  await complete("run", "deploy", "-p", "strategy=").prints("strategy=rolling\nstrategy=at-once\n");
  await complete("run", "deploy", "--str").prints("--strategy\n");
  await complete("plan", "--js").prints("--json\tthe whole plan, as JSON\n");
  await complete("completion", "").prints("bash\nzsh\nfish\n");
  await complete("run", "hello", "");
});

completion("never shows an error", async () => {
  const folder = await project({ "runbooks/bad.runbook.ts": "export default ;\n" });
  await lockstep("__complete", "--", "run", "").in(folder);
  await lockstep("__complete", "--", "log", "zzzz", "").in(folder);
  await lockstep("__complete").in(folder).prints(/list/);
});

completion("works in bash, also behind the =", async () => {
  const folder = await project(files);
  writeFileSync(join(folder, "lockstep"), `#!/bin/sh\nexec "${process.execPath}" "${binary}" "$@"\n`);
  chmodSync(join(folder, "lockstep"), 0o755);
  const script = `
    eval "$(lockstep completion bash)"
    try() { COMP_LINE="$1"; COMP_POINT=\${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); compopt() { :; }; _lockstep; echo "\${COMPREPLY[*]}"; }
    try "lockstep run he" lockstep run he
    try "lockstep run deploy -p strategy=r" lockstep run deploy -p strategy = r
  `;
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  assert.is(execFileSync("bash", ["-c", script], { cwd: folder, env, encoding: "utf8" }), "hello\nrolling\n");
});

completion("gives each shell a script that it can read", async () => {
  for (const shell of ["bash", "zsh"]) {
    const { stdout } = await lockstep("completion", shell).prints(/_lockstep/);
    execFileSync(shell, ["-n"], { input: stdout });
  }
  await lockstep("completion", "fish").prints(/complete -c lockstep/);
  await lockstep("completion", "zsch")
    .says('error: there is no completion for "zsch". There is one for bash, zsh, fish\n')
    .exits(2);
});

completion.run();
