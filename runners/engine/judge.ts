import type { Capture } from "../../dsl/actions/output.ts";
import type { PlanExpect, PlanStep } from "../../dsl/plan/plan.ts";
import { renderPlanText, type Scope } from "../../dsl/plan/resolve-operand.ts";
import type { PlainValue } from "../../dsl/values/ref.ts";

export type Judgement =
  | { readonly ok: true; readonly outputs: Readonly<Record<string, PlainValue>> }
  /** `overrulable`: all outputs are there, and only what was expected did not show. */
  | {
      readonly ok: false;
      readonly remark: string;
      readonly overrulable: boolean;
      readonly outputs?: Readonly<Record<string, PlainValue>>;
    };

/** What a step printed on standard output; `cut` if it printed more than is looked at. */
export interface Printed {
  readonly stdout: string;
  readonly cut?: true | undefined;
}

/** An attempt is its exit code, its captures and its `expect`: this judges the latter two by what it printed. */
export async function judge(step: PlanStep, { stdout, cut }: Printed, scope: Scope): Promise<Judgement> {
  const seen = cut ? "; it printed more than 4 MB, and only these were looked at" : "";
  const outputs: Record<string, PlainValue> = {};
  for (const output of step.outputs) {
    const captured =
      cut && output.capture.kind === "text" ? { reason: "that is no value" } : await capture(output.capture, stdout);
    if ("reason" in captured)
      return { ok: false, remark: `no output ${output.name}: ${captured.reason}${seen}`, overrulable: false };
    outputs[output.name] = captured.value;
  }
  const missing = step.expect.find((expect) => !matchesExpect(expect, stdout, scope));
  if (!missing) return { ok: true, outputs };
  const wanted =
    missing.kind === "contains" ? renderPlanText(missing.text, scope) : `/${missing.pattern}/${missing.flags}`;
  return { ok: false, remark: `not as expected: ${wanted}${seen}`, overrulable: true, outputs };
}

export function matchesExpect(expect: PlanExpect, stdout: string, scope: Scope): boolean {
  if (expect.kind === "contains") return stdout.includes(renderPlanText(expect.text, scope));
  return new RegExp(expect.pattern, expect.flags.replace(/[gy]/g, "")).test(stdout);
}

export type Captured = { readonly value: PlainValue } | { readonly reason: string };

/**
 * Reads a value from a text, or says why it is not there.
 *
 * @param said Whose text it is, in the words that its reasons begin with.
 */
export async function capture(how: Capture, printed: string, said = "it printed"): Promise<Captured> {
  const text = printed.replace(/[\r\n]+$/, "");
  switch (how.kind) {
    case "text":
      return { value: text };
    case "answer":
      if (!how.choices || how.choices.includes(text)) return { value: text };
      return { reason: `${said} none of ${how.choices.join(", ")}` };
    case "integer":
    case "number": {
      const value = text.trim() === "" ? Number.NaN : Number(text);
      if (how.kind === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value)) return { value };
      return { reason: `${said} no ${how.kind === "integer" ? "whole number" : "number"}` };
    }
    case "regex": {
      const found = new RegExp(how.pattern, how.flags.replace(/[gy]/g, "")).exec(printed);
      return found ? { value: found[1] ?? found[0] } : { reason: `nothing matches /${how.pattern}/${how.flags}` };
    }
    case "json":
      return captureJson(how.schema, how.pointer, text, said);
  }
}

async function captureJson(schema: object, pointer: string | undefined, text: string, said: string): Promise<Captured> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { reason: `${said} no JSON` };
  }
  const value = pointer === undefined ? document : atPointer(document, pointer);
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({ allErrors: true, strict: false });
  try {
    if (!ajv.validate(schema, value)) return { reason: `the JSON does not fit: ${ajv.errorsText()}` };
  } catch (error) {
    // what ran has run, whatever its schema is
    return { reason: `its JSON Schema is none: ${(error as Error).message}` };
  }
  if (isPlain(value)) return { value };
  return { reason: "the JSON is not a text, a number, yes or no, or a list of them" };
}

/** RFC 6901. */
export function atPointer(document: unknown, pointer: string): unknown {
  const keys = pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    document,
  );
}

function isPlain(value: unknown): value is PlainValue {
  if (Array.isArray(value)) return value.every((item) => !Array.isArray(item) && isPlain(item));
  return ["string", "number", "boolean"].includes(typeof value);
}
