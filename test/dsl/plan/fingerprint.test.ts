import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  above,
  background,
  checklist,
  compile,
  gate,
  guard,
  is,
  jsonNumber,
  measurement,
  minutes,
  notNeeded,
  onlyNumber,
  output,
  type Plan,
  parallel,
  param,
  percent,
  rollback,
  runbook,
  type StepOptions,
  seconds,
  section,
  sh,
  step,
  stepsOf,
  text,
  undoBy,
  wait,
  when,
  within,
} from "../../../dsl/index.ts";
import { createRunbook } from "../../support/runbook-arbitrary.ts";
import { runbookSpec } from "../../support/runbook-spec.ts";

type Options = StepOptions<Record<string, ReturnType<typeof output.text>>>;

const fingerprints = suite("fingerprints");

/** Of a step between two others. */
function planWith(options: Options, action = sh`deploy`, title = "Deploy"): Plan {
  return planOf(() => [
    step("before", "Before", sh.read`ls`),
    step("deploy", title, action, { undo: notNeeded("a test"), ...options } as Options),
    step("after", "After", sh.read`ls`),
  ]);
}

function planOf(body: Parameters<typeof runbook>[1]): Plan {
  const params = { quick: param.boolean({ default: true }), count: param.integer({ default: 3 }) };
  return compile(runbook({ id: "sample", title: "Sample", params }, body as never) as unknown as AnyRunbook);
}

const fingerprintOf = (plan: Plan, id = "deploy") =>
  stepsOf(plan).find((candidate) => candidate.id === id)?.fingerprint;

const base: Options = {
  outputs: { name: output.text() },
  expect: "done",
  env: { MODE: "fast" },
  cwd: "app",
  timeout: minutes(1),
  retry: { attempts: 2, every: seconds(1) },
  probe: sh.read`look`,
};

const changes: Readonly<Record<string, () => Plan>> = {
  "its command": () => planWith(base, sh`deploy --all`),
  "its effect": () => planWith({ ...base, undo: sh`bring back` }, sh.destructive`deploy` as never),
  "a value of its environment": () => planWith({ ...base, env: { MODE: "slow" } }),
  "a name of its environment": () => planWith({ ...base, env: { KIND: "fast" } }),
  "its folder": () => planWith({ ...base, cwd: "web" }),
  "how an output is read": () => planWith({ ...base, outputs: { name: output.regex(/a/) } }),
  "the name of an output": () => planWith({ ...base, outputs: { title: output.text() } }),
  "the schema of an output": () =>
    planWith({ ...base, outputs: { name: output.json({ properties: { words: { type: "string" } } }) } }),
  "a property of that schema": () =>
    planWith({ ...base, outputs: { name: output.json({ properties: { words: { type: "number" } } }) } }),
  "what is expected": () => planWith({ ...base, expect: "deployed" }),
  "what is expected, as a pattern": () => planWith({ ...base, expect: /done/ }),
  "the flags of the pattern": () => planWith({ ...base, expect: /done/i }),
  "its time-out": () => planWith({ ...base, timeout: minutes(2) }),
  "no time-out": () => planWith({ ...base, timeout: undefined } as never),
  "its retry": () => planWith({ ...base, retry: { attempts: 3, every: seconds(1) } }),
  "the pause of its retry": () => planWith({ ...base, retry: { attempts: 2, every: seconds(2) } }),
  "its probe": () => planWith({ ...base, probe: sh.read`look again` }),
  "what its probe must show": () => planWith({ ...base, probe: { action: sh.read`look`, expect: "there" } }),
  "its standard input": () => planWith({ ...base, stdin: "yes" }),
  "that it may be interrupted": () => planWith({ ...base, interruptible: true }),
  "what happens when it fails": () => planWith({ ...base, onFailure: rollback }),
};

for (const [what, changed] of Object.entries(changes)) {
  fingerprints(`change with ${what}, of that step alone`, () => {
    const [one, other] = [planWith(base), changed()];
    assert.is.not(fingerprintOf(one), fingerprintOf(other));
    for (const id of ["before", "after"]) assert.is(fingerprintOf(one, id), fingerprintOf(other, id));
    assert.is.not(one.runbookDigest, other.runbookDigest);
  });
}

fingerprints(
  "change with that the output is sensitive, and that a terminal is needed, of a step whose output nothing reads",
  () => {
    const { outputs: _outputs, expect: _expect, ...unread } = base;
    const plans = [planWith(unread), planWith({ ...unread, sensitive: true }), planWith({ ...unread, terminal: true })];
    assert.is(new Set(plans.map((plan) => fingerprintOf(plan))).size, plans.length);
    assert.is(new Set(plans.map((plan) => fingerprintOf(plan, "after"))).size, 1);
  },
);

