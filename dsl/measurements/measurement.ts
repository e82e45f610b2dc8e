import type { ShellLikeAction } from "../actions/action.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { requireRead } from "../settings/require-action.ts";
import { requireHeading } from "../settings/require-heading.ts";
import { type Quantity, quantityInWords } from "../values/quantity.ts";
import { requirePointer } from "../values/require-pointer.ts";

/** How one number is read from what the query printed. */
export type Reading =
  /** The answer of Prometheus' instant query API: exactly one series with a number. Source: prometheus.io/docs/prometheus/latest/querying/api */
  | { readonly kind: "prometheus" }
  /** The only number on standard output. */
  | { readonly kind: "number" }
  /** A number in a JSON document, by JSON pointer (RFC 6901). */
  | { readonly kind: "json"; readonly pointer: string };

/** A query that brings one number with a unit. */
export interface MeasurementNode {
  readonly node: "measurement";
  readonly id: string;
  readonly title: string;
  /** What it measures, in words: "5xx among all responses". */
  readonly measures: string;
  readonly query: ShellLikeAction<"read">;
  readonly reading: Reading;
  readonly at: CallSite;
}

/** A bound on a measurement; what must not be. */
export interface AlertNode {
  readonly node: "alert";
  readonly measurement: MeasurementNode;
  readonly op: "above" | "below";
  readonly bound: Quantity;
}

/** A measurement, and the alerts that can be made of it: only bounds in its own unit fit. */
export type Measurement<U extends string = string> = MeasurementNode & {
  /** The alert that holds while the number is greater than `bound`. */
  above(bound: Quantity<U>): AlertNode;
  /** The alert that holds while the number is less than `bound`. */
  below(bound: Quantity<U>): AlertNode;
};

/** What a measurement is, besides its id and title. */
export interface MeasurementOptions<U extends string = string> {
  readonly measures: string;
  /** As the page shows it behind the number: `"%"`, `"ms"`, `"% of pool"`, `" errors"`; none for a plain number. */
  readonly unit?: U;
  readonly query: ShellLikeAction<"read">;
  readonly reading: Reading;
}

const measurementSettings = defineSettings<MeasurementOptions>({
  measures: "string!",
  unit: "string",
  query: "any!",
  reading: "any!",
});

/**
 * Declares a measurement: a query, how one number is read from its answer, and in which unit it is.
 *
 * @example
 * export const errorRate = measurement("error-rate", "Error rate", {
 *   measures: "5xx among all responses",
 *   unit: "%",
 *   query: sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=100 * ...'`,
 *   reading: prometheus,
 * });
 * errorRate.above(percent(1));
 */
export function measurement<const U extends string = "">(
  id: string,
  title: string,
  options: MeasurementOptions<U>,
): Measurement<U> {
  const at = captureCallSite(measurement);
  requireHeading("measurement", id, title, at);
  checkSettings(measurementSettings, options, "measurement", id, at);
  const { measures, unit = "" as U, query, reading } = options;
  requireRead(`the query of measurement ${id}`, query, at);
  if (!["prometheus", "number", "json"].includes(reading?.kind)) throw noReading(id, reading, at);
  const node: MeasurementNode = { node: "measurement", id, title, measures, query, reading, at };
  const alert = (op: "above" | "below", bound: Quantity<U>, site: CallSite): AlertNode => {
    requireUnit(node, unit, op, bound, site);
    return Object.freeze({ node: "alert", measurement: node, op, bound });
  };
  const above = (bound: Quantity<U>): AlertNode => alert("above", bound, captureCallSite(above));
  const below = (bound: Quantity<U>): AlertNode => alert("below", bound, captureCallSite(below));
  return Object.freeze({ ...node, above, below });
}

/** A bound in another unit would be compared with a number that means something else, and never trip, or always. */
function requireUnit({ id }: MeasurementNode, unit: string, op: string, bound: unknown, at: CallSite): void {
  if (!isQuantity(bound))
    throw new LockstepError({
      code: "bad-setting",
      message: `the bound of ${id} must be a number with its unit, not ${describeValue(bound)}`,
      hint: `Write ${op}(${quantityInWords(unit, bound)})`,
      at,
    });
  if (bound.unit === unit) return;
  const given = JSON.stringify(bound.unit);
  throw new LockstepError({
    code: "bad-setting",
    message: `the bound of ${id} is ${unitInWords(bound.unit)}, and what ${id} measures is ${unitInWords(unit)}`,
    hint: `Write ${op}(${quantityInWords(unit)}); or, where ${id} is declared, unit: ${given}`,
    at,
  });
}

function noReading(id: string, given: unknown, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: `reading of measurement ${id} must be how its number is read, not ${describeValue(given)}`,
    hint: 'Write reading: prometheus, reading: onlyNumber or reading: jsonNumber("/pointer")',
    at,
  });
}

function isQuantity(bound: unknown): bound is Quantity {
  return typeof bound === "object" && bound !== null && (bound as Partial<Quantity>).node === "quantity";
}

function unitInWords(unit: string): string {
  return unit === "" ? "a plain number" : `in ${JSON.stringify(unit)}`;
}

/** Reads the one series of a Prometheus instant query. */
export const prometheus: Reading = Object.freeze({ kind: "prometheus" });
/** Reads the only number on standard output. */
export const onlyNumber: Reading = Object.freeze({ kind: "number" });
/** Reads a number in a JSON document. */
export function jsonNumber(pointer: string): Reading {
  requirePointer(pointer, "jsonNumber", (meant) => `jsonNumber(${meant})`, captureCallSite(jsonNumber));
  return Object.freeze({ kind: "json", pointer });
}
