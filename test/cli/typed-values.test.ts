import { existsSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";

const test = suite("values on the command line");
test.after.each(closeTerminals);

test("no parameter takes the place of an option or of another's negation", async () => {
  const params =
    "params: { noRestart: param.boolean({ default: false }), color: param.string({ default: 'red' }), noAuto: param.string({ default: 'a' }) }";
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText(
      "a",
      "step('look', 'Look', sh.read`echo ${p.noRestart} ${p.color} ${p.noAuto}`)",
      params,
    ),
  });
  const { stdout } = await lockstep("run", "a", "--help").in(folder).prints(/./);
  assert.not.match(stdout, /--no-restart|--no-auto|--color/);
  await lockstep("run", "a", "--dry-run", "--no-restart")
    .in(folder)
    .says(/no option --no-restart/)
    .exits(2);
  await lockstep("run", "a", "--dry-run", "--no-color", "-p", "no-restart=yes", "-p", "color=blue", "-p", "no-auto=b")
    .in(folder)
    .prints(/echo true blue b/);
});

test("a value that was typed as a word of its own is told how it is written", async () => {
  const folder = await project({ "runbooks/a.runbook.ts": runbookText("a", "step('look', 'Look', sh.read`ls`)") });
  const { stdout } = await lockstep("run", "--help").in(folder).prints(/./);
  assert.match(stdout, /--dry-run\[=read\] /);
  await lockstep("run", "a", "--dry-run", "read")
    .in(folder)
    .says("error: run takes only ID, and was given a read. Write --dry-run=read\n")
    .exits(2);
  await lockstep("run", "a", "target=db-b")
    .in(folder)
    .says("error: run takes only ID, and was given a target=db-b. Write -p target=db-b\n")
    .exits(2);
});

test("a secret that is too short to be masked begins no run; in a terminal it is asked for again", async () => {
  const step = "step('look', 'Look', sh.read`echo $TOKEN`, { env: { TOKEN: p.token } })";
  const params = (from: string): string => `params: { token: param.secret({ from: ${from} }) }`;
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText("a", step, params("{ env: 'A_TOKEN' }")),
    "runbooks/b.runbook.ts": runbookText("b", step, params("{ prompt: true }")),
  });
  await lockstep("run", "a")
    .in(folder)
    .env({ A_TOKEN: "abc" })
    .says(/^error: a secret of less than 4 characters/)
    .exits(2);
  assert.not(existsSync(join(folder, ".lockstep/runs")));
  const window = lockstepTerminal(folder, ["run", "b", "--step"]);
  await window.secret(/token/, "abc");
  await window.waitFor(/less than 4 characters/);
  await window.answer(/^> *$/m, "long enough");
  await window.press("enter");
  await window.answer(/^r run/m, "q");
  assert.is(await window.ended(), 3);
});

test.run();
