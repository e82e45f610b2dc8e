import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Block,
  compile,
  notNeeded,
  type Plan,
  param,
  runbook,
  section,
  sh,
  step,
  when,
} from "../../../dsl/index.ts";
import { changesBetween } from "../../../runners/engine/changes.ts";
import { createRunState } from "../../../runners/engine/run-state.ts";
import { createRunFixture, ofType } from "../../support/run-fixture.ts";

const test = suite("ten thousand steps");
const undo = notNeeded("a test");

const many = (count: number, turn: (blocks: Block[]) => readonly Block[] = (blocks) => blocks): Plan =>
  compile(
    runbook({ id: "many", title: "Many", params: { on: param.boolean({ default: false }) } }, (p) => [
      section("part", "Part", [
        when(
          p.on,
          turn(
            Array.from({ length: count }, (_, index) =>
              step(`s${index}`, `Step ${index}`, sh`echo ${index}`, { undo }),
            ),
          ),
        ),
      ]),
    ]),
  );

/** The least of three, in CPU time: other processes of the machine do not count. */
async function cost(work: () => unknown): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    costs.push(user + system);
  }
  return Math.min(...costs);
}

test("compiling them costs in proportion to their number", async () => {
  many(2000);
  const ratio = (await cost(() => many(10_000))) / (await cost(() => many(2000)));
  // five times as many; in the square it would be twenty-five
  assert.ok(ratio < 14, `${ratio}`);
});

test("so does comparing them with what they were, also when all of them have moved", async () => {
  const state = createRunState();
  const compare = (count: number) => {
    const [before, after] = [many(count), many(count, (blocks) => blocks.reverse())];
    return () => {
      const changes = changesBetween(before, after, state);
      assert.is(changes.length, count - 1);
    };
  };
  const ratio = (await cost(compare(5000))) / (await cost(compare(1000)));
  assert.ok(ratio < 14, `${ratio}`);
});

test("two thousand that are skipped are recorded, each once, and the run ends", async () => {
  const project = createRunFixture();
  try {
    const story = await project.run(many(2000));
    assert.is(story.exitCode, 0);
    assert.is(new Set(ofType(story.events, "finished").map(({ step: id }) => id)).size, 2000);
    assert.is(ofType(story.events, "finished").length, 2000);
  } finally {
    await project.clean();
  }
});

test.run();