fingerprints("of every change are different ones", () => {
  const all = Object.values(changes).map((changed) => fingerprintOf(changed()));
  assert.is(new Set(all).size, all.length);
});

fingerprints("do not change with words: title, undo, example, what it gives, what it corrects", () => {
  const reworded: Plan[] = [
    planWith(base, sh`deploy`, "Deploy it all"),
    planWith(base, sh`deploy`, text`Deploy ${3}` as never),
    planWith({ ...base, undo: undoBy("Go back", sh`back`) }),
    planWith({ ...base, outputs: { name: output.text({ example: "green", gives: "the name" }) } }),
    planWith({ ...base, added: true }),
  ];
  for (const plan of reworded) {
    assert.is(fingerprintOf(plan), fingerprintOf(planWith(base)));
    assert.is.not(plan.runbookDigest, planWith(base).runbookDigest);
  }
});

fingerprints("change with the condition, the folder and the variables around a step", () => {
  const look = () => step("deploy", "Look", sh.read`look`);
  const around = [
    () => [look()],
    (p: never) => [when((p as { quick: never }).quick, [look()])],
    (p: never) => [when(is((p as { quick: never }).quick, false as never), [look()])],
    (p: never) => [when(above((p as { count: never }).count, 3), [look()])],
    (p: never) => [when(above((p as { count: never }).count, 4), [look()])],
    () => [within({ cwd: "app" }, [look()])],
    () => [within({ env: { MODE: "fast" } }, [look()])],
    () => [section("all", "All", { cwd: "web" }, [look()])],
  ];
  const all = around.map((body) => fingerprintOf(planOf(body as never)));
  assert.is(new Set(all).size, all.length);
});

fingerprints("change with what a step of a parallel comes after", () => {
  const inOrder = (after: readonly string[]) =>
    planOf(() => [
      parallel("all", "All", [step("look", "Look", sh.read`a`), step("deploy", "B", sh.read`b`, { after })]),
    ]);
  assert.is.not(fingerprintOf(inOrder([])), fingerprintOf(inOrder(["look"])));
});

fingerprints("change with the length of a wait, and the items of a checklist", () => {
  const waits = [1, 2].map((count) => fingerprintOf(planOf(() => [wait("deploy", "Wait", minutes(count))])));
  assert.is.not(waits[0], waits[1]);
  const lists = ["a", "b"].map((item) => fingerprintOf(planOf(() => [checklist("deploy", "List", [item])])));
  assert.is.not(lists[0], lists[1]);
  const served = ["a", "b"].map((ready) =>
    fingerprintOf(planOf(() => [background("deploy", "B", sh.read`b`, { ready })])),
  );
  assert.is.not(served[0], served[1]);
});

/** Alerts on one measurement, asked and read in one way. */
function alertsOn({ title = "Rate", query = sh.read`rate`, reading = onlyNumber, bound = 1 } = {}) {
  return [measurement("rate", title, { measures: "errors", unit: "%", query, reading }).above(percent(bound))] as const;
}

fingerprints("of a gate and a guard change with the query, the reading and the bound, not with the title", () => {
  const gateWith = (given: Parameters<typeof alertsOn>[0]) =>
    fingerprintOf(planOf(() => [gate("deploy", "Gate", { failIf: alertsOn(given), hold: minutes(1) })]));
  const guardWith = (given: Parameters<typeof alertsOn>[0]) => {
    const plan = planOf(() => [
      guard("watch", "Watch", { alerts: alertsOn(given), onTrip: rollback }),
      step("deploy", "Deploy", sh`deploy`, { undo: notNeeded("a test"), timeout: minutes(1) }),
    ]);
    const [first] = plan.body;
    return first?.block === "guard" ? first.fingerprint : undefined;
  };
  for (const of of [gateWith, guardWith]) {
    const all = [{}, { query: sh.read`rate --all` }, { reading: jsonNumber("/rate") }, { bound: 2 }].map(of);
    assert.is(new Set(all).size, all.length);
    assert.is(of({}), of({ title: "Error rate" }));
  }
});

fingerprints("of generated runbooks stay when everything is said in other words, and the digest does not", () => {
  fc.assert(
    fc.property(runbookSpec, (spec) => {
      const [one, other] = [compile(createRunbook(spec)), compile(createRunbook(spec, { reword: true }))];
      const all = (plan: Plan) => stepsOf(plan).map(({ id, number, fingerprint }) => [id, number, fingerprint]);
      assert.equal(all(one), all(other));
      assert.is.not(one.runbookDigest, other.runbookDigest);
    }),
    { numRuns: 60 },
  );
});

fingerprints.run();
