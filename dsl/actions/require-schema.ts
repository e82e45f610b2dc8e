import { createRequire } from "node:module";
import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { describeValue } from "../settings/describe-value.ts";

/** Only who declares an output of JSON pays for loading ajv. */
const load = createRequire(import.meta.url);

/**
 * What an output of JSON must fit is known to be a JSON Schema before anything runs.
 *
 * @throws LockstepError `bad-setting`
 */
export function requireSchema(schema: unknown, at: CallSite): void {
  if (typeof schema !== "object" || schema === null)
    throw badSchema(`output.json takes a JSON Schema, not ${describeValue(schema)}`, at);
  const { Ajv } = load("ajv") as typeof import("ajv");
  try {
    new Ajv({ strict: false }).compile(schema);
  } catch (error) {
    throw badSchema(`output.json takes a JSON Schema, and ajv says: ${(error as Error).message}`, at);
  }
}

function badSchema(message: string, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message,
    hint: 'Write output.json({ type: "string" }, { pointer: "/status/phase" })',
    at,
  });
}
