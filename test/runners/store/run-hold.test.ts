import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import type { RunFolder } from "../../../runners/store/run-folder.ts";
import { holdRun, readRunHolder } from "../../../runners/store/run-hold.ts";
import { type RunHolder, thisHolder } from "../../../runners/store/run-holder.ts";
import { openRunStore, type RunStore } from "../../../runners/store/run-store.ts";
import { bundleScript, endScripts, startScript } from "../../support/script-process.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const test = suite("hold of a run");

const contender = await bundleScript(join(import.meta.dirname, "hold-contender.ts"));

test.after(endScripts);

test("a run that is held is refused to others, and says by whom and what to do", async () => {
  const { run } = await newRun();
  const clock = { boot: "", mono: () => 0, now: () => new Date(Date.UTC(2026, 10, 24, 3, 7, 12)) };
  const hold = await holdRun(run, { clock });
  assert.is(hold.takenOverFrom, undefined);
  const error = await refusal(run);
  assert.is(
    error.message,
    `run ${run.id} is held by process ${process.pid} on ${hold.holder.host} since 2026-11-24T03:07:12.000Z`,
  );
  assert.is(error.hint, `Wait until it ends, or look on with lockstep log ${run.id}.`);
  assert.equal(await readRunHolder(run), hold.holder);
  await hold.release();
});

test("a run that was let go can be held again, and nobody is taken over", async () => {
  const { run } = await newRun();
  for (let i = 0; i < 3; i += 1) {
    const hold = await holdRun(run);
    assert.is(hold.takenOverFrom, undefined);
    await hold.release();
    await hold.release();
    assert.is(await readRunHolder(run), undefined);
  }
});

test("letting go twice does not let a later hold go", async () => {
  const { run } = await newRun();
  const first = await holdRun(run);
  await first.release();
  await holdRun(run);
  await first.release();
  await refusal(run);
});

test("a living process of another terminal is refused, a dead one is taken over", async () => {
  const { run, root } = await newRun();
  const other = startScript(contender, [root]);
  await other.nextLine();
  other.tell(run.id);
  assert.is(await other.nextLine(), "won from undefined");
  assert.match((await refusal(run)).message, `is held by process ${other.pid} on`);
  await other.kill();
  assert.is(await readRunHolder(run), undefined);
  const hold = await holdRun(run);
  assert.is(hold.takenOverFrom?.pid, other.pid);
  await hold.release();
});

test("of eight processes that take runs over from a dead one at once, one gets each", async () => {
  const { store, root } = await newRun();
  const runs = await Promise.all(Array.from({ length: 25 }, () => store.create()));
  const dead = startScript(contender, [root]);
  await dead.nextLine();
  for (const run of runs) {
    dead.tell(run.id);
    assert.is(await dead.nextLine(), "won from undefined");
  }
  await dead.kill();

  const contenders = Array.from({ length: 8 }, () => startScript(contender, [root]));
  for (const script of contenders) assert.is(await script.nextLine(), "ready");
  for (const run of runs) {
    for (const script of contenders) script.tell(run.id);
    const outcomes = await Promise.all(contenders.map((script) => script.nextLine()));
    assert.equal(
      outcomes.filter((outcome) => outcome.startsWith("won")),
      [`won from ${dead.pid}`],
    );
    const winner = contenders[outcomes.findIndex((outcome) => outcome.startsWith("won"))];
    for (const outcome of outcomes) {
      if (!outcome.startsWith("won"))
        assert.match(outcome, `run-held: run ${run.id} is held by process ${winner?.pid} `);
    }
    assert.equal((await readdir(run.holdsFolder)).sort(), ["1", "2"]);
  }
  await Promise.all(contenders.map((script) => script.finish()));
});

test("of eight processes that want a new run at once, one gets it", async () => {
  const { run, root } = await newRun();
  const contenders = Array.from({ length: 8 }, () => startScript(contender, [root]));
  for (const script of contenders) await script.nextLine();
  for (const script of contenders) script.tell(run.id);
  const outcomes = await Promise.all(contenders.map((script) => script.nextLine()));
  assert.is(outcomes.filter((outcome) => outcome === "won from undefined").length, 1);
  assert.is(outcomes.filter((outcome) => outcome.startsWith("run-held")).length, 7);
  await Promise.all(contenders.map((script) => script.finish()));
});

test("a pid that was given to another process since does not hold", async () => {
  const { run } = await newRun();
  await writeHold(run, { startTime: "1" });
  const hold = await holdRun(run);
  assert.is(hold.takenOverFrom?.pid, process.pid);
});

test("a hold of another boot of this host does not hold", async () => {
  const { run } = await newRun();
  await writeHold(run, { boot: "another" });
  assert.is((await holdRun(run)).takenOverFrom?.boot, "another");
});

for (const [where, place] of [
  ["another host", { host: "bastion2", boot: "another" }],
  ["another container", { space: "pid:[1]" }],
] as const) {
  test(`a holder on ${where} cannot be seen, so it is not taken over until a person says that it is gone`, async () => {
    const { run } = await newRun();
    await writeHold(run, { ...place, pid: 1, startTime: "1" });
    const error = await refusal(run);
    const [, file = ""] = error.hint?.match(/^Whether .* touch (.+)$/) ?? [];
    assert.is((await readRunHolder(run))?.pid, 1);
    await writeFile(file, "");
    const hold = await holdRun(run);
    assert.is(hold.takenOverFrom, undefined);
  });
}

test("a hold that cannot be read counts as held", async () => {
  const { run } = await newRun();
  for (const content of ["", "{", '{"pid":"1"}']) {
    await writeFile(join(run.holdsFolder, "1"), content);
    assert.match((await refusal(run)).message, `${run.holdsFolder}/1 cannot be read`);
  }
});

test("a hold is for its owner only, and nothing of it is left lying about", async () => {
  const before = process.umask(0);
  try {
    const { run } = await newRun();
    const hold = await holdRun(run);
    assert.is((await stat(join(run.holdsFolder, "1"))).mode & 0o777, 0o600);
    assert.equal(JSON.parse(await readFile(join(run.holdsFolder, "1"), "utf8")), { v: 1, ...hold.holder });
    await hold.release();
    assert.equal((await readdir(run.holdsFolder)).sort(), ["1", "1.released"]);
  } finally {
    process.umask(before);
  }
});

async function newRun(): Promise<{ root: string; store: RunStore; run: RunFolder }> {
  const root = await tempFolder();
  const store = openRunStore(root);
  return { root, store, run: await store.create() };
}

async function writeHold(run: RunFolder, change: Partial<RunHolder>): Promise<void> {
  await writeFile(join(run.holdsFolder, "1"), JSON.stringify({ v: 1, ...thisHolder(new Date()), ...change }));
}

async function refusal(run: RunFolder): Promise<LockstepError> {
  const error = await holdRun(run).catch((thrown: unknown) => thrown);
  assert.instance(error, LockstepError);
  assert.is((error as LockstepError).code, "run-held");
  return error as LockstepError;
}

test.run();
