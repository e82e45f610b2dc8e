import type { ReportEvent } from "../../../renderers/index.ts";
import type { JournalEvent } from "../../../runners/events/run-event.ts";

declare const event: JournalEvent & { readonly at: string };

/** Whatever stands in a journal, a report can be made of it. */
export const readable: ReportEvent = event;

// @ts-expect-error a report needs to know when
export const timeless: ReportEvent = { type: "ended", result: "ok", exitCode: 0 };
