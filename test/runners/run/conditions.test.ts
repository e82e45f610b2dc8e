import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  below,
  choose,
  is,
  not,
  notNeeded,
  orElse,
  output,
  parallel,
  param,
  repeat,
  runbook,
  seconds,
  section,
  sh,
  step,
  when,
} from "../../../dsl/index.ts";
import { createRunFixture, finishedOf, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("conditions, choices and repeats of a run");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const append = (id: string) => step(id, `Append ${id}`, sh`echo ${id} >> effects`, { undo });

test("a condition inside another one is decided for itself", async () => {
  const nested = runbook(
    { id: "nested", title: "Nested", params: { outer: param.boolean(), inner: param.boolean() } },
    (p) => [when(p.outer, [when(p.inner, [append("both")])]), when(not(p.inner), [append("not-inner")])],
  );
  const story = await project.run(nested, { values: { outer: true, inner: false } });
  assert.is(story.exitCode, 0);
  assert.equal(project.effects(), ["not-inner"]);
  assert.equal(outcomesOf(story.events, "both"), ["skipped"]);
  assert.equal(
    ofType(story.events, "decided").map(({ value }) => value),
    [true, false, true],
  );
});

test("a condition inside another is decided by its own step, though the words are the same", async () => {
  const nested = runbook({ id: "nested", title: "Nested" }, () => {
    const one = step("one", "Look", sh.read`echo yes`, { outputs: { ok: output.text() } });
    const two = step("two", "Look again", sh.read`echo no`, { outputs: { ok: output.text() } });
    return [one, two, when(is(one.outputs.ok, "yes"), [when(is(two.outputs.ok, "yes"), [append("inner")])])];
  });
  const story = await project.run(nested);
  assert.is(story.exitCode, 0);
  assert.equal(project.effects(), []);
});

test("skips are recorded, with the reason", async () => {
  const skipping = runbook(
    { id: "skipping", title: "Skipping", params: { changed: param.boolean({ phrase: "the schema changes" }) } },
    (p) => [when(p.changed, [append("a"), section("inside", "Inside", [append("b")])]), append("c")],
  );
  const story = await project.run(skipping, { values: { changed: false } });
  for (const id of ["a", "b"]) {
    assert.equal(outcomesOf(story.events, id), ["skipped"]);
    assert.is(finishedOf(story.events, id)[0]?.remark, "changed is no");
  }
  assert.equal(project.effects(), ["c"]);
});

test("choose runs the branch that an output names, and skips the others", async () => {
  const choosing = runbook(
    { id: "choosing", title: "Choosing", params: { way: param.oneOf(["left", "right"]) } },
    (p) => [choose("turn", p.way, { left: [append("l")], right: [append("r")] })],
  );
  const story = await project.run(choosing, { values: { way: "right" } });
  assert.equal(project.effects(), ["r"]);
  assert.equal(outcomesOf(story.events, "l"), ["skipped"]);
});

test("a choose without a branch for the value fails: it does not skip them all", async () => {
  const choosing = runbook({ id: "choosing", title: "Choosing" }, () => {
    const look = step("look", "Look", sh.read`cat way`, { outputs: { way: output.json<"left" | "right">({}) } });
    return [look, choose("turn", look.outputs.way, { left: [append("l")], right: [append("r")] }), append("after")];
  });
  project.write("way", '"up"');
  const story = await project.run(choosing);
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "turn has no branch for up, only for left, right");
  assert.equal(project.effects(), []);
  assert.equal(outcomesOf(story.events, "l"), []);
  assert.is((await project.resume(choosing)).exitCode, 1);
  assert.equal(project.effects(), []);
});

test("an output decides, and where its step was skipped orElse holds", async () => {
  const decided = runbook({ id: "decided", title: "Decided", params: { look: param.boolean() } }, (p) => {
    const look = when(p.look, () => {
      const found = step("look", "Look", sh.read`echo found`, { outputs: { what: output.text() } });
      return { body: [found], outputs: { what: found.outputs.what } };
    });
    return [look, step("use", "Use", sh`echo ${orElse(look.outputs.what, "nothing")} >> effects`, { undo })];
  });
  await project.run(decided, { values: { look: true } });
  await project.run(decided, { values: { look: false } });
  assert.equal(project.effects(), ["found", "nothing"]);
});

test("of several orElse the first holds that has a value", async () => {
  const params = { first: param.boolean(), second: param.boolean() };
  const decided = runbook({ id: "decided", title: "Decided", params }, (p) => {
    const give = (name: string, when_: typeof p.first) =>
      when(when_, () => {
        const found = step(name, "Look", sh.read`echo ${name}`, { outputs: { what: output.text() } });
        return { body: [found], outputs: { what: found.outputs.what } };
      });
    const [a, b] = [give("a", p.first), give("b", p.second)];
    const which = orElse(orElse(a.outputs.what, b.outputs.what as never), "none");
    return [a, b, step("use", "Use", sh`echo ${which} >> effects`, { undo })];
  });
  for (const [first, second] of [
    [true, true],
    [false, true],
    [false, false],
  ] as const)
    await project.run(decided, { values: { first, second } });
  assert.equal(project.effects(), ["a", "b", "none"]);
});

