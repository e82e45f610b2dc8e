import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createRunFixture, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";

const test = suite("what is left of a run in its process");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => project.clean());

const module = "test/runners/guards/alive-runbooks.ts";

test("nothing keeps the process alive, and no listeners are left, after many waits, samples and questions", async () => {
  const lockstep = await startRun({ module, make: "busy", root: project.root });
  await lockstep.waitFor((event) => event.type === "ended");
  // resolves when the process is gone: run-main ends by having nothing left to do
  await lockstep.ended;
  assert.is(lockstep.events.filter(({ type }) => type === "sampled").length > 20, true);
  assert.equal(project.exists("warnings") ? project.read("warnings") : "", "");
});

test("nothing keeps the process alive after a run that is suspended, or trips", async () => {
  const suspended = await startRun({ module, make: "suspending", root: project.root });
  await suspended.ended;
  assert.equal(
    suspended.events.flatMap((event) => (event.type === "stopped" ? [event.reason] : [])),
    ["suspended"],
  );
  const tripping = await startRun({ module, make: "tripping", root: project.root });
  await tripping.ended;
  assert.ok(tripping.events.some(({ type }) => type === "guard-tripped"));
});

/** Timers, watchers of files, children and pipes that this process has; what is freed a moment later does not count. */
async function resourcesBeyond(before: readonly string[]): Promise<readonly string[]> {
  let left: string[] = [];
  for (let look = 0; look < 50; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const known = [...before];
    left = process.getActiveResourcesInfo().filter((name) => {
      const at = known.indexOf(name);
      if (at >= 0) known.splice(at, 1);
      return at < 0 && name !== "Immediate";
    });
    if (left.length === 0) break;
  }
  return left;
}

for (const [how, exitCode] of [
  ["suspending", 75],
  ["tripping", 4],
  ["busy", 0],
] as const)
  test(`no timer, watcher, child or pipe is left when the result is there: ${how}`, async () => {
    const runbooks = await import("./alive-runbooks.ts");
    const before = process.getActiveResourcesInfo();
    const story = await project.run(runbooks[how]());
    assert.is(story.exitCode, exitCode);
    assert.equal(await resourcesBeyond(before), []);
  });

test.run();
