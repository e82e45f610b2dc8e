import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { requirePointer } from "../values/require-pointer.ts";
import { requireSchema } from "./require-schema.ts";

declare const outputValue: unique symbol;

/** How an output is read from what a step printed on standard output. */
export type Capture =
  | { readonly kind: "text" }
  | { readonly kind: "integer" }
  | { readonly kind: "number" }
  /** `schema` is a JSON Schema, checked with ajv. `pointer` is a JSON pointer (RFC 6901) into the document. */
  | { readonly kind: "json"; readonly schema: object; readonly pointer?: string }
  /** The first group (else the whole match) of the first match. */
  | { readonly kind: "regex"; readonly pattern: string; readonly flags: string }
  /** What a person answers; only manual steps have it. */
  | { readonly kind: "answer"; readonly multiline: boolean; readonly choices?: readonly string[] };

/** A typed value that a step gives. */
export interface Output<T> {
  readonly capture: Capture;
  /** Shown on the page in place of the value. */
  readonly example?: string;
  /** What it is, for "Gives ...": "the name of a green pod". */
  readonly gives?: string;
  readonly [outputValue]?: T;
}

/** What the page says of an output. */
export interface OutputOptions {
  readonly example?: string;
  readonly gives?: string;
}

/** The outputs that a step declares, by name. */
export type Outputs = Readonly<Record<string, Output<unknown>>>;
/** Of a step that gives nothing. */
export type NoOutputs = Record<never, never>;

/**
 * Declares an output of a step by how it is read.
 *
 * @example
 * const pod = step("green-pod", "Find a green pod", sh.read`kubectl get pods -n ${p.namespace}`, {
 *   outputs: { name: output.regex(/^(rlhf-audit-trail-green-\S+)/m, { example: "rlhf-audit-trail-green-pod" }) },
 * });
 * pod.outputs.name; // Ref<string>
 */
export const output: {
  /** All that was printed, without the newlines at its end. */
  text(options?: OutputOptions): Output<string>;
  integer(options?: OutputOptions): Output<number>;
  number(options?: OutputOptions): Output<number>;
  json<T extends string | number | boolean | readonly (string | number | boolean)[]>(
    schema: object,
    options?: OutputOptions & { readonly pointer?: string },
  ): Output<T>;
  regex(pattern: RegExp, options?: OutputOptions): Output<string>;
} = {
  text: (options) => createOutput({ kind: "text" }, options, output.text),
  integer: (options) => createOutput({ kind: "integer" }, options, output.integer),
  number: (options) => createOutput({ kind: "number" }, options, output.number),
  json: (schema, options = {}) => {
    const at = captureCallSite(output.json);
    checkSettings(jsonSettings, options, "output.json", undefined, at);
    const { pointer, ...rest } = options;
    requireSchema(schema, at);
    if (pointer !== undefined)
      requirePointer(pointer, "output.json", (meant) => `output.json(schema, { pointer: ${meant} })`, at);
    return createOutput({ kind: "json", schema, ...(pointer === undefined ? {} : { pointer }) }, rest, output.json);
  },
  regex: (pattern, options) => {
    if (!(pattern instanceof RegExp)) throw noPattern(pattern, captureCallSite(output.regex));
    return createOutput({ kind: "regex", pattern: pattern.source, flags: pattern.flags }, options, output.regex);
  },
};

/**
 * Declares what a manual step asks the person for; it lands in the report.
 *
 * @example
 * manual("lessons", "Note what was learnt", { asks: { lessons: ask.paragraph("Improvements for the next deployment") } });
 */
export const ask: {
  /** A line of text. */
  line(gives: string, options?: { readonly example?: string }): Output<string>;
  /** Text of several lines. */
  paragraph(gives: string, options?: { readonly example?: string }): Output<string>;
  /** One of a fixed set of words, which `choose` can take. */
  oneOf<const C extends readonly [string, ...string[]]>(gives: string, choices: C): Output<C[number]>;
} = {
  line: (gives, options) => createOutput({ kind: "answer", multiline: false }, { ...options, gives }, ask.line),
  paragraph: (gives, options) =>
    createOutput({ kind: "answer", multiline: true }, { ...options, gives }, ask.paragraph),
  oneOf: (gives, choices) => createOutput({ kind: "answer", multiline: false, choices }, { gives }, ask.oneOf),
};

const outputSettings = defineSettings<OutputOptions>({ example: "string", gives: "string" });
const jsonSettings = defineSettings<OutputOptions & { readonly pointer?: string }>({
  example: "string",
  gives: "string",
  pointer: "string",
});

function createOutput<T>(
  capture: Capture,
  options: OutputOptions = {},
  caller: (...args: never[]) => unknown,
): Output<T> {
  checkSettings(
    outputSettings,
    options,
    capture.kind === "answer" ? "ask" : `output.${capture.kind}`,
    undefined,
    captureCallSite(caller),
  );
  return Object.freeze({ capture, ...options });
}

function noPattern(given: unknown, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: `output.regex takes a pattern, not ${describeValue(given)}`,
    hint: "Write output.regex(/^pod\\/(\\S+)/m), whose first group is the value",
    at,
  });
}
