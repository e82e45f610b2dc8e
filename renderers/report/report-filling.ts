import type { Filled, Filling } from "../page/filling.ts";
import { createText, type PageBlock } from "../page/page.ts";
import { shortDuration } from "../page/words.ts";
import type { ReportEvent } from "./report-event.ts";
import { reportHead } from "./report-head.ts";
import type { RunRecord } from "./run-record.ts";
import { sampleChart } from "./sample-chart.ts";
import { eventLines, isDone, personWords, type ReportStyle, shownCommand } from "./step-record.ts";

/** What a run wrote on the page of its plan. */
export function createFilling(record: RunRecord, style: ReportStyle): Filling {
  return {
    result: reportHead(record, style),
    step: (id) => fillStep(record, style, id),
    checklistItem: (step, item) => tickedItems(record.steps.get(step) ?? []).has(item),
    answer: (step, output) => {
      const answers = (record.steps.get(step) ?? []).flatMap((event) =>
        event.type === "answered" ? [event.answer.asks?.[output]] : [],
      );
      const last = answers.findLast((answer) => answer !== undefined);
      return last === undefined ? undefined : style.redact(last);
    },
    undo: (owner) => {
      const events = record.undos.get(owner);
      return events && { ticked: isDone(events), body: eventLines(style, events) };
    },
    undoCommand: (action) => {
      const owner = /^undo:(.*)\.\d+$/.exec(action)?.[1] ?? "";
      const command = shownCommand(record.undos.get(owner) ?? [], action);
      return command === undefined ? undefined : style.redact(command);
    },
    guard: (id) => [...guardLines(record, style, id), ...sampleChart("Seen", record.samples.get(id) ?? [])],
  };
}

function fillStep(record: RunRecord, style: ReportStyle, id: string): Filled | undefined {
  const events = record.steps.get(id);
  const undone = record.undos.get(id);
  if (events === undefined) return { ticked: false, body: [] };
  const command = shownCommand(events, id);
  const body = [
    ...eventLines(style, withoutAnswered(events)),
    ...sampleChart("Seen", record.samples.get(id) ?? []),
    ...(undone === undefined
      ? []
      : eventLines(style, undone.filter(({ type }) => type === "finished").slice(-1)).map((line) =>
          "after" in line ? { ...line, after: ["undone: ", ...(line.after ?? [])] } : line,
        )),
  ];
  return { ticked: isDone(events), body, ...(command === undefined ? {} : { command: style.redact(command) }) };
}

/** What a manual step asked for stands beside its question already. */
function withoutAnswered(events: readonly ReportEvent[]): readonly ReportEvent[] {
  return events.map((event) => {
    if (event.type !== "finished" || event.outputs === undefined) return event;
    const asked = events.some((other) => other.type === "answered" && other.answer.asks !== undefined);
    if (!asked) return event;
    const { outputs: _outputs, ...rest } = event;
    return rest;
  });
}

function tickedItems(events: readonly ReportEvent[]): ReadonlySet<number> {
  const ticked = new Set<number>();
  for (const event of events) {
    if (event.type === "item-checked" && event.ok) ticked.add(event.item);
    const isYes = event.type === "answered" && (event.answer.say === "tick" || event.answer.say === "overrule");
    if (isYes) for (const item of event.answer.items ?? []) ticked.add(item);
  }
  return ticked;
}

function guardLines(record: RunRecord, style: ReportStyle, id: string): readonly PageBlock[] {
  return (record.guards.get(id) ?? []).flatMap((event) => {
    if (!("guard" in event) || !(event.type in guardWords)) return [];
    const { why, seconds, by } = event as Extract<ReportEvent, { readonly type: "guard-tripped" | "guard-gap" }>;
    const words = guardWords[event.type as keyof typeof guardWords];
    const detail = [
      why === undefined ? "" : `: ${style.redact(why)}`,
      seconds === undefined ? "" : `, for ${shortDuration(Math.round(seconds))}`,
      by === undefined ? "" : `, by ${personWords(by)}`,
    ];
    return [createText(`${style.clock.time(event.at)} ${words}${detail.join("")}.`)];
  });
}

const guardWords = {
  "guard-tripped": "The guard tripped",
  "guard-blind": "The guard was blind",
  "guard-sees": "The guard saw again",
  "guard-armed": "The guard was armed again",
  "guard-gap": "Nobody watched",
} as const;
