import { createHash } from "node:crypto";

/** SHA-256 of the JSON of a value, in hex. */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

/** Whose keys are names that an author chose. */
const authored = ["schema", "values", "facts", "params"];

/**
 * The JSON of what stands in a plan whatever the values are: where a text or command has a template, its rendered
 * form is left out, and so are words that follow from values.
 */
export function symbolic(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, function (this: Record<string, unknown>, key: string, inner: unknown): unknown {
      if (key === "text" && (this["parts"] !== undefined || this["template"] !== undefined)) return undefined;
      if ((key === "skipped" || key === "fingerprint") && this["block"] !== undefined) return undefined;
      // names in a document or a table of the author's are not ours
      return authored.includes(key) ? JSON.stringify(inner) : inner;
    }),
  );
}
