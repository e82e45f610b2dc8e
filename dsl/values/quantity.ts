import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { requireNumber } from "./require-number.ts";

/** A number with its unit, as the page shows it: `1%`, `500ms`, `90% of pool`. */
export interface Quantity {
  readonly node: "quantity";
  readonly value: number;
  readonly unit: string;
}

/**
 * A share in percent, `of` what where that is not obvious.
 *
 * @example
 * databaseConnections.above(percent(90, "of pool")); // Database connections > 90% of pool
 */
export function percent(value: number, of?: string): Quantity {
  return createQuantity(value, of === undefined ? "%" : `% ${of}`, captureCallSite(percent));
}

/** A time in milliseconds. */
export function milliseconds(value: number): Quantity {
  return createQuantity(value, "ms", captureCallSite(milliseconds));
}

/** A plain number, with a unit of your own (with its blank, if it has one): `quantity(5, " errors")`. */
export function quantity(value: number, unit = ""): Quantity {
  return createQuantity(value, unit, captureCallSite(quantity));
}

function createQuantity(value: number, unit: string, at: CallSite): Quantity {
  return Object.freeze({ node: "quantity", value: requireNumber(value, "a bound", {}, at), unit });
}
