import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";

const living = suite("a run that another process holds");

const runIn = (folder: string): string => readdirSync(join(folder, ".lockstep/runs"))[0] ?? "";

living("is named with its process, and can be looked at", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText(
      "a",
      'step("wait", "Wait", sh.read`echo waiting; until test -e go; do sleep 0.05; done`)',
    ),
  });
  await lockstep("run", "a")
    .in(folder)
    .meanwhile(/\| {9}waiting/, async () => {
      const run = runIn(folder);
      await lockstep("resume")
        .in(folder)
        .says(
          new RegExp(
            `^error: run ${run} is held by process \\d+ on .*Wait until it ends, or look on with lockstep log ${run}\\.\\n$`,
          ),
        )
        .exits(1);
      await lockstep("runs")
        .in(folder)
        .prints(/ a {8}running {2}1 /);
      await lockstep("log", run, "wait").in(folder).prints("waiting\n");
      await lockstep("log", run, "--all")
        .in(folder)
        .prints(/1 {4}running/);
      writeFileSync(join(folder, "go"), "");
    })
    .says(/1 {5}ok/)
    .prints(/^Done/);
});

living("asks in a guard's range, watches on, and goes on by itself when it is answered from elsewhere", async () => {
  const body = `
    guard("watch", "Watch the errors", { alerts: [errors.above(percent(1))], until: "end", onTrip: rollback, interval: seconds(1) }),
    step("write", "Write", sh\`touch written\`, { undo: sh\`rm written\`, timeout: minutes(1) }),
    approval("go", "Go on", { by: ["anybody"], deadline: minutes(5) }),
    step("end", "End", sh.read\`true\`)`;
  const folder = await project({
    "runbooks/a.runbook.ts": `import { guard, measurement, onlyNumber, percent, rollback } from "lockstep";
const errors = measurement("errors", "Error rate", { measures: "errors", unit: "%", query: sh.read\`cat errors\`, reading: onlyNumber });
${runbookText("a", body)}`,
    errors: "0.2\n",
  });
  await lockstep("run", "a")
    .in(folder)
    .meanwhile(/2 {5}asks/, async () => {
      const run = runIn(folder);
      const { stdout } = await lockstep("approve", run, "--json")
        .in(folder)
        .prints(/"kind": "approval"/);
      await lockstep("approve", run, "go", "--digest", JSON.parse(stdout).digest.slice(0, 12))
        .in(folder)
        .prints(/^✓ \S+ approved by .*\. Process \d+ on \S+ goes on with it\n$/);
    })
    .says(
      /guard watches {3}1 to 3: Error rate > 1%\n/,
      /2 {5}asks {6}Approval by anybody: Go on\. At \d\d:\d\d:\d\d \(deadline\) the guard trips\n/,
      /2 {5}answer {4}approved by/,
    )
    .prints(/^Done/);
  assert.ok(existsSync(join(folder, "written")));
});

living("is taken back by a guard that trips, with exit code 4", async () => {
  const body = `
    guard("watch", "Watch the errors", { alerts: [errors.above(percent(1))], until: "end", onTrip: rollback, interval: seconds(1) }),
    step("write", "Write", sh\`touch written\`, { undo: sh\`rm written\`, timeout: minutes(1) }),
    wait("stay", "Wait", minutes(10)),
    step("end", "End", sh.read\`true\`)`;
  const folder = await project({
    "runbooks/a.runbook.ts": `import { guard, measurement, onlyNumber, percent, rollback } from "lockstep";
const errors = measurement("errors", "Error rate", { measures: "errors", unit: "%", query: sh.read\`cat errors\`, reading: onlyNumber });
${runbookText("a", body)}`,
    errors: "0.2\n",
  });
  await lockstep("run", "a")
    .in(folder)
    .meanwhile(/2 {5}running/, async () => writeFileSync(join(folder, "errors"), "3.4\n"))
    .says(/guard TRIPPED {3}Error rate 3\.4% is above 1%/, /Undo 1 running/)
    .prints(
      /^Rolled back: The a runbook\n {2}run .*exit code 4\n {2}why {7}Error rate 3\.4% is above 1% at \d\d:\d\d:\d\d, in 2\n {2}undone {4}1 Write, at .*\n {2}not run {3}3; 2 ended early\nNext\n {2}lockstep report \w{4} > report\.md {4}the record\n {2}lockstep run a +anew, after a fix\n$/,
    )
    .exits(4);
  assert.not(existsSync(join(folder, "written")));
});

living.run();
