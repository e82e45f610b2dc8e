import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile, environment } from "../../../dsl/index.ts";
import { changesBetween } from "../../../runners/changes/changes-between.ts";
import { createRunState } from "../../../runners/engine/run-state.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";
import { createRunbook } from "../../support/runbook-arbitrary.ts";
import { runbookSpec } from "../../support/runbook-spec.ts";
import { look, of } from "./edited-blocks.ts";
import { changes } from "./edits.ts";
import { rewordings } from "./rewordings.ts";

const test = suite("an edit between stop and resume");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

for (const [what, before, after, shown, options] of changes)
  test(`is shown, and nothing runs before somebody decided: ${what}`, async () => {
    assert.is((await project.run(of(before, options?.[0]))).exitCode, 1);
    project.write("mended", "");
    const story = await project.resume(of(after, options?.[1]));
    assert.is(story.exitCode, 75, story.message);
    assert.equal(
      (story.changes ?? []).map(({ step: id, change }) => `${id} ${change}`),
      shown,
    );
    for (const change of story.changes ?? []) assert.is.not(change.before, change.after);
    assert.equal(ofType(story.events, "started"), []);
    assert.equal(project.effects(), ["first"]);
  });

for (const [what, before, after, , options] of rewordings)
  test(`is no change where it only says it in other words: ${what}`, () => {
    const [was, now] = [compile(of(before, options?.[0])), compile(of(after, options?.[1]))];
    assert.is.not(was.runbookDigest, now.runbookDigest);
    assert.equal(changesBetween(was, now, createRunState()), []);
  });

test("is no change where everything of a generated runbook is said in other words", () => {
  fc.assert(
    fc.property(runbookSpec, (spec) => {
      const [was, now] = [compile(createRunbook(spec)), compile(createRunbook(spec, { reword: true }))];
      assert.equal(changesBetween(was, now, createRunState()), []);
    }),
    { numRuns: 60 },
  );
});

test("of the environment, or of a value, is shown", () => {
  const somewhere = (id: string) => environment(id, id, { values: {}, facts: {} });
  const deploy = of(() => [look()], { environments: [somewhere("staging"), somewhere("production")] });
  const [was, now] = [
    compile(deploy, { environment: "staging" }),
    compile(deploy, { environment: "production", values: { version: "v2" } }),
  ];
  assert.equal(
    changesBetween(was, now, createRunState()).map(({ step: id, before, after }) => [id, before, after]),
    [
      ["version", 'version = "v1"', 'version = "v2"'],
      ["the environment", 'the environment = "staging"', 'the environment = "production"'],
    ],
  );
});

test.run();
