import type { ShellLikeAction } from "../actions/action.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import type { Quantity } from "../values/quantity.ts";

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

/** A measurement, and the alerts that can be made of it. */
export type Measurement = MeasurementNode & {
  /** The alert that holds while the number is greater than `bound`. */
  above(bound: Quantity): AlertNode;
  /** The alert that holds while the number is less than `bound`. */
  below(bound: Quantity): AlertNode;
};

/**
 * Declares a measurement: a query, and how one number is read from its answer.
 *
 * @example
 * export const errorRate = measurement("error-rate", "Error rate", {
 *   measures: "5xx among all responses",
 *   query: sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=100 * ...'`,
 *   reading: prometheus,
 * });
 * errorRate.above(percent(1));
 */
export function measurement(
  id: string,
  title: string,
  options: { readonly measures: string; readonly query: ShellLikeAction<"read">; readonly reading: Reading },
): Measurement {
  const node: MeasurementNode = { node: "measurement", id, title, ...options, at: captureCallSite(measurement) };
  const alert = (op: "above" | "below", bound: Quantity): AlertNode =>
    Object.freeze({ node: "alert", measurement: node, op, bound });
  return Object.freeze({
    ...node,
    above: (bound: Quantity) => alert("above", bound),
    below: (bound: Quantity) => alert("below", bound),
  });
}

/** Reads the one series of a Prometheus instant query. */
export const prometheus: Reading = Object.freeze({ kind: "prometheus" });
/** Reads the only number on standard output. */
export const onlyNumber: Reading = Object.freeze({ kind: "number" });
/** Reads a number in a JSON document. */
export function jsonNumber(pointer: string): Reading {
  return Object.freeze({ kind: "json", pointer });
}
