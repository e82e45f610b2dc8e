import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type InterfaceDeclaration, Project } from "ts-morph";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { everyPlan, helloPlan } from "../../renderers/sample-plans.ts";

const file = (path: string): string => fileURLToPath(new URL(`../../../dsl/${path}`, import.meta.url));
const document = JSON.parse(readFileSync(file("schema/plan.schema.json"), "utf8")) as SchemaObject & {
  readonly $defs: Readonly<Record<string, SchemaObject>>;
};
const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(document);

interface SchemaObject {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
}

const schema = suite("plan schema");

for (const plan of [helloPlan, everyPlan]) {
  schema(`takes the plan of ${plan.id}`, () => {
    assert.ok(validate(JSON.parse(JSON.stringify(plan))), JSON.stringify(validate.errors?.slice(0, 3)));
  });
}

schema("refuses a plan with a property too many or too few, wherever it is", () => {
  const plan = JSON.parse(JSON.stringify(helloPlan));
  const { digest: _digest, ...without } = plan;
  const [first] = plan.body;
  const { fingerprint: _fingerprint, ...stepWithout } = first;
  for (const wrong of [
    { ...plan, extra: 1 },
    without,
    { ...plan, body: [{ ...first, extra: 1 }] },
    { ...plan, body: [stepWithout] },
    { ...plan, body: [{ ...first, effect: "maybe" }] },
    { ...plan, format: 2 },
  ])
    assert.not.ok(validate(wrong));
});

schema("has exactly the properties of the types, required as they are", () => {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  const sources = ["plan/plan", "plan/plan-blocks", "plan/plan-step", "policy/policy"].map((name) =>
    project.addSourceFileAtPath(file(`${name}.ts`)),
  );
  const interfaces = sources
    .flatMap((source) => source.getInterfaces())
    .filter((declaration) => declaration.getName() !== "Plan");
  assert.ok(interfaces.length >= 20);
  const different = [
    ...interfaces.map((declaration) => differences(declaration, document.$defs[declaration.getName()])),
    differences(project.getSourceFileOrThrow("plan.ts").getInterfaceOrThrow("Plan"), document),
  ];
  assert.equal(different.flat(), []);
});

/** A generic type that the schema writes under the name of what it is made for is compared by its own file. */
function differences(declaration: InterfaceDeclaration, found: SchemaObject | undefined): string[] {
  const name = declaration.getName();
  if (found === undefined) return [`${name} is missing`];
  const properties = declaration.getProperties().map((property) => property.getName());
  const required = declaration
    .getProperties()
    .filter((property) => !property.hasQuestionToken())
    .map((property) => property.getName());
  const wrong: string[] = [];
  if (!equal(properties, Object.keys(found.properties ?? {})))
    wrong.push(`${name} has ${properties}, not ${Object.keys(found.properties ?? {})}`);
  if (!equal(required, found.required ?? [])) wrong.push(`${name} requires ${required}, not ${found.required}`);
  if (found.additionalProperties !== false) wrong.push(`${name} takes more than it has`);
  return wrong;
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}

schema.run();
