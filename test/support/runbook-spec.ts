import fc from "fast-check";
import { hostileValue } from "./hostile-values.ts";

/** A runbook as data, so that a law can change one thing of it and build it again. */
export interface RunbookSpec {
  readonly body: readonly BlockSpec[];
  readonly requires: boolean;
  readonly undo: boolean;
}

export interface StepSpec {
  readonly kind: "step";
  readonly title: string;
  readonly effect: "read" | "write" | "destructive";
  /** Values that are known when it is written. */
  readonly words: readonly string[];
  /** Which of the refs that it could use it does use. */
  readonly uses: readonly number[];
  readonly gives: boolean;
  readonly expects: boolean;
  readonly env: boolean;
  readonly retries: number;
  readonly seconds: number;
  readonly undo: "own" | "several" | "of-outputs" | "not-needed" | "irreversible" | "inherited";
}

export type BlockSpec =
  | StepSpec
  | { readonly kind: "section"; readonly title: string; readonly undo: boolean; readonly body: readonly BlockSpec[] }
  | {
      readonly kind: "when" | "long-when" | "when-output" | "turns" | "within" | "include";
      readonly pick: number;
      readonly body: readonly BlockSpec[];
    }
  | { readonly kind: "choose"; readonly one: readonly BlockSpec[]; readonly other: readonly BlockSpec[] }
  | { readonly kind: "repeat"; readonly title: string; readonly body: readonly BlockSpec[] }
  | { readonly kind: "group" | "parallel"; readonly title: string; readonly steps: readonly StepSpec[] }
  | { readonly kind: "guarded"; readonly title: string; readonly step: StepSpec }
  | { readonly kind: "people" | "wait" | "watch" | "code" | "background" | "gate"; readonly title: string }
  | { readonly kind: "words"; readonly text: string };

/** A title says something, and is one line. */
const title = hostileValue.map((value) => `Do ${value.replaceAll(/[\r\n\u2028\u0085]/g, " ")}`);

export const stepSpec: fc.Arbitrary<StepSpec> = fc.record({
  kind: fc.constant("step" as const),
  title,
  effect: fc.constantFrom("read" as const, "write" as const, "destructive" as const),
  words: fc.array(hostileValue, { maxLength: 2 }),
  uses: fc.array(fc.nat(20), { maxLength: 2 }),
  gives: fc.boolean(),
  expects: fc.boolean(),
  env: fc.boolean(),
  retries: fc.constantFrom(1, 3),
  seconds: fc.integer({ min: 30, max: 60 }),
  undo: fc.constantFrom(...(["own", "several", "of-outputs", "not-needed", "irreversible", "inherited"] as const)),
});

const several = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: 1, maxLength });

const { block } = fc.letrec<{ block: BlockSpec; body: BlockSpec[] }>((tie) => ({
  body: several(tie("block")),
  block: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 6, arbitrary: stepSpec },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          "people" as const,
          "wait" as const,
          "watch" as const,
          "code" as const,
          "background" as const,
          "gate" as const,
        ),
        title,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("words" as const), text: title }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("guarded" as const), title, step: stepSpec }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom("group" as const, "parallel" as const),
        title,
        steps: several(stepSpec),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("section" as const), title, undo: fc.boolean(), body: tie("body") }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          "when" as const,
          "long-when" as const,
          "when-output" as const,
          "turns" as const,
          "within" as const,
          "include" as const,
        ),
        pick: fc.nat(20),
        body: tie("body"),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("choose" as const), one: tie("body"), other: tie("body") }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("repeat" as const), title, body: tie("body") }) },
  ) as fc.Arbitrary<BlockSpec>,
}));

/** Runbooks with everything in them that an author can write, nested, with hostile titles and values. */
export const runbookSpec: fc.Arbitrary<RunbookSpec> = fc.record({
  body: several(block, 4),
  requires: fc.boolean(),
  undo: fc.boolean(),
});

/** Values for the parameters of any generated runbook. */
export const sampleValues: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.record({
  host: hostileValue,
  count: fc.integer({ min: 0, max: 9 }),
  quick: fc.boolean(),
  way: fc.constantFrom("one", "other"),
  pause: fc.constantFrom("1s", "2s"),
});
