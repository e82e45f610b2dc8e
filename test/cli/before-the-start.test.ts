import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";

const test = suite("before the start");
test.after.each(closeTerminals);

const kubectl = `#!/usr/bin/env bash
here=\${BASH_SOURCE[0]%/*}
[ "$1" = config ] || exit 0
[ "$2" = view ] && cat "$here/view.json"
`;
const view = JSON.stringify({ "current-context": "other", contexts: [{ name: "other", context: {} }], clusters: [] });

/** A runbook whose secret is fetched by a command that leaves a trace, in an environment that forbids something. */
const forbidding = (
  policy: string,
  params = "",
): string => `import { environment, irreversible, notNeeded, param, runbook, sh, step, when } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
export default runbook({
  id: "deploy",
  title: "Deploy",
  params: { token: param.secret({ from: { command: "touch fetched; echo secret-token" } }), asked: param.secret({ from: { env: "ASKED_TOKEN", prompt: true } }), ${params} },
  environments: [environment("production", "Production", { values: {}, policy: ${policy} })],
}, (p) => [
  step("use", "Use it", sh\`test -e mended\`, { env: { T: p.token, A: p.asked }, undo: notNeeded("a test") }),
  ${params === "" ? "" : "when(p.drop, ["}step("drop", "Drop it", kubectl.delete("job/old"), { undo: irreversible("it is gone") })${params === "" ? "" : "])"},
]);
`;

async function deployment(policy: string, params?: string) {
  const root = await project({
    "runbooks/deploy.runbook.ts": forbidding(policy, params),
    "bin/kubectl": kubectl,
    "bin/view.json": view,
  });
  const env = { PATH: `${join(root, "bin")}:${process.env["PATH"] ?? ""}` };
  return {
    root,
    env,
    isFetched: () => existsSync(join(root, "fetched")),
    forbid: (other: string) => writeFileSync(join(root, "runbooks/deploy.runbook.ts"), forbidding(other, params)),
    run: (...args: readonly string[]) =>
      lockstep(...args)
        .in(root)
        .env(env),
    window: (...args: readonly string[]) => lockstepTerminal(root, args, { env }),
  };
}

/** A minute of the day that is long over, or far away: the window is closed whenever the test runs. */
function closedWindow(): string {
  const hour = (new Date().getUTCHours() + 12) % 24;
  const two = (number: number) => String(number).padStart(2, "0");
  return `{ destructive: { from: "${two(hour)}:00", to: "${two(hour)}:01", timeZone: "UTC" } }`;
}

const pinned = `{ cluster: { context: "prod-eu" } }`;
const attended = `{ unattended: false }`;

test("what a policy forbids is refused before a secret is fetched", async () => {
  for (const [policy, words] of [
    [attended, /^error: the policy of production forbids unattended runs/],
    [closedWindow(), /^error: 2 drop is destructive, and the policy of production lets destructive steps start only/],
    [pinned, /^error: 2 would act elsewhere: the current context is other/],
  ] as const) {
    const { run, isFetched } = await deployment(policy);
    await run("run", "deploy", "--env", "production").env({ ASKED_TOKEN: "something" }).exits(2).says(words);
    assert.not(isFetched(), policy);
  }
  const { run, isFetched } = await deployment(pinned);
  await run("run", "deploy", "--auto")
    .exits(2)
    .says(/^error: deploy must know its environment/);
  await run("run", "deploy", "--env", "production", "--dry-run=read")
    .exits(2)
    .says(/would act elsewhere/);
  assert.not(isFetched());
});

test("it is refused before whoever attends is asked for anything", async () => {
  for (const [policy, words] of [
    [closedWindow(), /error: 2 drop is destructive/],
    [pinned, /error: 2 would act elsewhere/],
  ] as const) {
    const { window, isFetched } = await deployment(policy);
    const terminal = window("run", "deploy", "--env", "production");
    assert.is(await terminal.ended(), 2, terminal.text());
    assert.match(terminal.text(), words);
    assert.not.match(terminal.text(), /needs|Esc leaves|r start/);
    assert.not(isFetched());
  }
});

