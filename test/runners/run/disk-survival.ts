import * as assert from "uvu/assert";
import { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import {
  approval,
  type Block,
  guard,
  ifCreated,
  measurement,
  onlyNumber,
  output,
  percent,
  rollback,
  runbook,
  seconds,
  sh,
  step,
} from "../../../dsl/index.ts";
import { verifyRecord } from "../../../runners/engine/record-reader.ts";
import { type DiskFault, failDisk } from "../../support/disk-faults.ts";
import { createRunFixture, type RunFixture } from "../../support/run-fixture.ts";

const rate = measurement("rate", "Error rate", {
  measures: "errors",
  unit: "%",
  query: sh.read`echo 0`,
  reading: onlyNumber,
});

const append = (id: string): Block =>
  step(id, `Append ${id}`, sh`echo ${id} >> effects`, {
    undo: sh`echo undo-${id} >> effects`,
    timeout: seconds(60),
  });

/** Steps, a question, a guard, and at last everything is undone. */
const source = runbook({ id: "failing", title: "Failing", onFailure: rollback }, () => {
  const give = step("give", "Give", sh`echo give >> effects; echo word`, {
    outputs: { word: output.text() },
    undo: sh`echo undo-give >> effects`,
  });
  return [
    give,
    step("use", "Use", sh`echo ${give.outputs.word} >> effects; echo "word created"`, {
      undo: ifCreated(sh`echo undo-word >> effects`),
    }),
    approval("go", "Go on", { by: ["release-manager"] }),
    guard("rates", "Watch the rate", {
      alerts: [rate.above(percent(1))],
      onTrip: rollback.all,
      interval: seconds(600),
    }),
    append("watched"),
    step("fail", "Fail", sh.read`false`, { timeout: seconds(60) }),
  ];
});

const people = {
  mode: "interactive",
  roles: { "release-manager": ["bo"] },
  prompter: {
    by: { user: "bo", host: "here" },
    ask: async (question: { readonly kind: string; readonly digest?: string }) =>
      question.kind === "approval" ? { say: "approve", digest: question.digest } : { say: "stop" },
  },
} as never;

const undisturbed = ["give", "word", "watched", "undo-watched", "undo-word", "undo-give"];

/** Whether a path is that of the journal. */
export const isJournal = (path: string): boolean => path.endsWith("/journal.ndjson");

/** How many operations of a kind a run takes that nothing disturbs. */
export async function countOf(among: DiskFault["among"]): Promise<number> {
  const project = createRunFixture();
  try {
    const disk = await failDisk(project.root, {
      nth: Number.POSITIVE_INFINITY,
      code: "EIO",
      ...(among ? { among } : {}),
    });
    const story = await project.run(source, people);
    disk.mend();
    assert.is(story.state, "rolled-back", story.message);
    assert.equal(project.effects(), undisturbed);
    return disk.count;
  } finally {
    await project.clean();
  }
}

/** It stops, says why, and goes on when the disk is mended, with nothing done twice and nothing left out. */
async function survives(fault: DiskFault): Promise<void> {
  const project = createRunFixture();
  const disk = await failDisk(project.root, fault);
  const what = (): string => `${JSON.stringify(fault)} at ${disk.failed}`;
  try {
    const first = await project.run(source, people).catch((error: unknown) => error);
    if (first instanceof Error) assertSaysWhy(first, what());
    else assert.is((first as { state: string }).state, "rolled-back", what());
    disk.mend();
    await goOn(project, what());
    assert.equal(project.effects(), undisturbed, what());
    assert.ok((await verifyRecord(await project.folder())).ok, what());
  } finally {
    disk.mend();
    await project.clean();
  }
}

async function goOn(project: RunFixture, what: string): Promise<void> {
  const again = await project.resume(source, people).catch((error: unknown) => error);
  if (!(again instanceof Error)) return assert.is((again as { state: string }).state, "rolled-back", what);
  const { code } = again as LockstepError;
  // it was over already, or had not even been recorded: then nothing of it has begun
  if (code === "run-ended") return;
  assert.is(code, "unknown-run", `${what}: ${again.stack}`);
  assert.equal(project.effects(), [], what);
  const anew = await project.run(source, people);
  assert.is(anew.state, "rolled-back", what);
}

function assertSaysWhy(error: Error, what: string): void {
  assert.instance(error, LockstepError, `${what}: ${error.stack}`);
  const { code, message, hint = "" } = error as LockstepError;
  assert.is(code, "disk-failed", `${what}: ${message}`);
  assert.match(message, /^\/\S+\/\.lockstep\S* could not be written: (the disk is full|EIO)$/, `${what}: ${message}`);
  assert.match(hint, /, then: (lockstep resume \w{4}|run it again; nothing of it has begun)$/, `${what}: ${hint}`);
}

/** The same with each fault, some at a time: they wait more than they work. */
export async function survivesAll(faults: readonly DiskFault[]): Promise<void> {
  const left = [...faults];
  const work = async (): Promise<void> => {
    for (let fault = left.shift(); fault; fault = left.shift()) await survives(fault);
  };
  await Promise.all(Array.from({ length: 4 }, work));
}
