import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  above,
  all,
  any,
  type Block,
  below,
  type Condition,
  choose,
  compile,
  include,
  is,
  not,
  orElse,
  output,
  param,
  runbook,
  sh,
  step,
  stepsOf,
  when,
} from "../../../dsl/index.ts";
import { evaluateCondition, type Scope } from "../../../dsl/plan/resolve-operand.ts";
import { planOf, stepOf } from "../../support/compiled.ts";

const params = {
  schemaChanged: param.boolean({ phrase: "the schema changes" }),
  dryRun: param.boolean(),
  way: param.oneOf(["left", "right"]),
  replicas: param.integer(),
};
type Refs = Parameters<Parameters<typeof runbook<typeof params>>[1]>[0];
const look = (id: string) => step(id, "Look", sh.read`ls`);
const conditions = suite("conditions");

const conditionOf = (make: (p: Refs) => Condition) => {
  const [block] = planOf((p) => [when(make(p), [look("a")])], { params }).body;
  if (block?.block !== "when") throw new Error("no when");
  return block.condition;
};

const words: readonly (readonly [string, (p: Refs) => Condition])[] = [
  ["the schema changes", (p) => p.schemaChanged],
  ["it is not so that the schema changes", (p) => not(p.schemaChanged)],
  ["it is not so that the schema changes", (p) => is(p.schemaChanged, false)],
  ["the schema changes", (p) => not(not(p.schemaChanged))],
  ["`dry-run` is yes", (p) => p.dryRun],
  ["`dry-run` is no", (p) => not(p.dryRun)],
  ["`way` is `left`", (p) => is(p.way, "left")],
  ["`way` is not `left`", (p) => not(is(p.way, "left"))],
  ["`replicas` is above 3", (p) => above(p.replicas, 3)],
  ["`replicas` is not below 3", (p) => not(below(p.replicas, 3))],
  ["the schema changes and `dry-run` is no", (p) => all(p.schemaChanged, not(p.dryRun))],
  ["the schema changes or `way` is `left`", (p) => any(p.schemaChanged, is(p.way, "left"))],
  [
    "(the schema changes or `dry-run` is yes) and `way` is `left`",
    (p) => all(any(p.schemaChanged, p.dryRun), is(p.way, "left")),
  ],
  [
    "the schema changes and `dry-run` is yes and `way` is `left`",
    (p) => all(all(p.schemaChanged, p.dryRun), is(p.way, "left")),
  ],
  ["it is not so that the schema changes and `dry-run` is yes", (p) => not(all(p.schemaChanged, p.dryRun))],
  [
    "(it is not so that the schema changes and `dry-run` is yes) or `way` is `left`",
    (p) => any(not(all(p.schemaChanged, p.dryRun)), is(p.way, "left")),
  ],
];

for (const [said, make] of words) conditions(`say: ${said}`, () => assert.is(conditionOf(make).words, said));

conditions("of an included runbook say its parameters by name, whether a value is given or a ref", () => {
  const inner = runbook({ id: "inner", title: "Inner", params }, (p) => [
    when(p.schemaChanged, [look("a")]),
    when(p.dryRun, [look("b")]),
    choose("way", p.way, { left: [look("c")], right: [look("d")] }),
  ]);
  const plan = planOf(
    (p) => [include("inner", inner, { schemaChanged: p.changed, dryRun: false, way: "left", replicas: 3 })],
    { params: { changed: param.boolean({ phrase: "it changed" }) } },
  );
  const said = stepsOf(plan).map((own) => own.conditions.map((condition) => condition.words).join());
  assert.equal(said, ["it changed", "`dry-run` is yes", "`way` is `left`", "`way` is `right`"]);
  assert.equal(
    stepsOf(plan).map(({ skipped }) => skipped !== undefined),
    [false, true, false, true],
  );
});

conditions("tell for every parameter which steps it decides", () => {
  const plan = planOf(
    (p) => [
      when(p.schemaChanged, [look("a"), when(not(p.dryRun), [look("b")])]),
      choose("way", p.way, { left: [look("c")], right: [look("d")] }),
      look("e"),
    ],
    { params },
  );
  assert.equal(Object.fromEntries(plan.parameters.map(({ name, decides }) => [name, decides])), {
    schemaChanged: ["1", "2"],
    dryRun: ["2"],
    way: ["3a.1", "3b.1"],
    replicas: [],
  });
});

conditions("skip what is certain not to run, and nothing that is not known yet", () => {
  const body = (p: Refs): readonly Block[] => {
    const find = step("find", "Find", sh.read`find`, { outputs: { count: output.integer() } });
    return [
      find,
      when(all(p.dryRun, above(find.outputs.count, 1)), [look("both")]),
      when(any(p.dryRun, above(find.outputs.count, 1)), [look("one")]),
    ];
  };
  const skipped = (dryRun?: boolean) => {
    const plan = planOf(body, { params, ...(dryRun === undefined ? {} : { values: { dryRun } }) });
    return ["both", "one"].map((id) => stepOf(plan, id).skipped !== undefined);
  };
  assert.equal(skipped(), [false, false]);
  assert.equal(skipped(true), [false, false]);
  assert.equal(skipped(false), [true, false]);
});

conditions("are decided by what is known, and not before", () => {
  const plan = planOf(
    (p) => {
      const found = when(p.dryRun, () => {
        const find = step("find", "Find", sh.read`find`, { outputs: { name: output.text() } });
        return { body: [find], outputs: { name: find.outputs.name } };
      });
      return [found, when(is(orElse(found.outputs.name, "none"), "none"), [look("a")])];
    },
    { params },
  );
  const [condition] = stepOf(plan, "a").conditions;
  assert.ok(condition);
  const scope = (known: Partial<Scope>): Scope => ({
    param: () => undefined,
    output: () => undefined,
    absent: () => false,
    ...known,
  });
  assert.is(evaluateCondition(condition, scope({})), undefined);
  assert.is(evaluateCondition(condition, scope({ output: () => "pod" })), false);
  assert.is(evaluateCondition(condition, scope({ absent: (id) => id === "find" })), true);
});

conditions("need at least one to be joined", () => {
  assert.throws(() => all(), /all\(\) without a condition/);
  assert.throws(() => any(), /any\(\) without a condition/);
  assert.type(compile, "function");
});

conditions.run();
