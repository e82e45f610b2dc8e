import { digestOf } from "./digest.ts";
import type { PlanAlert, PlanMeasurement, PlanStep, PlanUndo } from "./plan.ts";

type Measurements = ReadonlyMap<string, PlanMeasurement>;

/** SHA-256 of what a step does, with symbolic refs; titles, remarks and its undo are not part of it. */
export function fingerprintOf(step: Omit<PlanStep, "fingerprint">, measurements: Measurements): string {
  return digestOf(stepBasis(step, measurements));
}

/** What a step does, as data: what its fingerprint is taken of. */
export function stepBasis(step: Omit<PlanStep, "fingerprint">, measurements: Measurements): unknown {
  const { action, effect, execution, command, settings, outputs, expect, conditions, probe } = step;
  const { retry, timeoutSeconds, deadlineSeconds, background, stdin, interruptible, sensitive, terminal, needs } = step;
  return withoutWords({
    ...{ effect, execution, command, settings, outputs, expect, conditions, probe },
    ...{ retry, timeoutSeconds, deadlineSeconds, background, stdin, interruptible, sensitive, terminal, needs },
    action: action.kind === "gate" ? { ...action, failIf: alertBasis(action.failIf, measurements) } : action,
    onFailure: step.onFailure?.kind,
  });
}

/** How something is undone, as data: what its undo does, and neither how that is called nor why it is so. */
export function undoBasis(undo: PlanUndo | undefined): unknown {
  if (undo === undefined) return null;
  switch (undo.kind) {
    case "actions": {
      const { kind, actions, idempotent, ifCreated } = undo;
      return withoutWords({ kind, actions: actions.map(({ id: _id, ...does }) => does), idempotent, ifCreated });
    }
    case "irreversible":
      return { kind: undo.kind, instead: undo.instead && [undo.instead.runbook, undo.instead.params] };
    case "covered":
      return { kind: undo.kind, by: undo.by };
    default:
      return { kind: undo.kind };
  }
}

/** What alerts are judged by, and not how their measurements are called. */
export function alertBasis(alerts: readonly PlanAlert[], measurements: Measurements): unknown {
  return alerts.map(({ measurement, op, bound, unit }) => {
    const { query, reading } = measurements.get(measurement) ?? {};
    return { measurement, op, bound, unit, query: query?.template, reading };
  });
}

/** What only says it in words, or follows from values, is left out. */
export function withoutWords(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, function (this: Record<string, unknown>, key: string, inner: unknown): unknown {
      if (key === "text" && (this["parts"] !== undefined || this["template"] !== undefined)) return undefined;
      if (key === "words" || key === "placeholder" || key === "example" || key === "gives") return undefined;
      // names in a document of the author's are not ours
      return key === "schema" ? JSON.stringify(inner) : inner;
    }),
  );
}
