import { compile, type Plan, stepsOf } from "lockstep";
import * as shipped from "lockstep/runbooks/rlhf-audit-trail";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runbooks, valueSets } from "./shipped-runbooks.ts";

const every = suite("shipped runbooks");

const twice = (values: readonly string[]): string[] => values.filter((value, index) => values.indexOf(value) !== index);

every("are all of the procedures of the document", () => {
  assert.equal(runbooks.map(({ id }) => id).sort(), [
    "application-rollback",
    "data-migration",
    "database-rollback",
    "deployment-checklist",
    "development-deploy",
    "emergency-deployment-failure",
    "emergency-security-incident",
    "local-development-setup",
    "monitoring",
    "post-deployment-tasks",
    "pre-deployment",
    "production-blue-green",
    "production-gates",
    "production-rolling",
    "production-verification",
    "schema-migration",
    "staging-deployment",
    "staging-validation",
    "staging-verification",
    "troubleshooting-database",
    "troubleshooting-pod",
    "troubleshooting-service",
  ]);
});

every("have ids and titles that differ, and a summary", () => {
  assert.equal(twice(runbooks.map(({ id }) => id)), []);
  assert.equal(twice(runbooks.map(({ title }) => title)), []);
  assert.equal(
    runbooks.filter(({ summary = "" }) => !summary.endsWith(".")).map(({ id }) => id),
    [],
  );
});

every("lead on to runbooks that exist", () => {
  const ids = runbooks.map(({ id }) => id);
  const wrong = runbooks.flatMap(({ id, next }) =>
    next.filter((other) => !ids.includes(other)).map((other) => `${id}: ${other}`),
  );
  assert.equal(wrong, []);
});

for (const runbook of runbooks) {
  every(`compile: ${runbook.id}`, () => {
    const environments = [undefined, ...runbook.environments.map(({ id }) => id)];
    const plans = environments.flatMap((environment) =>
      valueSets(runbook).map((values) =>
        compile(runbook, environment === undefined ? { values } : { values, environment }),
      ),
    );
    for (const plan of plans) {
      assert.equal(twice(stepsOf(plan).map(({ id }) => id)), []);
      assert.equal(twice(stepsOf(plan).map(({ number }) => number)), []);
    }
    assert.is(new Set(plans.map(({ runbookDigest }) => runbookDigest)).size, 1, "values do not change the runbook");
  });
}

const blueGreen = suite("production-blue-green");

const numbersOf = (plan: Plan): string[] => stepsOf(plan).map(({ number }) => number);
const stepOf = (plan: Plan, id: string) => {
  const step = stepsOf(plan).find((candidate) => candidate.id === id);
  if (step === undefined) throw new Error(`${plan.id} has no step ${id}`);
  return step;
};

blueGreen("keeps its numbers whether the schema changes or not", () => {
  const changed = compile(shipped.productionBlueGreen, { values: { schemaChanged: true } });
  const same = compile(shipped.productionBlueGreen, { values: { schemaChanged: false } });
  assert.equal(numbersOf(changed), numbersOf(same));
  assert.is(stepOf(changed, "green-database").skipped, undefined);
  assert.type(stepOf(same, "green-database").skipped, "string");
});

blueGreen("watches the thresholds from the switch until the metrics are verified", () => {
  const plan = compile(shipped.productionBlueGreen);
  const watched = stepsOf(plan)
    .filter(({ guards }) => guards.length > 0)
    .map(({ number }) => number);
  assert.equal(watched, ["3.2", "3.3", "3.4", "4.1", "4.2"]);
});

blueGreen("switches back by the patch of the switch, with blue in it", () => {
  const { command, undo } = stepOf(compile(shipped.productionBlueGreen), "to-green");
  assert.is(undo.kind, "actions");
  if (undo.kind !== "actions") return;
  assert.is(undo.actions[0]?.command.text, command?.text.replace("rlhf-audit-trail-green", "rlhf-audit-trail-blue"));
  assert.ok(undo.idempotent);
});

blueGreen("measures in the namespace that it deploys to", () => {
  const { measurements } = compile(shipped.productionBlueGreen, { values: { namespace: "elsewhere" } });
  const cpu = measurements.find(({ id }) => id === "cpu-usage");
  assert.match(cpu?.query.text ?? "", 'container_cpu_usage_seconds_total{namespace="elsewhere"}');
});

const thresholds = suite("thresholds");

thresholds("are the same in the guards and in the gates", () => {
  const alertsOf = (plan: Plan): string => JSON.stringify(plan).match(/"alerts":(\[.*?\])/)?.[1] ?? "";
  const blue = alertsOf(compile(shipped.productionBlueGreen));
  assert.is(alertsOf(compile(shipped.productionRolling)), blue);
  const gates = stepsOf(compile(shipped.monitoring)).flatMap(({ action }) =>
    action.kind === "gate" ? action.failIf : [],
  );
  assert.equal(gates, JSON.parse(blue));
  assert.is(gates.length, 5);
});

every.run();
blueGreen.run();
thresholds.run();
