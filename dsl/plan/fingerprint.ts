import { sha256 } from "./digest.ts";
import type { PlanStep } from "./plan.ts";

/** SHA-256 of what a step does, with symbolic refs; titles, remarks and its undo are not part of it. */
export function fingerprintOf(step: Omit<PlanStep, "fingerprint">): string {
  const { action, effect, execution, command, settings, outputs, expect, conditions, probe } = step;
  const { retry, timeoutSeconds, deadlineSeconds, background, stdin, interruptible, sensitive, terminal, needs } = step;
  return sha256(
    withoutWords({
      ...{ action, effect, execution, command, settings, outputs, expect, conditions, probe },
      ...{ retry, timeoutSeconds, deadlineSeconds, background, stdin, interruptible, sensitive, terminal, needs },
      onFailure: step.onFailure?.kind,
    }),
  );
}

/** What only says it in words, or follows from values, is left out. */
export function withoutWords(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, function (this: Record<string, unknown>, key: string, inner: unknown): unknown {
      if (key === "text" && (this["parts"] !== undefined || this["template"] !== undefined)) return undefined;
      if (key === "words" || key === "placeholder" || key === "example" || key === "gives") return undefined;
      return inner;
    }),
  );
}
