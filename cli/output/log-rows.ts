import type { Plan } from "../../dsl/plan/plan.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { type RunHistory, readHistory } from "../history/run-history.ts";
import { type RecordedRun, readPlan, type TimedEvent } from "../history/run-reader.ts";
import { indexSteps } from "../history/step-numbers.ts";
import { timeText } from "./clock-text.ts";
import { endWords } from "./end-words.ts";
import { type EventContext, eventText } from "./event-text.ts";
import { inertText } from "./inert-text.ts";

/** The numbers of a recorded run; a run whose plan is lost is told by the ids. */
export async function createContext(run: RecordedRun): Promise<EventContext> {
  const plan = await readPlan(run).catch(() => emptyPlan(run));
  return { plan, numbers: indexSteps(plan), begun: new Set(readHistory(run.events).latest.keys()) };
}

/** One row for each step that ended and each thing that happened to the run: time, number, word, duration, remark. */
export function logRows(events: readonly TimedEvent[], context: EventContext, history: RunHistory): string[][] {
  return events.flatMap((event) => {
    if (event.type === "finished") {
      const { command } = history.steps.get(event.step)?.started ?? {};
      const end = endWords(event);
      const remark = end.remark ?? command?.split("\n")[0] ?? "";
      const took = event.seconds > 0 ? formatDuration(event.seconds) : "";
      return [[timeText(event.at), context.numbers.numberOf(event.step), end.word, took, inertText(remark)]];
    }
    const isSaid = event.type === "decided" && event.by !== undefined;
    if (
      !isSaid &&
      ![
        "ready",
        "stopped",
        "ended",
        "guard-tripped",
        "guard-blind",
        "rollback-started",
        "changes-accepted",
        "place-changed",
        "reopened",
        "noted",
      ].includes(event.type)
    )
      return [];
    const { place, word, text } = eventText(event, context);
    return [[timeText(event.at), place === "run" ? "" : place, word, "", text]];
  });
}

function emptyPlan({ created }: RecordedRun): Plan {
  const { id, title } = created.runbook;
  return {
    format: 1,
    id,
    title,
    parameters: [],
    environments: [],
    requires: [],
    body: [],
    measurements: [],
    next: [],
    runbookDigest: "",
    digest: "",
  };
}
