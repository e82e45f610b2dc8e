import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const test = suite("flags of parameters");

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

test.run();
