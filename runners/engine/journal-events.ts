import type { JournalEvent } from "../events/run-event.ts";

const required: { readonly [T in JournalEvent["type"]]: readonly string[] } = {
  created: ["run", "runbook", "plan", "planDigest", "values", "by"],
  resumed: ["by", "planDigest", "purpose"],
  "changes-accepted": ["by", "changes"],
  "plan-changed": ["plan", "planDigest"],
  "place-changed": ["by", "differences", "folder"],
  reopened: ["step", "by", "why", "guards"],
  "section-entered": ["section"],
  decided: ["key", "value"],
  started: ["step", "id", "attempt", "effect", "boot"],
  ready: ["step"],
  finished: ["step", "attempt", "outcome"],
  waited: ["step", "seconds"],
  asked: ["question"],
  answered: ["step", "kind", "answer", "by"],
  "item-checked": ["step", "item", "ok"],
  noted: ["text", "by"],
  "guard-opened": ["guard", "from"],
  sampled: ["samples"],
  "guard-tripped": ["guard"],
  "guard-blind": ["guard"],
  "guard-sees": ["guard"],
  "guard-armed": ["guard"],
  "guard-closed": ["guard"],
  "guard-gap": ["guard", "seconds"],
  "rollback-started": ["steps", "scope", "why"],
  "response-started": ["owner"],
  stopped: ["reason", "exitCode", "message"],
  ended: ["result", "exitCode"],
  "hook-failed": ["hook", "message"],
};

/**
 * Checks that a line of a journal holds an event that this lockstep knows.
 *
 * @throws Error with what is wrong.
 */
export function validateEvent(value: unknown): JournalEvent {
  const event = value as JournalEvent;
  const fields = Object.hasOwn(required, event.type) ? required[event.type] : undefined;
  if (!fields) throw new Error(`the event ${JSON.stringify(event.type)} is not known`);
  const missing = fields.find((field) => !Object.hasOwn(event, field));
  if (missing !== undefined) throw new Error(`${event.type} has no ${missing}`);
  return event;
}