test("what an earlier pass gave is not there for the answer to a later one that failed", async () => {
  const repeating = runbook({ id: "stale", title: "Stale" }, () => {
    const look = step("look", "Look", sh.read`echo x >> passes; wc -l < passes; test $(wc -l < passes) -lt 2`, {
      outputs: { n: output.integer() },
    });
    const said = step("say", "Say", sh`echo ${orElse(look.outputs.n, 0)} >> effects`, { undo });
    return [
      section("all", "All", { onFailure: [said] }, [
        repeat("again", "Again", { limit: 3 }, () => ({ body: [look], until: not(below(look.outputs.n, 2)) })),
      ]),
    ];
  });
  assert.is((await project.run(repeating)).exitCode, 4);
  assert.equal(project.effects(), ["0"]);
});

test("in a parallel nothing is tried again once a sibling has failed", async () => {
  const story = await project.run(
    runbook({ id: "siblings", title: "Siblings" }, () => [
      parallel("p", "P", [
        step("bad", "Fail", sh.read`until [ -e tried ]; do sleep 0.02; done; false`),
        step("again", "Again", sh.read`echo again >> effects; touch tried; sleep 0.3; false`, {
          retry: { attempts: 5, every: seconds(0.1) },
        }),
      ]),
    ]),
  );
  assert.is(story.exitCode, 1);
  assert.equal(project.effects(), ["again"]);
});

const counting = (limit: number) =>
  runbook({ id: "counting", title: "Counting" }, () => [
    repeat("drain", "Drain", { limit, every: seconds(0) }, () => {
      const count = step("count", "Count", sh.read`echo x >> passes; wc -l < passes`, {
        outputs: { lines: output.integer() },
      });
      return { body: [count], until: not(below(count.outputs.lines, 3)) };
    }),
    append("after"),
  ]);

test("a repeat ends when its condition holds; its passes are steps of their own", async () => {
  const story = await project.run(counting(5));
  assert.is(story.exitCode, 0);
  assert.is(project.read("passes"), "x\nx\nx\n");
  for (const pass of [1, 2, 3]) assert.equal(outcomesOf(story.events, `count[${pass}]`), ["ok"]);
  assert.equal(outcomesOf(story.events, "count[4]"), []);
});

test("the outputs of a repeat are those of its last pass", async () => {
  const last = runbook({ id: "last", title: "Last" }, () => {
    const count = step("count", "Count", sh.read`echo x >> passes; wc -l < passes`, {
      outputs: { lines: output.integer() },
    });
    return [
      repeat("drain", "Drain", { limit: 5 }, () => ({ body: [count], until: is(count.outputs.lines, 3) })),
      step("use", "Use", sh`echo ${count.outputs.lines} >> effects`, { undo }),
    ];
  });
  await project.run(last);
  assert.equal(project.effects(), ["3"]);
});

test("a repeat that reaches its limit is answered for by its section, not by its last step, which is ok", async () => {
  const answered = runbook({ id: "answered", title: "Answered" }, () => [
    section("around", "Around", { onFailure: [step("tell", "Tell", sh`echo told >> effects`, { undo })] }, [
      repeat("drain", "Drain", { limit: 2, every: seconds(0) }, () => {
        const count = step("count", "Count", sh.read`echo 5`, {
          outputs: { left: output.integer() },
          onFailure: [step("clean", "Clean", sh`echo cleaned >> effects`, { undo })],
        });
        return { body: [count], until: below(count.outputs.left, 1) };
      }),
    ]),
  ]);
  const story = await project.run(answered);
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["told"]);
});

test("a repeat that reaches its limit has failed, and a resume goes on with more passes", async () => {
  const story = await project.run(counting(2));
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "2 passes");
  assert.equal(project.effects(), []);
  const resumed = await project.resume(counting(2));
  assert.is(resumed.exitCode, 0);
  assert.is(project.read("passes"), "x\nx\nx\n");
  assert.equal(project.effects(), ["after"]);
});

test("in a parallel a step waits for what it needs, and a failure lets siblings finish but nothing new start", async () => {
  const together = runbook({ id: "together", title: "Together" }, () => {
    const first = step("first", "First", sh.read`echo one`, { outputs: { word: output.text() } });
    return [
      parallel("some", "Some", [
        first,
        step("second", "Second", sh`echo second-${first.outputs.word} >> effects`, { undo }),
        step("failing", "Fail", sh`until [ -e begun ]; do sleep 0.01; done; false`, { undo }),
        step("sibling", "Finish", sh`touch begun; sleep 0.2; echo sibling >> effects`, { undo }),
        step("late", "Not started", sh`echo late >> effects`, { undo, after: ["failing", "sibling"] }),
      ]),
      append("after"),
    ];
  });
  const story = await project.run(together);
  assert.is(story.exitCode, 1);
  assert.is(story.step, "failing");
  assert.equal([...project.effects()].sort(), ["second-one", "sibling"]);
  assert.equal(
    ofType(story.events, "started").filter(({ step: id }) => id === "late" || id === "after"),
    [],
  );
});

test.run();
