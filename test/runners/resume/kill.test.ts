import { suite } from "uvu";
import * as assert from "uvu/assert";
import { verifyJournal } from "../../../runners/journal/journal-reader.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { createRandom, generated } from "./generated-runbook.ts";

const test = suite("kill -9 of lockstep");
const module = "test/runners/resume/generated-runbook.ts";
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

/** What the steps of a runbook append when nobody disturbs them. */
async function undisturbed(seed: number): Promise<readonly string[]> {
  const other = createRunFixture();
  try {
    const story = await other.run(generated(seed));
    assert.is(story.exitCode, 0, story.message);
    return [...other.effects()].sort();
  } finally {
    await other.clean();
  }
}

for (let seed = 1; seed <= 20; seed += 1)
  test(`killed again and again, every step happens exactly once (seed ${seed})`, async () => {
    const random = createRandom(seed + 1000);
    let begun = false;
    for (let kill = 0; kill < 4; kill += 1) {
      const lockstep = await startRun({ module, make: "generated", args: [seed], root: project.root, resume: begun });
      const after = 1 + Math.floor(random() * 9);
      await lockstep.waitFor(({ type }) => {
        begun ||= type === "created";
        return lockstep.events.length >= after && type !== "created";
      });
      await new Promise((resolve) => setTimeout(resolve, random() * 60));
      await lockstep.kill();
      begun ||= lockstep.events.length > 0;
      if (ofType(lockstep.events, "ended").length > 0) break;
    }
    const journal = await project.journal();
    if (journal.at(-1)?.type !== "ended") {
      const story = await project.resume(generated(seed));
      assert.is(story.exitCode, 0, story.message);
    }
    assert.equal([...project.effects()].sort(), await undisturbed(seed));
    assert.equal(await verifyJournal((await project.folder()).journalFile), {
      ok: true,
      lines: (await project.journal()).length,
    });
    assert.equal(await startedBeforeFinished(project), []);
  });

/** Attempts that began although what stands before them had not come to its end. */
async function startedBeforeFinished(of: RunFixture): Promise<readonly string[]> {
  const running = new Map<string, number>();
  const wrong: string[] = [];
  for (const event of await of.journal()) {
    if (event.type === "started") {
      if (running.has(event.step) && !event.attached) wrong.push(`${event.step}.${event.attempt}`);
      running.set(event.step, event.attempt);
    }
    if (event.type === "finished") running.delete(event.step);
  }
  return wrong;
}

test.run();
