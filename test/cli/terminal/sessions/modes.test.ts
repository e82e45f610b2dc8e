import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../../support/attempt-fixture.ts";
import { project } from "../../../support/lockstep-command.ts";
import { closeTerminals, type LockstepTerminal, lockstepTerminal } from "../../../support/lockstep-terminal.ts";

const test = suite("the terminal afterwards");
test.after.each(closeTerminals);

const binary = join(process.cwd(), "dist/cli/main.js");
const runbook = `import { notNeeded, runbook, sh, step } from "lockstep";
export default runbook({ id: "one", title: "One step" }, () => [step("look", "Look", sh.read\`echo seen\`)]);
`;

for (const [how, end, exitCode] of [
  ["the end", (window: LockstepTerminal) => window.type("r"), 0],
  ["q", (window: LockstepTerminal) => window.type("q"), 3],
  ["Ctrl-C", (window: LockstepTerminal) => window.press("ctrl-c"), 130],
  ["kill -9", (_window: LockstepTerminal, pid: number) => process.kill(pid, "SIGKILL"), 137],
] as const)
  test(`after ${how} it is as it was, with a cursor, and takes what is typed`, async () => {
    const folder = await project({
      "runbooks/one.runbook.ts": runbook,
      // the shell that a person has around it says how the terminal is, before and after
      "play.sh": `echo $$ > pid; exec '${process.execPath}' '${binary}' run one --step\n`,
    });
    const read = (name: string): string => readFileSync(join(folder, name), "utf8").trim();
    const window = lockstepTerminal(folder, [], { shell: true, env: { HOME: folder } });
    await window.waitFor(/[$#]$/m);
    await window.type("stty -g > before; bash play.sh; echo $? > code; stty -g > after\r");
    await window.answer(/^r run · s skip/m, "");
    await end(window, Number(read("pid")));
    await until(() => exists(join(folder, "after")));
    await window.waitFor(/[$#]$/);
    assert.is(read("after"), read("before"));
    assert.is(Number(read("code")), exitCode);
    assert.ok(window.cursor().visible);
    await window.type("echo it is $((40 + 2))\r");
    await window.waitForRecord(/[$#] echo it is \$\(\(40 \+ 2\)\)\nit is 42\n/);
    // no frame is left open, which would hold back what is written after it
    assert.is(lastMode(window.written(), "2026"), "l");
    await window.type("exit\r");
    await window.ended();
  });

function exists(file: string): boolean {
  try {
    return readFileSync(file, "utf8").endsWith("\n");
  } catch {
    return false;
  }
}

/** Whether a mode of the terminal was set or taken back last. */
function lastMode(written: string, mode: string): string | undefined {
  return [...written.matchAll(new RegExp(`\\x1b\\[\\?${mode}([hl])`, "g"))].at(-1)?.[1];
}

test.run();
