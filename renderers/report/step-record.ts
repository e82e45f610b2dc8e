import { createItem, type PageBlock } from "../page/page.ts";
import { code, type Spans, strong } from "../page/span.ts";
import { shortDuration } from "../page/words.ts";
import type { ReportClock } from "./report-clock.ts";
import type { Person, ReportEvent } from "./report-event.ts";
import { baseOf, type EventOf } from "./run-record.ts";

export interface ReportStyle {
  readonly clock: ReportClock;
  readonly redact: (text: string) => string;
  /** The number of a step on the page. */
  readonly numberOf: (step: string) => string;
}

type Line<T extends ReportEvent["type"]> = (style: ReportStyle, event: EventOf<T>) => readonly Spans[];

/** What is told of an event under the step that it is about. */
const lines = {
  finished: finishedLines,
  answered: answeredLines,
  noted: (style, { by, at, text }) => [[`${by.user} noted at ${style.clock.time(at)}: `, style.redact(text)]],
  reopened: (style, { by, at, why }) => [
    [`to run again, decided by ${personWords(by)}, ${style.clock.time(at)}: ${style.redact(why)}`],
  ],
  "item-checked": (style, { item, ok, remark }) =>
    ok ? [] : [[`item ${item} did not hold${remark === undefined ? "" : `: ${style.redact(remark)}`}`]],
} as const satisfies { readonly [T in ReportEvent["type"]]?: Line<T> };

/**
 * Everything that happened to a step, one line each, in the order in which it happened; with the command of an attempt
 * that ran another one than the page shows.
 */
export function eventLines(style: ReportStyle, events: readonly ReportEvent[]): readonly PageBlock[] {
  const started = events.filter((event) => event.type === "started");
  const ran = new Map(started.map(({ step, attempt, command }) => [`${step} ${attempt}`, command]));
  const shown = new Map(started.map(({ step, command }) => [baseOf(step), command]));
  return events.flatMap((event) => {
    const write = (lines as { readonly [type: string]: Line<ReportEvent["type"]> | undefined })[event.type];
    const [first, ...more] = write?.(style, event as never) ?? [];
    if (first === undefined) return [];
    const command = event.type === "finished" ? ran.get(`${event.step} ${event.attempt}`) : undefined;
    const isOther = command !== undefined && event.type === "finished" && command !== shown.get(baseOf(event.step));
    const head = isOther
      ? { after: [...first, "; it ran:"], code: { language: "bash", text: style.redact(command) } }
      : { after: first };
    return [head, ...more.map((after) => ({ after }))].map((item) => createItem("entry", item));
  });
}

/** The command that the page shows: the one that ran last, in whichever pass. */
export function shownCommand(events: readonly ReportEvent[], key: string): string | undefined {
  return events.filter((event) => event.type === "started").findLast(({ step }) => baseOf(step) === baseOf(key))
    ?.command;
}

/** Whether it ended well at last, whatever was undone later. */
export function isDone(events: readonly ReportEvent[]): boolean {
  const outcomes = events.flatMap((event) =>
    event.type === "finished" && event.outcome !== "undone" ? [event.outcome] : [],
  );
  return ["ok", "overruled"].includes(outcomes.at(-1) ?? "");
}

const outcomeWords: Readonly<Record<string, string>> = {
  ok: "ok",
  overruled: "ok (overruled)",
  failed: "failed",
  skipped: "skipped",
  undone: "undone",
  unknown: "unknown how it ended",
  "not-started": "ended before it was done",
};

function finishedLines(style: ReportStyle, event: EventOf<"finished">): readonly Spans[] {
  const { outcome, seconds, at, by, remark, retryIn, attempt, outputs = {} } = event;
  const word = outcomeWords[outcome] ?? outcome;
  const detail = [
    outcome === "skipped" || outcome === "undone" ? "" : ` after ${shortDuration(Math.round(seconds * 10) / 10)}`,
    `, ${style.clock.time(at)}`,
    by === undefined ? "" : `, by ${personWords(by)}`,
    remark === undefined ? "" : `: ${style.redact(remark)}`,
    retryIn === undefined ? "" : ` (attempt ${attempt}; again in ${shortDuration(retryIn)})`,
  ].join("");
  const pass = /\[(\d+)\]/.exec(event.step)?.[1];
  return [
    [...(pass === undefined ? [] : [`pass ${pass}: `]), word === "ok" ? word : strong(word), detail],
    ...Object.entries(outputs).map(
      ([name, value]): Spans => [
        "gave ",
        code(name),
        ": ",
        code(style.redact(typeof value === "string" ? value : JSON.stringify(value))),
      ],
    ),
  ];
}

const answerWords: Readonly<Record<string, string>> = {
  approve: "approved",
  tick: "ticked",
  done: "done",
  retry: "tried again",
  skip: "skipped",
  overrule: "overruled",
  there: "found it there",
  missing: "found it missing",
  partly: "found it half done",
  arm: "armed the guard again",
  leave: "left it as it is",
  undo: "undid it",
  accept: "accepted the changes",
  keep: "kept as done",
  again: "said that it runs again",
  "roll-back": "rolled back",
  refuse: "refused",
  stop: "stopped",
};

function answeredLines(
  { clock, redact }: ReportStyle,
  { answer, by, at, unsigned, signature: proof }: EventOf<"answered">,
): readonly Spans[] {
  const word = answerWords[answer.say];
  if (word === undefined) return [];
  const items = answer.items === undefined || answer.items.length === 0 ? "" : ` ${answer.items.join(", ")}`;
  const reason = answer.reason ?? answer.how;
  const signature = proof ? `, signed by ${proof.person} (${proof.fingerprint})` : unsignedWords(answer.say, unsigned);
  return [
    [
      `${word}${items} by ${personWords(by)}, ${clock.time(at)}${signature}${reason === undefined ? "" : `: ${redact(reason)}`}`,
    ],
  ];
}

function unsignedWords(say: string, unsigned: boolean): string {
  return say === "approve" && unsigned ? ", unsigned" : "";
}

export function personWords({ user, host }: Person): string {
  return host === "" ? user : `${user}@${host}`;
}