test("what hangs on a value that is asked for is refused when that is known, and before the secrets", async () => {
  const { window, isFetched, root } = await deployment(closedWindow(), "drop: param.boolean()");
  const refused = window("run", "deploy", "--env", "production");
  await refused.word(/drop, yes or no\. Esc leaves/, "yes");
  assert.is(await refused.ended(), 2, refused.text());
  assert.match(refused.text(), /error: 2 drop is destructive/);
  assert.not.match(refused.text(), /asked/);
  assert.not(isFetched());
  const allowed = window("run", "deploy", "--env", "production");
  await allowed.word(/drop, yes or no\. Esc leaves/, "no");
  await allowed.secret(/asked, not shown\. Esc leaves/, "something");
  await allowed.answer(/r start · q quit/, "q");
  assert.is(await allowed.ended(), 3, allowed.text());
  assert.ok(isFetched());
  assert.not(existsSync(join(root, ".lockstep/runs")));
});

test("a resume and a rollback are refused before a secret is fetched as well", async () => {
  const { root, run, isFetched, forbid } = await deployment(`{ cluster: { context: "other" } }`);
  await run("run", "deploy", "--env", "production")
    .env({ ASKED_TOKEN: "something" })
    .exits(1)
    .prints(/^Failed/)
    .says(/failed/);
  const { rmSync } = await import("node:fs");
  rmSync(join(root, "fetched"));
  forbid(pinned);
  await run("resume")
    .exits(2)
    .says(/^error: 2 would act elsewhere/);
  assert.not(isFetched());
  forbid(attended);
  await run("resume")
    .exits(2)
    .says(/^error: the policy of production forbids unattended runs/);
  assert.not(isFetched());
});

const quorum = runbookText(
  "careful",
  `step("use", "Use it", sh\`true\`, { env: { T: p.token }, undo: notNeeded("a test") }), approval("go", "Go on", { by: ["bo"], quorum: 2 })`,
  `params: { token: param.secret({ from: { command: "touch fetched; echo secret-token" } }) }`,
);
const unsigned = `2 go takes 2 people, and without signatures nobody can tell who answers. Name the allowed signers in lockstep.config.ts: approvals: { allowedSigners: "ops/allowed_signers" }`;

test("a run that wants several people is refused without allowed signers; its dry run says so, and its page is there", async () => {
  const root = await project({ "runbooks/careful.runbook.ts": quorum });
  await lockstep("run", "careful", "--auto").in(root).exits(2).says(`error: ${unsigned}\n`);
  assert.not(existsSync(join(root, "fetched")));
  assert.not(existsSync(join(root, ".lockstep/runs")));
  const terminal = lockstepTerminal(root, ["run", "careful"]);
  assert.is(await terminal.ended(), 2, terminal.text());
  assert.match(terminal.text(), "2 go takes 2 people");
  assert.not.match(terminal.text(), /r start/);
  const { stdout } = await lockstep("run", "careful", "--dry-run")
    .in(root)
    .prints(/ {2}2 {5}Go on/);
  assert.match(stdout, `  refused  ${unsigned}\n`);
  await lockstep("docs").in(root).says(/./);
  assert.match(readFileSync(join(root, "docs/runbooks/careful.md"), "utf8"), /2 Approval by 2 of bo:\*\* go on/);
  writeFileSync(join(root, "lockstep.config.ts"), `export default { approvals: { allowedSigners: "signers" } };\n`);
  await lockstep("run", "careful", "--auto")
    .in(root)
    .exits(2)
    .says(/^error: the allowed signers cannot be read: /);
  writeFileSync(join(root, "signers"), "");
  const allowed = await lockstep("run", "careful", "--dry-run").in(root).prints(/Go on/);
  assert.not.match(allowed.stdout, "refused");
  await lockstep("run", "careful", "--auto")
    .in(root)
    .exits(75)
    .prints(/^Suspended/)
    .says(/asks/);
  writeFileSync(join(root, "lockstep.config.ts"), `export default {};\n`);
  await lockstep("resume").in(root).exits(2).says(`error: ${unsigned}\n`);
});

test.run();
