import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  compile,
  environment,
  hours,
  minutes,
  type ParamDeclaration,
  param,
  requireParameters,
  runbook,
  seconds,
  sh,
  step,
} from "../../../dsl/index.ts";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { errorOf } from "../../support/lockstep-errors.ts";

const declared: Readonly<Record<string, ParamDeclaration>> = {
  version: param.string({ pattern: "^v\\d+$", example: "v12" }),
  name: param.string(),
  replicas: param.integer({ min: 1, max: 9 }),
  share: param.number({ min: 0 }),
  schemaChanged: param.boolean(),
  way: param.oneOf(["rolling", "recreate"]),
  patience: param.duration(),
  token: param.secret(),
};
const source = sampleOf(declared);
const parameters = suite("parameters");

function sampleOf(params: object, rest: object = {}): AnyRunbook {
  return runbook({ id: "sample", title: "Sample", params: params as never, ...rest }, () => [
    step("a", "A", sh.read`ls`),
  ]) as unknown as AnyRunbook;
}

const parsedAs = (name: string, raw: unknown) =>
  compile(source, { values: { [name]: raw } }).parameters.find((candidate) => candidate.name === name)?.value;

const read: readonly (readonly [string, unknown, unknown])[] = [
  ["version", "v12", "v12"],
  ["name", "", ""],
  ["name", "a'b\n$(c)", "a'b\n$(c)"],
  ["replicas", "3", 3],
  ["replicas", " 3 ", 3],
  ["replicas", 9, 9],
  ["share", "0.5", 0.5],
  ["share", ".5", 0.5],
  ["share", "1e3", 1000],
  ["schemaChanged", "yes", true],
  ["schemaChanged", "TRUE", true],
  ["schemaChanged", "off", false],
  ["schemaChanged", "No", false],
  ["schemaChanged", true, true],
  ["way", "rolling", "rolling"],
  ["patience", "90s", 90],
  ["patience", "10m", 600],
  ["patience", "1h30m", 5400],
  ["patience", "1h 5s", 3605],
  ["patience", "0s", 0],
  ["patience", 30, 30],
  ["patience", minutes(2), 120],
];
for (const [name, raw, value] of read)
  parameters(`${name} reads ${JSON.stringify(raw)} as ${JSON.stringify(value)}`, () =>
    assert.is(parsedAs(name, raw), value),
  );

const refused: readonly (readonly [string, unknown, string, string?])[] = [
  ["version", "12", 'version must match ^v\\d+$, not "12"', "Such as v12"],
  ["version", "v1\n", 'version must match ^v\\d+$, not "v1\\n"', "Such as v12"],
  ["version", "xv1", 'version must match ^v\\d+$, not "xv1"', "Such as v12"],
  ["version", 12, "version must be text, not 12"],
  ["name", "a\0b", 'name must not hold a NUL character, not "a\\u0000b"'],
  ["replicas", "3.5", 'replicas must be a whole number, not "3.5"'],
  ["replicas", "", 'replicas must be a whole number, not ""'],
  ["replicas", "three", 'replicas must be a whole number, not "three"'],
  ["replicas", "0x10", 'replicas must be a whole number, not "0x10"'],
  ["replicas", "9007199254740993", 'replicas must be a whole number, not "9007199254740993"'],
  ["replicas", "0", 'replicas must be at least 1, not "0"'],
  ["replicas", "10", 'replicas must be at most 9, not "10"'],
  ["share", "Infinity", 'share must be a number, not "Infinity"'],
  ["share", Number.NaN, "share must be a number, not NaN"],
  ["share", "-1", 'share must be at least 0, not "-1"'],
  ["schemaChanged", "maybe", 'schema-changed must be yes or no, not "maybe"'],
  ["schemaChanged", "1", 'schema-changed must be yes or no, not "1"'],
  ["way", "roling", 'way must be one of rolling, recreate, not "roling"', "Did you mean rolling?"],
  ["way", "blue", 'way must be one of rolling, recreate, not "blue"'],
  ["patience", "10", 'patience must be a length of time, not "10"', "Such as 90s, 10m or 1h30m"],
  ["patience", "5x", 'patience must be a length of time, not "5x"', "Such as 90s, 10m or 1h30m"],
  ["patience", "-5m", 'patience must be a length of time, not "-5m"', "Such as 90s, 10m or 1h30m"],
  ["patience", "30m1h", 'patience must be a length of time, not "30m1h"', "Such as 90s, 10m or 1h30m"],
  ["patience", { seconds: -1 }, 'patience must be a length of time, not {"seconds":-1}', "Such as 90s, 10m or 1h30m"],
  [
    "patience",
    Number.POSITIVE_INFINITY,
    "patience must be a length of time, not Infinity",
    "Such as 90s, 10m or 1h30m",
  ],
  [
    "token",
    "hunter2",
    "token is a secret and is never given as a value",
    "Set the environment variable, file or command that the runbook names",
  ],
];
for (const [name, raw, message, hint] of refused)
  parameters(`${name} refuses ${JSON.stringify(raw)}`, () => {
    const error = errorOf(() => parsedAs(name, raw));
    assert.equal([error.code, error.message, error.hint], ["bad-parameter", message, hint]);
    assert.is(error.exitCode, 2);
  });

