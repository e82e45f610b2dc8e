import { createItem, type PageBlock } from "../page/page.ts";
import { code, type Spans } from "../page/span.ts";
import type { EventOf, RunRecord } from "./run-record.ts";
import { personWords, type ReportStyle } from "./step-record.ts";

/** A line of the head. */
export function fact(title: string, after: Spans): PageBlock {
  return createItem("entry", { title: [title], colon: true, after });
}

/** What happened to the run as a whole, in the order of the journal: who went on with it, and by which plan and where. */
export function wholeFacts({ whole }: RunRecord, style: ReportStyle): readonly PageBlock[] {
  const { clock, redact } = style;
  return whole.flatMap((event): readonly PageBlock[] => {
    const time = clock.time(event.at);
    switch (event.type) {
      case "resumed": {
        const purpose = event.purpose === "rollback" ? ", to roll it back" : "";
        return [fact("Resumed", [`${time} by ${personWords(event.by)}${purpose}`])];
      }
      case "place-changed":
        return [fact("Place changed", [`${time} by ${personWords(event.by)}: ${redact(placeWords(event))}`])];
      case "changes-accepted":
        return [fact("Changes accepted", [`${time} by ${personWords(event.by)}: ${changesWords(event, style)}`])];
      case "decided":
        return decidedFacts(event, style);
      case "plan-changed":
        return [fact("Went on by", [`${time} plan `, code(event.planDigest.slice(0, 12))])];
      case "rollback-started":
        return [fact("Rolled back", [`${time}, because ${redact(event.why)}`])];
      case "noted":
        return [fact("Note", [`${event.by.user}, ${time}: ${redact(event.text)}`])];
      default:
        return [];
    }
  });
}

/** What a person decided of a condition that the values of then had decided otherwise. */
function decidedFacts({ at, by, words, value, instead }: EventOf<"decided">, style: ReportStyle): readonly PageBlock[] {
  if (by === undefined) return [];
  const said = `${style.clock.time(at)} by ${personWords(by)}: ${style.redact(words)}: ${valueWord(value)}`;
  if (instead === undefined) return [fact("Decided anew", [said])];
  return [fact("Kept as decided", [`${said}, although it would now be ${valueWord(instead)}`])];
}

function valueWord(value: string | boolean): string {
  return typeof value === "string" ? value : value ? "yes" : "no";
}

function placeWords({ differences }: EventOf<"place-changed">): string {
  return differences.map(({ what, before, now }) => `${what} ${now} instead of ${before}`).join(", ");
}

/** "1.2 edited (its command) and kept as done, 1.4 edited (its time-out)". */
function changesWords({ changes, again = [] }: EventOf<"changes-accepted">, { numberOf }: ReportStyle): string {
  return changes
    .map(({ step, pass = step, change, what, done, mayRunAgain = done }) => {
      const decided = again.includes(pass) ? " and to run again" : mayRunAgain ? " and kept as done" : "";
      return `${numberOf(step)}${pass.slice(step.length)} ${change}${what === undefined ? "" : ` (${what})`}${decided}`;
    })
    .join(", ");
}
