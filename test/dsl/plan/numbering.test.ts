import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  checklist,
  choose,
  group,
  include,
  is,
  note,
  output,
  type Plan,
  parallel,
  param,
  repeat,
  rollback,
  runbook,
  section,
  sh,
  step,
  stepsOf,
  when,
  within,
} from "../../../dsl/index.ts";
import { guardsOf, responsesOf, stepsIn } from "../../../dsl/plan/walk-plan.ts";
import { planOf } from "../../support/compiled.ts";

const look = (id: string) => step(id, "Look", sh.read`ls`);
const numbering = suite("numbering");

/** `id number`, in the order of the page. */
const numbersOf = (plan: Plan): string[] => stepsOf(plan).map(({ id, number }) => `${number} ${id}`);

numbering("counts sections and their steps from 1, also inside of each other", () => {
  const plan = planOf(() => [
    look("a"),
    section("s", "S", [look("b"), section("t", "T", [look("c"), look("d")]), look("e")]),
    look("f"),
  ]);
  assert.equal(numbersOf(plan), ["1 a", "2.1 b", "2.2.1 c", "2.2.2 d", "2.3 e", "3 f"]);
});

numbering("is 0 for what the runbook requires, and comes first for what a section does", () => {
  const plan = planOf(() => [section("s", "S", { requires: [look("c"), checklist("d", "D", ["x"])] }, [look("e")])], {
    requires: [look("a"), look("b")],
  });
  assert.equal(numbersOf(plan), ["0.1 a", "0.2 b", "1.1 c", "1.2 d", "1.3 e"]);
});

numbering("has no level for a when, a group, a within and words", () => {
  const plan = planOf(
    (p) => [
      note("Look first."),
      when(p.quick, [look("a")]),
      group("Two", [look("b"), look("c")]),
      within({ cwd: "x" }, [look("d"), when(p.quick, [look("e")])]),
      look("f"),
    ],
    { params: { quick: param.boolean({ default: false }) } },
  );
  assert.equal(numbersOf(plan), ["1 a", "2 b", "3 c", "4 d", "5 e", "6 f"]);
  const [, , two] = plan.body;
  assert.is(two?.block === "group" && two.range, "2–3");
});

numbering("has a level for an include, a parallel, a choice with its branches, and a repeat", () => {
  const inner = runbook({ id: "inner", title: "Inner", requires: [look("ready")] }, () => [
    look("one"),
    section("s", "S", [look("two")]),
  ]);
  const plan = planOf(
    (p) => [
      include("inner", inner),
      parallel("all", "All", [look("a"), look("b")]),
      choose("way", p.way, { left: [look("c"), look("d")], right: [section("e", "E", [look("f")])] }),
      repeat("again", "Again", { limit: 2 }, () => {
        const last = step("last", "Last", sh.read`ls`, { outputs: { left: output.integer() } });
        return { body: [look("g"), last], until: is(last.outputs.left, 0) };
      }),
      look("h"),
    ],
    { params: { way: param.oneOf(["left", "right"]) } },
  );
  assert.equal(numbersOf(plan), [
    "1.1 inner/ready",
    "1.2 inner/one",
    "1.3.1 inner/two",
    "2.1 a",
    "2.2 b",
    "3a.1 c",
    "3a.2 d",
    "3b.1.1 f",
    "4.1 g",
    "4.2 last",
    "5 h",
  ]);
});

numbering("has letters after z for many branches", () => {
  const choices = Array.from({ length: 28 }, (_, index) => `c${index}`) as unknown as readonly [string, ...string[]];
  const plan = planOf(
    (p) => [
      choose(
        "way",
        p.way as never,
        Object.fromEntries(choices.map((choice) => [choice, [look(`in-${choice}`)]])) as never,
      ),
    ],
    { params: { way: param.oneOf(choices) } },
  );
  assert.equal(numbersOf(plan).slice(25), ["1z.1 in-c25", "1aa.1 in-c26", "1ab.1 in-c27"]);
});

numbering("stays when values skip a branch", () => {
  const body = (p: { quick: never }) => [when(p.quick, [section("s", "S", [look("a")])]), look("b")];
  const plans = [true, false].map((quick) =>
    planOf(body as never, { params: { quick: param.boolean() } as never, values: { quick } }),
  );
  assert.equal(plans.map(numbersOf), [
    ["1.1 a", "2 b"],
    ["1.1 a", "2 b"],
  ]);
  assert.equal(
    plans.map((plan) => stepsOf(plan).map(({ skipped }) => skipped)),
    [
      [undefined, undefined],
      ["quick is no", undefined],
    ],
  );
});

numbering("of an answer to a failure is its owner's, with an f", () => {
  const plan = planOf(
    () => [
      section("s", "S", { onFailure: [look("after-section")] }, [
        step("a", "A", sh.read`ls`, { onFailure: [look("after-a"), look("then")] }),
      ]),
    ],
    { onFailure: [look("after-all")] },
  );
  const answers = responsesOf(plan).map(({ owner, response }) => [
    owner,
    ...(response.kind === "blocks" ? stepsIn(response.body).map(({ id, number }) => `${number} ${id}`) : []),
  ]);
  assert.equal(answers, [
    ["runbook", "F.1 after-all"],
    ["s", "1f.1 after-section"],
    ["a", "1.1f.1 after-a", "1.1f.2 then"],
  ]);
  assert.equal(numbersOf(plan), ["1.1 a"]);
  assert.equal(guardsOf(plan), []);
});

numbering("prefixes the ids of what is included, as deep as it is", () => {
  const inmost = runbook({ id: "inmost", title: "Inmost" }, () => [look("a")]);
  const inner = runbook({ id: "inner", title: "Inner", onFailure: rollback }, () => [
    include("deep", inmost),
    look("b"),
  ]);
  const plan = planOf(() => [include("one", inner), include("two", inner)]);
  assert.equal(numbersOf(plan), ["1.1.1 one/deep/a", "1.2 one/b", "2.1.1 two/deep/a", "2.2 two/b"]);
});

numbering("says how sections are called", () => {
  assert.is(planOf(() => [look("a")], { sections: "Phase" }).sectionWord, "Phase");
});

numbering.run();
