import type {
  PlanAlert,
  PlanGuard,
  PlanMeasurement,
  PlanRepeat,
  PlanResponse,
  PlanSettings,
  PlanUndo,
} from "../../dsl/plan/plan.ts";

type Measurements = ReadonlyMap<string, PlanMeasurement>;

/** When a repeat ends, in lines. */
export function describeRepeat({ limit, everySeconds, until }: PlanRepeat): readonly string[] {
  return [`up to ${limit} passes, ${everySeconds}s apart`, `until ${until.words}`];
}

/** What a guard watches, where, and what follows a trip, in lines. */
export function describeGuard(guard: PlanGuard, measurements: Measurements): readonly string[] {
  const { alerts, from, until, onTrip, intervalSeconds, failures, blindAfter } = guard;
  return [
    ...describeAlerts(alerts, measurements),
    `watches from ${from?.id ?? "the next write"} until ${until?.id ?? "the end"}`,
    `every ${intervalSeconds}s; trips after ${failures} bad samples, blind after ${blindAfter} without a number`,
    ...describeResponse(onTrip, "on trip"),
  ];
}

/** What must not be, with the query that tells, in lines. */
export function describeAlerts(alerts: readonly PlanAlert[], measurements: Measurements): readonly string[] {
  return alerts.flatMap(({ title, text, measurement }) => {
    const query = measurements.get(measurement)?.query.text;
    return [`alert: ${title} ${text}`, ...(query === undefined ? [] : [`measured by ${query}`])];
  });
}

/** What follows a failure, in lines; the steps of an answer are told by themselves. */
export function describeResponse(response: PlanResponse | undefined, when = "on failure"): readonly string[] {
  if (response === undefined) return [];
  const words = { stop: "stop", rollback: "roll back", "rollback-all": "roll everything back", blocks: "other steps" };
  return [`${when}: ${words[response.kind]}`];
}

/** How something is undone, in lines. */
export function describeUndo(undo: PlanUndo | undefined): readonly string[] {
  switch (undo?.kind) {
    case "actions":
      return [
        ...undo.actions.flatMap(({ command, settings, effect }) => [
          `undo: ${command.text}`,
          ...describeSettings(settings).map((line) => `undo ${line}`),
          ...(effect === "write" ? [] : [`undo effect ${effect}`]),
        ]),
        ...(undo.ifCreated === undefined
          ? []
          : [`undo only what it created: /${undo.ifCreated.pattern}/${undo.ifCreated.flags}`]),
        ...(undo.idempotent ? ["undo may run twice"] : []),
      ];
    case "not-needed":
      return ["undo not needed"];
    case "irreversible":
      return [`cannot be undone${undo.instead === undefined ? "" : `; instead: ${undo.instead.runbook}`}`];
    case "covered":
      return [`undone by ${undo.by === "" ? "the runbook" : undo.by}`];
    default:
      return [];
  }
}

/** Where and with which variables a command runs, in lines. */
export function describeSettings({ cwd, env }: PlanSettings): readonly string[] {
  return [
    ...cwd.map(({ text }) => `in ${text}`),
    ...env.map((entry) => `with ${entry.name}=${"secret" in entry ? `(secret ${entry.secret})` : entry.value.text}`),
  ];
}
