import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, readingRunbook, runbookText } from "../support/lockstep-command.ts";
import { assertRecord, closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";

const test = suite("what a runbook's code says by the console");
test.after.each(closeTerminals);

/** Says something while it is loaded, by each way to the console. */
const talkative = `import { log } from "node:console";
console.log("loading", { deep: 1 });
console.info("informed");
log("imported");
${readingRunbook("hello")}`;

const said = /loading \{ deep: 1 \}\ninformed\nimported\n/;

const inStep = runbookText(
  "talks",
  `step("count", "Count", code.read(async () => { for (const n of [1, 2, 3]) console.log("counted %d", n); console.error("and a warning"); }))`,
);

test("never stands in what a command prints for programs", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": talkative });
  const { stdout } = await lockstep("plan", "hello", "--json").in(folder).says(said).prints(/^\{/);
  assert.is(JSON.parse(stdout).id, "hello");
  await lockstep("list")
    .in(folder)
    .prints(/^\s*hello/);
  writeFileSync(join(folder, "runbooks/hello.runbook.ts"), `${talkative}\n// changed`);
  await lockstep("__complete", "--", "run", "").in(folder).says(said).prints("hello\tThe hello runbook\n");
});

test("of a step stands beside the events of run --json, not among them", async () => {
  const folder = await project({ "runbooks/talks.runbook.ts": inStep });
  const { stdout } = await lockstep("run", "talks", "--json")
    .in(folder)
    .says("counted 1\ncounted 2\ncounted 3\nand a warning\n")
    .prints(/"ended"/);
  for (const line of stdout.trimEnd().split("\n")) assert.type(JSON.parse(line).type, "string");
});

test("stands whole in the record of a terminal, behind the gutter of output", async () => {
  const folder = await project({
    "runbooks/talks.runbook.ts": runbookText(
      "talks",
      `step("count", "Count", code.read(async () => {
        const { existsSync } = await import("node:fs");
        for (let n = 1; n <= 20; n += 1) console.log("counted \\x1b[2J%d", n);
        while (!existsSync("go")) await new Promise((resolve) => setTimeout(resolve, 20));
      }))`,
    ),
  });
  const window = lockstepTerminal(folder, ["run", "talks"]);
  await window.answer(/^r start · q quit$/m, "r");
  await window.waitFor(/^│ counted 20$[\s\S]*running/m);
  assert.not(existsSync(join(folder, "go")));
  writeFileSync(join(folder, "go"), "");
  assert.is(await window.ended(), 0);
  const counted = Array.from({ length: 20 }, (_, at) => `│ counted ${at + 1}\n`).join("");
  assertRecord(window, new RegExp(`^${counted}✓ 1 ok`, "m"));
  // the region was drawn over, not torn: nothing of it is left between the lines
  assert.not.match(window.text(), /running/);
});

test("is an output, not a sentence of lockstep, for a screen reader", async () => {
  const folder = await project({ "runbooks/talks.runbook.ts": inStep });
  const window = lockstepTerminal(folder, ["run", "talks", "--plain"]);
  await window.word(/Type start/, "start");
  assert.is(await window.ended(), 0);
  assertRecord(window, /^Output: counted 1\nOutput: counted 2\nOutput: counted 3\nOutput: and a warning\n/m);
});

test.run();