parameters("may be given as they are written or as they are typed", () => {
  for (const name of ["schemaChanged", "schema-changed"]) {
    const plan = compile(source, { values: { [name]: "yes" } });
    const found = plan.parameters.find(({ flag }) => flag === "schema-changed");
    assert.equal([found?.name, found?.value, found?.from], ["schemaChanged", true, "given"]);
  }
});

parameters("that do not exist are refused, with the nearest name or all of them", () => {
  const near = errorOf(() => compile(source, { values: { versoin: "v1" } }));
  assert.equal(
    [near.code, near.message, near.hint],
    ["unknown-parameter", "sample has no parameter versoin", "Did you mean version?"],
  );
  const far = errorOf(() => compile(source, { values: { zzzzzzzz: "v1" } }));
  assert.is(far.hint, "It takes version, name, replicas, share, schema-changed, way, patience, token");
  assert.is(errorOf(() => compile(sampleOf({}), { values: { a: 1 } })).hint, "It takes none");
  for (const name of ["__proto__", "constructor", "toString"])
    assert.is(errorOf(() => compile(source, { values: JSON.parse(`{"${name}": "1"}`) })).code, "unknown-parameter");
});

parameters("that are missing are named, with what to add", () => {
  const needed = errorOf(() =>
    compile(sampleOf({ version: param.string({ example: "v1" }) }), { allowMissing: false }),
  );
  assert.equal(
    [needed.code, needed.message, needed.hint],
    ["missing-parameter", "sample needs version", "Add -p version=..., such as v1"],
  );
  const several = errorOf(() => requireParameters(compile(source)));
  assert.match(several.message, /^sample needs version, name, replicas/);
  assert.not.match(several.message, "token");
  requireParameters(compile(sampleOf({ token: param.secret() })));
});

const order = suite("values");
const staging = environment("staging", "Staging", { values: { replicas: 2, namespace: "stage", other: 1 } });
const layered = sampleOf(
  {
    replicas: param.integer({ default: 1 }),
    namespace: param.string(),
    patience: param.duration({ default: hours(1) }),
  },
  {
    environments: [
      staging,
      environment("production", "Production", { values: { replicas: 3 }, facts: { Owner: "ops" } }),
    ],
  },
);
const valuesOf = (options: object) =>
  Object.fromEntries(compile(layered, options).parameters.map(({ name, value, from }) => [name, [value, from]]));

order("are the default, then the environment's, then what is given; the later wins", () => {
  assert.equal(valuesOf({}), {
    replicas: [1, "default"],
    namespace: [undefined, undefined],
    patience: [3600, "default"],
  });
  assert.equal(valuesOf({ environment: "staging" }), {
    replicas: [2, "environment"],
    namespace: ["stage", "environment"],
    patience: [3600, "default"],
  });
  assert.equal(valuesOf({ environment: "staging", values: { replicas: "5" } }), {
    replicas: [5, "given"],
    namespace: ["stage", "environment"],
    patience: [3600, "default"],
  });
});

order("of all environments stand in the plan, with those of the runbook's own parameters only", () => {
  const plan = compile(layered, { environment: "production" });
  assert.is(plan.environment, "production");
  assert.equal(plan.environments, [
    { id: "staging", title: "Staging", values: { replicas: 2, namespace: "stage" }, facts: {} },
    { id: "production", title: "Production", values: { replicas: 3 }, facts: { Owner: "ops" } },
  ]);
});

order("of an environment that does not exist, or does not fit, are refused", () => {
  const unknown = errorOf(() => compile(layered, { environment: "stagin" }));
  assert.equal(
    [unknown.code, unknown.message, unknown.hint],
    ["unknown-environment", "sample has no environment stagin", "Did you mean staging?"],
  );
  const wrong = sampleOf({ replicas: param.integer({ max: 1 }) }, { environments: [staging] });
  const misfit = errorOf(() => compile(wrong));
  assert.is(misfit.message, "replicas of the environment staging must be at most 1, not 2");
  assert.match(misfit.position?.file ?? "", /parameters\.test\.ts$/);
  const twice = sampleOf({}, { environments: [staging, staging] });
  assert.is(errorOf(() => compile(twice)).code, "duplicate-id");
});

order("of the environments count for the digest of the runbook, whatever their names are", () => {
  const digestOf = (value: string) =>
    compile(
      sampleOf(
        {
          skipped: param.string({ default: "a" }),
          text: param.string({ default: "a" }),
          parts: param.string({ default: "a" }),
        },
        { environments: [environment("one", "One", { values: { skipped: value, text: value, parts: value } })] },
      ),
    ).runbookDigest;
  assert.is.not(digestOf("x"), digestOf("y"));
});

const durations = suite("durations");

durations("are seconds, minutes and hours", () => {
  assert.equal(
    [seconds(30), minutes(1.5), hours(2)].map((duration) => duration.seconds),
    [30, 90, 7200],
  );
});

durations("are shown with their two largest units", () => {
  const shown = [0, 0.94, 9, 59.6, 60, 379, 3599, 3600, 3840, 90000].map(formatDuration);
  assert.equal(shown, ["0s", "0.9s", "9s", "1m 00s", "1m 00s", "6m 19s", "59m 59s", "1h 00m", "1h 04m", "25h 00m"]);
});

parameters.run();
order.run();
durations.run();
