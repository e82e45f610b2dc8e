import { existsSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../support/attempt-fixture.ts";
import { guardedProject, guardText, writeText } from "../../support/guarded-project.ts";
import { assertRecord, closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";
import { pause } from "../../support/terminal.ts";

const test = suite("questions in plain words");
test.after.each(closeTerminals);

/** What is asked, and what is typed. */
type Turn = readonly [asked: RegExp, typed: string];

const menu = (words: string): RegExp => new RegExp(`Type ${words}, then Enter:$`);
const start: Turn = [menu("start, quit or help"), "start"];

const talks: readonly (readonly [what: string, blocks: string, turns: readonly Turn[], code: number, says: RegExp])[] =
  [
    [
      "a step is skipped with a reason",
      writeText("one"),
      [
        [menu("run, skip, view, note, shell, to the end, quit or help"), "skip"],
        [/Why is 1 skipped\?.*$/, "not today"],
      ],
      0,
      /^Step 1 skipped, at \S+\. By \w+: not today\.$/m,
    ],
    [
      "what cannot be undone needs its name",
      'step("drop", "Drop it", sh.destructive`echo dropped`, { undo: irreversible("it is gone") })',
      [
        [menu("caution read, note, quit or help"), "caution read"],
        [menu("run, skip, view, note, shell, to the end, quit or help"), "RUN"],
        [/type drop and Enter\. Esc: no\.$/, "yes"],
        [/"yes" is not "drop"\. Nothing was done\. Esc goes back\.\n*$/, "drop"],
      ],
      0,
      /^Step 1 ok, after /m,
    ],
    [
      "a manual step is refused",
      'manual("call", "Call", {})',
      [
        start,
        [menu("done, cannot be done, note, shell, quit or help"), "cannot be done"],
        [/Why not\?.*$/, "nobody answers"],
      ],
      3,
      /^Stopped at 1: refused by \w+: nobody answers, nothing runs\./m,
    ],
    [
      "an approval takes its word",
      'approval("go", "Go on", { by: ["anybody"] })',
      [
        start,
        [menu("approve, view, note, refuse, quit or help"), "approve"],
        [/type approve and Enter\. Esc: not yet\.$/, "approve"],
      ],
      0,
      /^Step 1 ok, after .* Approved by \w+\.$/m,
    ],
    [
      "a failed expectation is kept as ok",
      'step("look", "Look", sh.read`echo looked`, { expect: "found" })',
      [
        start,
        [menu("run again, skip, output, keep as ok, note, shell, quit or help"), "keep as ok"],
        [/Why does 1 count as ok all the same\?.*$/, "it is there"],
      ],
      0,
      /^Step 1 ok \(overruled\).*it is there\.$/m,
    ],
    [
      "a failure in a guard's range is left, which rolls back",
      `${guardText()}, ${writeText("one")}, step("look", "Look", sh.read\`false\`), ${writeText("never")}`,
      [start, [menu("run again, output, roll back now, note, shell, leave or help"), "leave"]],
      4,
      /^Step 1 undone, after /m,
    ],
    [
      "a rollback takes its word",
      `${writeText("one")}, step("look", "Look", sh.read\`false\`)`,
      [
        start,
        [menu("run again, skip, output, roll back, note, shell, quit or help"), "roll back"],
        [/type rollback and Enter\. Esc: no\.$/, "rollback"],
      ],
      4,
      /^Step 1 undone, after /m,
    ],
    [
      "a gate without a number goes on with a reason",
      'gate("steady", "Look", { failIf: [errorRate.above(percent(1))], hold: seconds(60), interval: seconds(0.2) })',
      [
        start,
        [menu("sample again, go on without, note, quit or help"), "go on without"],
        [/Why does the run go on without a number\?.*$/, "it is known"],
      ],
      0,
      /it is known/,
    ],
    [
      "a watch is done",
      'watch("pods", "Watch", sh.read`cat rate`, { until: "level", interval: seconds(0.3) })',
      [start, [menu("done, note, quit or help"), "done"]],
      0,
      /^Step 1 ok, after .* Seen by \w+\.$/m,
    ],
  ];

for (const [what, blocks, turns, code, says] of talks)
  test(`${what}; a letter, Enter and another word answer nothing`, async () => {
    const { folder, rate } = await guardedProject(blocks);
    if (what.startsWith("a gate")) rate("nothing");
    const stepping = turns[0] !== start ? ["--step"] : [];
    const window = lockstepTerminal(folder, ["run", "guarded", "--plain", ...stepping], { columns: 120 });
    for (const [asked, typed] of turns) {
      await window.waitFor(asked);
      if (asked.source.startsWith("Type run, skip, view") || asked.source.startsWith("Type done")) {
        await pause(400);
        await window.press("enter");
        await window.waitFor(/An empty line is no answer/);
        await window.type("r\r");
        await window.waitFor(/r\n[\s\S]*then Enter:$/);
      }
      await window.word(/\S/, typed);
    }
    assert.is(await window.ended(), code);
    assertRecord(window, says);
    assert.not.match(window.written(), /\x1b/);
  });

test("a write that nobody knows the end of is told as it was found", async () => {
  const { folder } = await guardedProject(
    'step("one", "Do one", sh`: > begun; until [ -e go ]; do sleep 0.05; done`, { undo: notNeeded("a test") })',
  );
  const window = lockstepTerminal(folder, ["run", "guarded", "--plain"], { columns: 120 });
  await window.word(start[0], start[1]);
  await until(() => existsSync(join(folder, "begun")));
  await pause(800);
  await window.press("ctrl-c");
  await window.waitFor(/^1 is changing this machine\. Ended midway, its outcome is unknown;$/m);
  await pause(800);
  await window.press("ctrl-c");
  await window.word(/there: all that 1 does is there; 1 counts as ok and is not run again\./, "there");
  await window.word(/How did you see it\? It is kept in the record\./, "I looked");
  assert.is(await window.ended(), 0);
  assert.not.match(window.written(), /\x1b/);
});

test.run();
