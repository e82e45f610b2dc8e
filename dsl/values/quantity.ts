import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { requireNumber } from "./require-number.ts";

/** A number with its unit, as the page shows it: `1%`, `500ms`, `90% of pool`. */
export interface Quantity<U extends string = string> {
  readonly node: "quantity";
  readonly value: number;
  readonly unit: U;
}

/**
 * A share in percent, `of` what where that is not obvious.
 *
 * @example
 * databaseConnections.above(percent(90, "of pool")); // Database connections > 90% of pool
 */
export function percent(value: number): Quantity<"%">;
export function percent<const O extends string>(value: number, of: O): Quantity<`% ${O}`>;
export function percent(value: number, of?: string): Quantity {
  return createQuantity(value, of === undefined ? "%" : `% ${of}`, captureCallSite(percent));
}

/** A time in milliseconds. */
export function milliseconds(value: number): Quantity<"ms"> {
  return createQuantity(value, "ms", captureCallSite(milliseconds));
}

/** A plain number, with a unit of your own (with its blank, if it has one): `quantity(5, " errors")`. */
export function quantity(value: number): Quantity<"">;
export function quantity<const U extends string>(value: number, unit: U): Quantity<U>;
export function quantity(value: number, unit = ""): Quantity {
  return createQuantity(value, unit, captureCallSite(quantity));
}

/** How an author writes so many of a unit: `percent(5)`, `quantity(5, " errors")`. */
export function quantityInWords(unit: string, value?: unknown): string {
  const number = typeof value === "number" ? String(value) : "...";
  if (unit === "%") return `percent(${number})`;
  if (unit.startsWith("% ")) return `percent(${number}, ${JSON.stringify(unit.slice(2))})`;
  if (unit === "ms") return `milliseconds(${number})`;
  return unit === "" ? `quantity(${number})` : `quantity(${number}, ${JSON.stringify(unit)})`;
}

function createQuantity<U extends string>(value: number, unit: U, at: CallSite): Quantity<U> {
  return Object.freeze({ node: "quantity", value: requireNumber(value, "a bound", {}, at), unit });
}
