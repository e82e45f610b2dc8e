import { readdirSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const words = suite("words for what is not there, or not done");

words(
  "a wait that was interrupted has ended early in the summary and the report, and the log says after how long",
  async () => {
    const folder = await project({ "runbooks/a.runbook.ts": runbookText("a", `wait("rest", "Rest", minutes(10))`) });
    await lockstep("run", "a")
      .in(folder)
      .sends("SIGINT", /1 {5}running/)
      .says(/./)
      .prints(/ended early/)
      .exits(130);
    const run = readdirSync(join(folder, ".lockstep/runs"))[0] ?? "";
    await lockstep("log", run)
      .in(folder)
      .prints(/ 1 +left +\S* *after \d+s of 10m 00s$/m);
    await lockstep("report", run)
      .in(folder)
      .prints(/- \*\*Steps:\*\* 1 ended early\n/);
  },
);

words("docs in a folder without runbooks says so, and writes nothing", async () => {
  const folder = await project({ "package.json": "{}\n" });
  await lockstep("docs")
    .in(folder)
    .says(/^error: there are no runbooks .*Begin with: lockstep new hello\n$/)
    .exits(2);
  assert.equal(readdirSync(folder), ["package.json"]);
});

words("a dry run has a guard under the heading of its section, and one empty line before each", async () => {
  const text = `import { guard, measurement, minutes, onlyNumber, percent, runbook, section, sh, step, stop } from "lockstep";
const errors = measurement("errors", "Error rate", { measures: "errors", unit: "%", query: sh.read\`echo 0\`, reading: onlyNumber });
export default runbook({ id: "a", title: "A" }, () => [
  step("first", "Look first", sh.read\`ls\`),
  section("one", "One", [step("look", "Look", sh.read\`ls\`)]),
  section("two", "Two", [
    guard("limits", "Watch", { alerts: [errors.above(percent(1))], onTrip: stop }),
    step("make", "Make it", sh\`touch it\`, { undo: sh\`rm it\`, timeout: minutes(1) }),
  ]),
]);
`;
  const folder = await project({ "runbooks/a.runbook.ts": text });
  const { stdout } = await lockstep("run", "a", "--dry-run").in(folder).prints(/./);
  assert.match(stdout, /\n\n3 Two\n {2}guard Watch/);
  assert.not.match(stdout, /\n\n\n/);
});

words("a dry run says what repeats, what runs side by side, and what is watched for", async () => {
  const text = `import { below, gate, guard, measurement, onlyNumber, output, parallel, percent, repeat, runbook, seconds, sh, step, stop } from "lockstep";
const errors = measurement("errors", "Error rate", { measures: "errors", unit: "%", query: sh.read\`echo 0\`, reading: onlyNumber });
export default runbook({ id: "a", title: "A" }, () => [
  repeat("drain", "Drain the queue", { limit: 5 }, () => {
    const count = step("count", "Count", sh.read\`echo 1\`, { outputs: { left: output.integer() } });
    return { body: [count], until: below(count.outputs.left, 2) };
  }),
  parallel("both", "Look at both", [step("one", "Look at one", sh.read\`ls\`), step("two", "Look at two", sh.read\`ls\`)]),
  guard("limits", "Watch", { alerts: [errors.above(percent(1))], onTrip: stop }),
  step("make", "Make it", sh\`touch it\`, { undo: sh\`rm it\`, timeout: seconds(9) }),
  gate("calm", "Wait until it is calm", { failIf: [errors.above(percent(2))], hold: seconds(30) }),
]);
`;
  const folder = await project({ "runbooks/a.runbook.ts": text });
  const { stdout } = await lockstep("run", "a", "--dry-run").in(folder).prints(/./);
  assert.match(stdout, /^ {2}1 {5}Drain the queue, at most 5 times, until .*:\n {2}1\.1 {3}Count · read$/m);
  assert.match(
    stdout,
    /^ {2}2 {5}Look at both, each as soon as what it needs is done:\n {2}2\.1 {3}Look at one · read$/m,
  );
  assert.match(stdout, /^ {2}guard Watch, from 3 to the end: Error rate > 1%$/m);
  assert.match(stdout, /^ {8}goes on if for 30s none holds: Error rate > 2%$/m);
});

words("completion offers the values of --format", async () => {
  const folder = await project({ "runbooks/a.runbook.ts": runbookText("a", `step("look", "Look", sh.read\`ls\`)`) });
  await lockstep("__complete", "--", "graph", "a", "--format", "").in(folder).prints("mermaid\ndot\nsvg\njson\n");
});

words.run();
