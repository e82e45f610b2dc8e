import { LockstepError } from "../errors/lockstep-error.ts";
import type { MeasurementNode } from "../measurements/measurement.ts";
import { type Compilation, requireId } from "./compilation.ts";
import { compileCommand, type User } from "./compile-values.ts";

/** A measurement stands once in a plan, however many alerts use it. */
export function compileMeasurement(
  compilation: Compilation,
  { id, title, measures, query, reading, at }: MeasurementNode,
  user: User,
): void {
  requireId(id, at);
  const compiled = { id, title, measures, query: compileCommand(compilation, query.command, { ...user, at }), reading };
  const known = compilation.measurements.get(id);
  if (known && JSON.stringify(known) !== JSON.stringify(compiled)) throw twoMeasurements(id, at);
  if (known) return;
  if (compilation.ids.has(id))
    throw new LockstepError({
      code: "duplicate-id",
      message: `the measurement ${id} has the id of something else`,
      hint: "Links on the page go by id: give one of them another",
      at,
    });
  compilation.ids.set(id, at);
  compilation.measurements.set(id, compiled);
}

function twoMeasurements(id: string, at: MeasurementNode["at"]): LockstepError {
  return new LockstepError({
    code: "duplicate-id",
    message: `two different measurements have the id ${id}`,
    hint: "Define a measurement once, and import it",
    at,
  });
}
