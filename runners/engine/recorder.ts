import { createTextMasker } from "../attempts/masker.ts";
import type { JournalEvent, OutputEvent, RunEvent, TickEvent } from "../events/run-event.ts";
import type { JournalWriter } from "../journal/journal-writer.ts";
import { applyEvent, type RunState } from "./run-state.ts";

/** The one way in which anything is said about a run: first the journal, then the state, then whoever listens. */
export interface Recorder {
  readonly state: RunState;
  /**
   * Resolves when the event is kept.
   *
   * @param options.effect An effect follows: refused on a full disk, so that it does not happen unrecorded.
   * @param options.sync False for what a power cut may lose: samples, progress.
   */
  record(event: JournalEvent, options?: { readonly effect?: boolean; readonly sync?: boolean }): Promise<void>;
  /** The same with the secrets in its words masked, for whoever hears of it before the journal does. */
  masked<T>(value: T): T;
  /** Passes on what the journal does not keep. */
  show(event: OutputEvent | TickEvent): void;
  close(): Promise<void>;
}

export interface RecorderInit {
  readonly journal: JournalWriter<JournalEvent>;
  readonly state: RunState;
  readonly secrets: readonly string[];
  readonly listeners: readonly ((event: RunEvent) => void)[];
}

export function createRecorder({ journal, state, secrets, listeners }: RecorderInit): Recorder {
  const mask = createTextMasker(secrets);
  const tell = (event: RunEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const masked = <T>(value: T): T => (secrets.length === 0 ? value : maskWords(value, mask));
  return {
    state,
    masked,
    record: async (event, { effect = false, sync = true } = {}) => {
      const kept = masked(event);
      const line = await journal.append(kept, { sync, effect });
      applyEvent(state, kept, { mono: line.mono, wall: Date.parse(line.at) });
      tell({ ...kept, at: line.at });
    },
    show: tell,
    close: () => journal.close(),
  };
}

/** Fields that hold words for people. All others are names, or are run, and stay as they are. */
const words: ReadonlySet<string> = new Set(["remark", "message", "why", "text", "reason", "how", "refusal"]);

/** What a step prints is masked on its way; this covers what reaches an event in another way, such as an error's text. */
function maskWords<T>(value: T, mask: (text: string) => string): T {
  if (Array.isArray(value)) return value.map((item: unknown) => maskWords(item, mask)) as T;
  if (typeof value !== "object" || value === null) return value;
  const masked = Object.entries(value).map(([key, item]: [string, unknown]) => [
    key,
    typeof item === "string" && words.has(key) ? mask(item) : maskWords(item, mask),
  ]);
  return Object.fromEntries(masked) as T;
}
