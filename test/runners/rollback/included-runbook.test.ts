import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type AnyRunbook, include, rollback, runbook, section, sh, step } from "../../../dsl/index.ts";
import { renderMarkdown } from "../../../renderers/index.ts";
import { blocksOf } from "../../renderers/markdown/read-markdown.ts";
import { createRunFixture } from "../../support/run-fixture.ts";

const included = suite("an included runbook");
let fixture = createRunFixture();

included.before.each(() => {
  fixture = createRunFixture();
});
included.after.each(() => fixture.clean());

const append = (id: string) => step(id, `Append ${id}`, sh`echo ${id} >> effects`);

/** Two steps and what fails after them; the undo of all is not that of the inner runbook. */
function outer(innerUndo: object): AnyRunbook {
  const inner = runbook({ id: "inner", title: "Inner", ...innerUndo }, () => [append("one"), append("two")]);
  return runbook({ id: "outer", title: "Outer", undo: sh`echo undo-outer >> effects`, onFailure: rollback }, () => [
    append("first"),
    section("all", "All", { undo: sh`echo undo-section >> effects` }, [include("inner", inner), append("beside")]),
    step("fail", "Fail", sh.read`false`),
  ]) as unknown as AnyRunbook;
}

included("is undone by its own undo, once, at the place of the first of its steps", async () => {
  const { exitCode } = await fixture.run(outer({ undo: sh`echo undo-inner >> effects` }));
  assert.is(exitCode, 4);
  assert.equal(fixture.effects(), ["first", "one", "two", "beside", "undo-inner", "undo-section", "undo-outer"]);
});

included("shows its own undo on the page", async () => {
  const page = await renderMarkdown(fixture.plan(outer({ undo: sh`echo undo-inner >> effects` })));
  const blocks = blocksOf(page, "bash");
  const undos = ["undo-inner", "undo-section", "undo-outer"].map((name) => blocks.indexOf(`echo ${name} >> effects`));
  assert.ok(!undos.includes(-1), page);
  assert.equal(
    undos,
    [...undos].sort((a, b) => a - b),
  );
});

included("answers a failure of its steps itself", async () => {
  const inner = runbook({ id: "inner", title: "Inner", onFailure: [append2("answer-inner")] }, () => [
    step("fail", "Fail", sh.read`false`),
  ]);
  const source = runbook({ id: "outer", title: "Outer", onFailure: [append2("answer-outer")] }, () => [
    include("inner", inner),
  ]) as unknown as AnyRunbook;
  const { exitCode } = await fixture.run(source);
  assert.is(exitCode, 4);
  assert.equal(fixture.effects(), ["answer-inner"]);
});

function append2(id: string) {
  return step(id, `Append ${id}`, sh`echo ${id} >> effects`, { undo: sh`echo undo-${id} >> effects` });
}

included.run();
