import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  approval,
  guard,
  include,
  manual,
  measurement,
  minutes,
  notNeeded,
  onlyNumber,
  output,
  parallel,
  param,
  percent,
  rollback,
  runbook,
  section,
  sh,
  step,
  stop,
  undoBy,
  wait,
  when,
} from "../../../dsl/index.ts";
import { guardsOf, stepsIn } from "../../../dsl/plan/walk-plan.ts";
import { planOf, stepOf } from "../../support/compiled.ts";

const rate = measurement("rate", "Rate", { measures: "errors", unit: "%", query: sh.read`rate`, reading: onlyNumber });
const alerts = [rate.above(percent(1))] as const;
const look = (id: string) => step(id, "Look", sh.read`ls`);
const write = (id: string) => step(id, "Write", sh`touch ${id}`, { undo: sh`rm ${id}`, timeout: minutes(1) });
const watch = (until?: string, id = "watch") =>
  guard(id, "Watch", { alerts, onTrip: rollback, ...(until === undefined ? {} : { until }) });
const ranges = suite("guard ranges");

const rangeOf = (plan: ReturnType<typeof planOf>, id = "watch") => {
  const found = guardsOf(plan).find((candidate) => candidate.id === id);
  return { from: found?.from?.number, until: found?.until?.number, covers: found?.covers.join(" ") };
};

ranges("begin at the first write after the guard, and end after the step that it names, across sections", () => {
  const plan = planOf(() => [
    section("s", "S", [write("before"), watch("check"), look("a"), write("b"), wait("c", "Wait", minutes(1))]),
    section("t", "T", [approval("go", "Go", { by: ["boss"] }), look("check"), write("after")]),
  ]);
  assert.equal(rangeOf(plan), { from: "1.3", until: "2.2", covers: "b c go check" });
  assert.equal(
    ["before", "a", "b", "check", "after"].map((id) => stepOf(plan, id).guards.join()),
    ["", "", "watch", "watch", ""],
  );
});

ranges("without an end reach to the end of the runbook", () => {
  const plan = planOf(() => [watch(), write("a"), section("s", "S", [look("b")])]);
  assert.equal(rangeOf(plan), { from: "1", until: undefined, covers: "a b" });
});

ranges("may overlap, and each step knows all of its guards", () => {
  const plan = planOf(() => [watch("b", "one"), write("a"), watch("c", "two"), write("b"), write("c")]);
  assert.equal([rangeOf(plan, "one").covers, rangeOf(plan, "two").covers], ["a b", "b c"]);
  assert.equal(stepOf(plan, "b").guards, ["one", "two"]);
});

ranges("reach through includes, parallels and conditions", () => {
  const inner = runbook({ id: "inner", title: "Inner" }, () => [write("x"), look("y")]);
  const plan = planOf(
    (p) => [
      when(p.quick, [watch("d")]),
      include("inner", inner),
      parallel("all", "All", [write("b"), look("c")]),
      when(p.quick, [look("d")]),
      write("e"),
    ],
    { params: { quick: param.boolean() } },
  );
  assert.equal(rangeOf(plan).covers, "inner/x inner/y b c d");
});

ranges("of an included guard name the steps of its own runbook", () => {
  const inner = runbook({ id: "inner", title: "Inner" }, () => [watch("x"), write("x"), write("y")]);
  const plan = planOf(() => [write("x"), include("one", inner)]);
  assert.equal(rangeOf(plan, "one/watch"), { from: "2.1", until: "2.1", covers: "one/x" });
});

ranges("hold what people do to the world without a time-out, and what needs no undo", () => {
  const plan = planOf(() => [
    watch(),
    manual("by-hand", "Do it", { effect: "write", undo: notNeeded("a test") }),
    step("b", "B", sh`touch b`, { undo: undoBy("Back", sh`rm b`), timeout: minutes(1) }),
  ]);
  assert.is(rangeOf(plan).covers, "by-hand b");
});

ranges("leave out the steps of answers, and take those of a trip for the guard's", () => {
  const plan = planOf(() => [
    guard("watch", "Watch", { alerts, onTrip: [look("look-why")] }),
    step("a", "A", sh`touch a`, { undo: sh`rm a`, timeout: minutes(1), onFailure: [look("b")] }),
  ]);
  assert.is(rangeOf(plan).covers, "a");
  const [first] = guardsOf(plan);
  assert.ok(first?.onTrip.kind === "blocks");
  assert.equal(
    stepsIn(first.onTrip.body).map(({ number, guards }) => [number, guards]),
    [["watch.1", []]],
  );
});

ranges("say what happens: stop, rollback, everything back", () => {
  const kinds = [stop, rollback, rollback.all].map((onTrip) => {
    const [first] = guardsOf(planOf(() => [guard("watch", "Watch", { alerts, onTrip }), write("a")]));
    return first?.onTrip.kind;
  });
  assert.equal(kinds, ["stop", "rollback", "rollback-all"]);
});

const needs = suite("parallel");

needs("needs what it says and what it uses, and nothing else", () => {
  const plan = planOf(() => {
    const outside = step("outside", "Look", sh.read`ls`, { outputs: { name: output.text() } });
    const inside = step("a", "A", sh.read`ls ${outside.outputs.name}`, { outputs: { name: output.text() } });
    return [
      outside,
      parallel("all", "All", [
        inside,
        look("b"),
        step("c", "C", sh.read`ls`, { after: ["b"] }),
        step("d", "D", sh.read`ls ${inside.outputs.name}`, { after: ["b"] }),
        step("e", "E", sh.read`ls`, { env: { NAME: inside.outputs.name } }),
      ]),
    ];
  });
  const needed = ["a", "b", "c", "d", "e"].map((id) => stepOf(plan, id).needs.join());
  assert.equal(needed, ["", "", "b", "b,a", "a"]);
});

ranges.run();
needs.run();
