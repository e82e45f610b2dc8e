import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type AnyRunbook, compile, type Plan, type PlanCommand, type PlanText, stepsOf } from "../../../dsl/index.ts";
import { planScope, renderPlanCommand, renderPlanText } from "../../../dsl/plan/resolve-operand.ts";
import { createRunbook } from "../../support/runbook-arbitrary.ts";
import { runbookSpec, sampleValues } from "../../support/runbook-spec.ts";

const schema = fileURLToPath(new URL("../../../dsl/schema/plan.schema.json", import.meta.url));
const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(schema, "utf8")));
const laws = suite("laws of the plan");

/** Holds for generated runbooks and values. */
function law(name: string, holds: (source: AnyRunbook, values: Readonly<Record<string, unknown>>) => void): void {
  laws(name, () => {
    fc.assert(
      fc.property(runbookSpec, sampleValues, (spec, values) => holds(createRunbook(spec), values)),
      { numRuns: 60 },
    );
  });
}

/** Everything in the plan with this property, wherever it stands. */
function collect<T>(plan: Plan, property: string): readonly T[] {
  const found: T[] = [];
  JSON.stringify(plan, (_key, value: unknown) => {
    if (typeof value === "object" && value !== null && property in value) found.push(value as T);
    return value;
  });
  return found;
}

const twice = (values: readonly string[]): string[] => values.filter((value, index) => values.indexOf(value) !== index);

law("a runbook compiles to the same plan every time", (source, values) => {
  assert.is(JSON.stringify(compile(source, { values })), JSON.stringify(compile(source, { values })));
});

law("compiling changes nothing of the runbook", (source, values) => {
  const before = shapeOf(source);
  compile(source, { values });
  assert.equal(shapeOf(source), before);
});

law("a plan is plain JSON, as its schema says", (source, values) => {
  const plan = compile(source, { values });
  const read: unknown = JSON.parse(JSON.stringify(plan));
  assert.equal(read, plan);
  assert.ok(validate(read), JSON.stringify(validate.errors?.slice(0, 3)));
});

law("ids and numbers are unique", (source, values) => {
  const plan = compile(source, { values });
  assert.equal(twice([...collect<{ id: string }>(plan, "fingerprint"), ...plan.measurements].map(({ id }) => id)), []);
  const numbered = collect<{ number: string; block?: string }>(plan, "number").filter(
    ({ block }) => block !== undefined,
  );
  assert.equal(twice(numbered.map(({ number }) => number)), []);
});

law("values move no number, and change no fingerprint and no runbook digest", (source, values) => {
  const [one, other] = [compile(source), compile(source, { values })];
  const fixed = ({ id, number, fingerprint }: { id: string; number?: string; fingerprint: string }) => [
    id,
    number,
    fingerprint,
  ];
  assert.equal(collect<never>(one, "fingerprint").map(fixed), collect<never>(other, "fingerprint").map(fixed));
  assert.is(one.runbookDigest, other.runbookDigest);
});

law("the digest is the same for the same values, and only for them", (source, values) => {
  const digest = (given: Readonly<Record<string, unknown>>) => compile(source, { values: given }).digest;
  assert.is(digest(values), digest({ ...values }));
  assert.is.not(digest(values), digest({ ...values, count: Number(values["count"]) + 1 }));
  assert.is.not(digest(values), digest({ ...values, quick: !values["quick"] }));
});

law("values decide what is skipped, and nothing else of a step but its text", (source, values) => {
  const skippedOf = (plan: Plan) => stepsOf(plan).map(({ skipped }) => skipped !== undefined);
  const [one, other] = [true, false].map((quick) => compile(source, { values: { ...values, quick } })) as [Plan, Plan];
  for (const [index, step] of stepsOf(one).entries()) {
    const decided = step.conditions.some((condition) => JSON.stringify(condition).includes('"param":"quick"'));
    if (!decided) assert.is(skippedOf(one)[index], skippedOf(other)[index], step.id);
  }
});

law("a text is its template with the values that are known", (source, values) => {
  const plan = compile(source, { values });
  const scope = planScope(plan);
  for (const command of collect<PlanCommand>(plan, "template"))
    assert.is(command.text, renderPlanCommand(command, scope));
  for (const text of collect<PlanText>(plan, "parts"))
    if ("text" in text) assert.is(text.text, renderPlanText(text, scope));
});

law("whatever a step uses is of a step before it, or of its own", (source, values) => {
  const order = new Map(stepsOf(compile(source, { values })).map(({ id }, index) => [id, index]));
  for (const step of stepsOf(compile(source, { values }))) {
    JSON.stringify(step, (_key, value: unknown) => {
      if (typeof value === "object" && value !== null && "step" in value && "output" in value)
        assert.ok(
          (order.get(String(value.step)) ?? -1) <= (order.get(step.id) ?? -1),
          `${step.id} uses ${String(value.step)}`,
        );
      return value;
    });
  }
});

law("a guard covers what stands from its first write to its end, and says so on each step", (source, values) => {
  const plan = compile(source, { values });
  const steps = stepsOf(plan);
  for (const guard of collect<{ id: string; covers: readonly string[]; from: { id: string }; until: { id: string } }>(
    plan,
    "covers",
  )) {
    const [first, last] = [guard.covers[0], guard.covers.at(-1)];
    assert.equal([first, last], [guard.from.id, guard.until.id]);
    assert.is.not(steps.find(({ id }) => id === first)?.effect, "read");
    assert.equal(
      steps.filter(({ guards }) => guards.includes(guard.id)).map(({ id }) => id),
      guard.covers,
    );
  }
});

law("every write says how it is undone", (source, values) => {
  for (const { id, effect, undo } of stepsOf(compile(source, { values }))) {
    if (effect !== "read") assert.is.not(undo.kind, "none", id);
    if (effect === "destructive") assert.is.not(undo.kind, "not-needed", id);
  }
});

/** The declared part; the body is a function. */
function shapeOf(source: AnyRunbook): string {
  return JSON.stringify(source, (key, value: unknown) => (key === "at" ? undefined : value));
}

laws.run();
