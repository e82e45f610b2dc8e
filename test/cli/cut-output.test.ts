import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../support/attempt-fixture.ts";
import { lockstep, project } from "../support/lockstep-command.ts";

const test = suite("a power cut that left a status and took the end of the output");

const runbook = `import { notNeeded, output, runbook, sh, step } from "lockstep";
const undo = notNeeded("a test");
export default runbook({ id: "deploy", title: "Deploy" }, () => {
  const deploy = step("deploy", "Deploy", sh\`echo deployed >> effects; until test -e go; do sleep 0.02; done; echo v10\`, { undo, outputs: { version: output.text() } });
  return [deploy, step("label", "Label", sh\`echo label \${deploy.outputs.version} >> effects\`, { undo })];
});
`;

test("is told, and a person says what the write gave: no value is read from the half of it", async () => {
  const folder = await project({ "runbooks/deploy.runbook.ts": runbook });
  await lockstep("run", "deploy", "-v")
    .in(folder)
    .sends("SIGKILL", /1 +running/)
    .says(/Deploy/)
    .exits(null);
  const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
  const attempt = join(folder, ".lockstep/runs", run, "attempts/deploy.1");
  const read = (name: string): string => readFileSync(join(attempt, name), "utf8");
  writeFileSync(join(folder, "go"), "");
  await until(() => read("status").includes("\n"));
  writeFileSync(join(attempt, "begun"), read("begun").replace(/"boot":"[^"]*"/, '"boot":"the boot before"'));
  truncateSync(join(attempt, "out"), 2);
  await lockstep("resume", run)
    .in(folder)
    .says(/its exit code was 0, and of 4 bytes that it printed 2 are left since the machine was started anew/)
    .prints(/suspended/i)
    .exits(75);
  await lockstep("approve", run, "1", "--found", "there", "--how", "it serves", "--output", "version=v10")
    .in(folder)
    .prints(/found there/);
  await lockstep("resume", run)
    .in(folder)
    .says(/2 +ok/)
    .prints(/ok|Done/i);
  assert.equal(readFileSync(join(folder, "effects"), "utf8"), "deployed\nlabel v10\n");
});

test.run();
