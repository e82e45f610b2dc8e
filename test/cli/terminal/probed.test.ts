import { existsSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../support/attempt-fixture.ts";
import { killAttempts } from "../../support/kill-attempts.ts";
import { project } from "../../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";

const test = suite("a probe in a terminal");
test.after.each(closeTerminals);

/** Killed in the middle of a write, and resumed: its probe looks first. */
async function resumed(probe: string) {
  const folder = await project({
    "runbooks/write.runbook.ts": `import { notNeeded, runbook, sh, step } from "lockstep";
export default runbook({ id: "write", title: "Write" }, () => [
  step("one", "Do one", sh\`: > begun; sleep 60\`, { undo: notNeeded("a test"), probe: ${probe} }),
]);
`,
  });
  const window = lockstepTerminal(folder, ["run", "write"]);
  await window.answer(/^r start · q quit$/m, "r");
  await until(() => existsSync(join(folder, "begun")));
  window.signal("SIGKILL");
  await window.ended();
  killAttempts(folder);
  return lockstepTerminal(folder, ["resume"]);
}

test("shows what it printed where it cannot tell and a person is asked", async () => {
  const window = await resumed("sh.read`echo one of two; echo no route >&2; (exit 2)`");
  await window.answer(/^r start · q quit$/m, "r");
  await window.waitFor(/^1 may have happened/m);
  assert.match(
    window.screen(),
    /^ {5}probe {3}tells whether it is there \(a read\)\necho one of two; echo no route >&2; \(exit 2\)\n│ one of two\n│ no route\n\n1 may have happened/m,
  );
  await window.word(/I have not looked/, "there");
  await window.word(/^How did you see it/m, "two of two");
  assert.is(await window.ended(), 0);
});

test("shows what it printed above what it decided", async () => {
  const window = await resumed("sh.read`echo it is there`");
  await window.answer(/^r start · q quit$/m, "r");
  assert.is(await window.ended(), 0);
  assert.match(
    window.text(),
    /^echo it is there\n│ it is there\n✓ 1 ok {2}\d\d:\d\d:\d\d {2}by its probe: it is there/m,
  );
});

test.run();
