import type { JournalEvent } from "../../runners/events/run-event.ts";

/** An event of a journal, with the monotonic clock of its boot, in milliseconds. */
export type Recorded = JournalEvent & { readonly mono: number };
