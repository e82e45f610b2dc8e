import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../support/attempt-fixture.ts";
import { attemptFolders, createRunFixture, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import * as runbooks from "../resume/crash-runbooks.ts";

const test = suite("a log that cannot be read");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

test("it is an error of the run when its step has ended, and does not end lockstep before", async () => {
  const lockstep = await startRun({
    module: "test/runners/resume/crash-runbooks.ts",
    make: "interruptible",
    args: ["write"],
    root: project.root,
  });
  await until(() => project.exists("grandchild") && project.read("grandchild").endsWith("\n"));
  await lockstep.kill();
  const [folder = ""] = attemptFolders(project.root);
  rmSync(join(folder, "log"));
  symlinkSync("/etc/hostname", join(folder, "log"));
  const run = await project.startResume(runbooks.interruptible("write"));
  await run.waitFor(({ type }) => type === "started");
  await new Promise((resolve) => setImmediate(resolve));
  project.write("go", "");
  const error = await run.story.then(
    () => undefined,
    (thrown: { code: string }) => thrown,
  );
  assert.is(error?.code, "disk-failed");
});

test.run();
