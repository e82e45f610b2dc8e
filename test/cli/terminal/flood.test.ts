import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../../support/journal-of.ts";
import { project } from "../../support/lockstep-command.ts";
import {
  assertRecord,
  closeTerminals,
  type LockstepTerminal,
  lockstepTerminal,
} from "../../support/lockstep-terminal.ts";

const test = suite("output that floods a terminal");
test.after.each(closeTerminals);

/** Far more than 10,000 lines a second, until somebody says stop. */
const flood = "sh.read`echo begins; until [ -e go ]; do seq -f 'line %.0f of the flood' 5000; done; echo the end`";

async function open(blocks: string, args: readonly string[] = []) {
  const folder = await project({
    "runbooks/flood.runbook.ts": `import { background, manual, runbook, section, sh, step } from "lockstep";
export default runbook({ id: "flood", title: "Flood" }, () => [section("all", "All", [${blocks}])]);
`,
  });
  const window = lockstepTerminal(folder, ["run", "flood", "--step", ...args], { env: { PAGER: "cat" } });
  return { folder, window };
}

/** Frames since \`frames\` were there: 4 a second, and one for each key and each answer to it. */
function assertFewFrames(window: LockstepTerminal, before: { frames: number; at: number }, keys: number): void {
  const frames = window.frames.length - before.frames;
  const most = ((performance.now() - before.at) / 1_000) * 4 + 2 * keys + 2;
  assert.ok(frames <= most, `${frames} frames where ${most} are allowed`);
}

const now = (window: LockstepTerminal) => ({ frames: window.frames.length, at: performance.now() });

test("of a step that runs: the last lines stand in view, keys are answered, and the record has its bounds", async () => {
  const { window, folder } = await open(`step("flood", "Flood", ${flood})`);
  await window.answer(/^r run/m, "r");
  await window.waitFor(/^(│ line \d+ of the flood\n){8}1\.1 running \d+s · o output · n note · Ctrl-C stops it$/m);
  const before = now(window);
  await window.type("n");
  await window.word(/^A note, for the record\. Esc: none\.$/m, "it floods");
  await window.waitForRecord(/^ {5}note {4}it floods/m);
  await window.type("x");
  await window.waitFor(/^1\.1 running [3-9]s/m);
  assertFewFrames(window, before, 12);
  writeFileSync(join(folder, "go"), "");
  assert.is(await window.ended(), 0);
  assertRecord(
    window,
    /^│ begins\n│ line 1 of the flood\n… \d+ of \d{5,} lines left out: \S+log\n(│ line \d+ of the flood\n){5}│ the end\n✓ 1\.1 ok /m,
  );
  assert.ok(window.written().length < 200_000, `${window.written().length} bytes were written`);
});

test("of a background step: a question above it stays, its keys are answered, and nothing of it is drawn", async () => {
  const { window, folder } = await open(
    `background("flood", "Flood", ${flood}, { ready: "begins" }), manual("call", "Call", {}), step("after", "After", sh.read\`echo after\`)`,
  );
  await window.answer(/^r run/m, "r");
  await window.waitFor(/^d done · x cannot be done/m);
  const before = now(window);
  const written = window.written().length;
  await window.answer(/^d done/m, "?");
  await window.answer(/Enter answers nothing here/, "\x1b");
  await window.answer(/^d done/m, "x");
  await window.word(/^Why not\?/m, "no");
  await window.waitForRecord(/^Stopped at 1\.2: refused/m);
  assertFewFrames(window, before, 8);
  assert.ok(window.written().length - written < 50_000, "what floods is not drawn");
  assert.is(await window.ended(), 3);
  assert.not.ok(existsSync(join(folder, "go")));
  assert.is(journalOf(folder).at(-1)?.type, "stopped");
});

test("in plain mode: it is spoken of when it ends, and words are heard meanwhile", async () => {
  const { window, folder } = await open(`step("flood", "Flood", ${flood})`, ["--plain"]);
  await window.word(/^Type run, skip/m, "run");
  await window.waitForRecord(/Step 1\.1: Flood\.|then Enter: run$/m);
  await window.word(/run$/m, "note");
  await window.word(/A note, for the record/, "it floods");
  await window.waitForRecord(/it floods \(/);
  assert.not.match(window.text(), /line 1 of the flood/);
  writeFileSync(join(folder, "go"), "");
  assert.is(await window.ended(), 0);
  assertRecord(
    window,
    /^Output: begins\nOutput: line 1 of the flood\n\d+ of \d{5,} lines are left out\. They are in \S+log\.\n/m,
  );
  assert.not.match(window.written(), /\x1b/);
});

test.run();
