import { flagOf } from "../../dsl/params/parameter-flag.ts";
import type { PageBlock } from "../page/page.ts";
import { code, joinSpans, type Spans } from "../page/span.ts";
import { longDuration } from "../page/words.ts";
import { baseOf, type RunRecord } from "./run-record.ts";
import { isDone, personWords, type ReportStyle } from "./step-record.ts";
import { fact, wholeFacts } from "./whole-record.ts";

/** How it ended, which run it was, who, when, and with what. */
export function reportHead(record: RunRecord, style: ReportStyle): readonly PageBlock[] {
  const { created } = record;
  return [
    fact("Result", resultWords(record, style)),
    ...(created === undefined
      ? []
      : [
          fact("Run", [
            code(created.run),
            ` by ${personWords(created.by)}, plan `,
            code(created.planDigest.slice(0, 12)),
          ]),
        ]),
    ...timeFacts(record, style),
    ...(created?.environment === undefined ? [] : [fact("Environment", [created.environment])]),
    ...valueFacts(record, style),
    fact("Steps", [stepCounts(record)]),
    ...leftFacts(record, style),
    ...wholeFacts(record, style),
  ];
}

const results: Readonly<Record<string, string>> = {
  ok: "done, every step",
  "rolled-back": "not done, and rolled back",
  answered: "not done, and what was to be done then was done",
};

function resultWords({ end }: RunRecord, { redact }: ReportStyle): Spans {
  if (end === undefined) return ["still going on, or killed"];
  const message = end.message === undefined ? "" : `: ${redact(end.message)}`;
  const what = end.type === "ended" ? (results[end.result] ?? end.result) : `stopped (${end.reason})`;
  return [`${what}${message}; exit code ${end.exitCode}`];
}

/** What was running of it when it ended: it may be what a step is for, and nobody ends it. */
function leftFacts({ end }: RunRecord, { numberOf, redact }: ReportStyle): readonly PageBlock[] {
  const each = (end?.leaves ?? []).map(
    ({ step, pid, name }): Spans => [`process ${pid} (${redact(name)}) of ${numberOf(baseOf(step))}`],
  );
  return each.length === 0 ? [] : [fact("Left running", joinSpans(each, ", "))];
}

function timeFacts({ created, end, lastAt }: RunRecord, { clock }: ReportStyle): readonly PageBlock[] {
  const last = end?.at ?? lastAt;
  if (created === undefined || last === undefined) return [];
  const seconds = Math.round((Date.parse(last) - Date.parse(created.at)) / 1000);
  return [fact("Time", [`${clock.full(created.at)} to ${clock.full(last)}, ${longDuration(Math.max(0, seconds))}`])];
}

function valueFacts({ created }: RunRecord, { redact }: ReportStyle): readonly PageBlock[] {
  const values = Object.entries(created?.values ?? {}).map(
    ([name, value]): Spans => [code(`${flagOf(name)}=${redact(valueWords(value))}`)],
  );
  const secrets = (created?.secrets ?? []).map((name): Spans => [code(name), " (secret)"]);
  return values.length + secrets.length === 0 ? [] : [fact("With", joinSpans([...values, ...secrets], ", "))];
}

function valueWords(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function stepCounts({ steps }: RunRecord): string {
  const counts = new Map<string, number>();
  const count = (word: string): void => void counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const events of steps.values()) {
    // a question about the runbook or a guard is no step
    if (!events.some(({ type }) => type === "started" || type === "finished")) continue;
    const last = events.findLast((event) => event.type === "finished");
    if (isDone(events)) count(last?.type === "finished" && last.outcome === "overruled" ? "overruled" : "ok");
    else if (last?.type !== "finished") count("not finished");
    else count(last.outcome === "not-started" ? "ended early" : last.outcome);
  }
  return [...counts].map(([word, number]) => `${number} ${word}`).join(", ") || "none";
}
