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
import { changesBetween } from "../../../runners/changes/changes-between.ts";
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

test("all of them that have moved are told", () => {
  const [before, after] = [many(10_000), many(10_000, (blocks) => blocks.reverse())];
  assert.is(changesBetween(before, after, createRunState()).length, 9_999);
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
