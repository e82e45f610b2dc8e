import { Halt } from "./halt.ts";

/** Why and how far a run must stop, from whatever side that comes. */
export interface Interruption {
  /** Aborted with the reason "interrupt" when running commands must end now: Ctrl-C, SIGTERM. */
  readonly endNow: AbortSignal;
  /** Aborted when running reads must end; a write is left to end. */
  readonly endReads: AbortSignal;
  /** Aborted by whatever stops the run: a dropped connection ends a wait and a question, and lets a command finish. */
  readonly endIdle: AbortSignal;
  /** Aborted when what was told to end is not waited for. */
  readonly killNow: AbortSignal;
  /** Who interrupted will not wait: what was left to end must end now, and what was told to end is killed. */
  hurry(): void;
  /** Nothing new starts any more. Throws what failed in the background. */
  stopping(): boolean;
  /** The halt for whoever finds that nothing new starts. Throws what failed in the background. */
  haltAt(step?: string): Halt;
  /** Something that must not happen did, in the background. */
  fail(error: unknown): void;
  /** A person decided to undo what ran. */
  goBack(message: string): void;
  /** What that person decided, once: from here on it is done, and stops nothing any more. */
  takeDecision(): string | undefined;
}

/** The reason of an interruption that leaves what runs to end, as when a connection drops. */
export const afterTheStep = "SIGINT after the step";

/**
 * @param outside Aborted by whoever runs the run, with the name of a signal as its reason.
 * @param over From here on nobody listens to `outside`, which may outlive many runs.
 */
export function createInterruption(outside: AbortSignal | undefined, over: AbortSignal): Interruption {
  const endNow = new AbortController();
  const killNow = new AbortController();
  let endReads = new AbortController();
  let endIdle = new AbortController();
  let failure: { readonly error: unknown } | undefined;
  let signal: string | undefined;
  let decision: string | undefined;
  const interrupt = (): void => {
    const reason = String(outside?.reason ?? "SIGINT");
    signal = reason === "SIGTERM" || reason === "SIGHUP" ? reason : "SIGINT";
    if (signal !== "SIGHUP" && reason !== afterTheStep) endAll();
    endIdle.abort("interrupt");
  };
  const endAll = (): void => {
    endNow.abort("interrupt");
    endReads.abort("interrupt");
  };
  if (outside?.aborted) interrupt();
  outside?.addEventListener("abort", interrupt, { once: true, signal: over });
  return {
    endNow: endNow.signal,
    killNow: killNow.signal,
    hurry: () => {
      if (endNow.signal.aborted) killNow.abort();
      else if (signal !== undefined) endAll();
    },
    get endReads() {
      return endReads.signal;
    },
    get endIdle() {
      return endIdle.signal;
    },
    stopping: () => {
      if (failure) throw failure.error;
      return signal !== undefined || decision !== undefined;
    },
    haltAt: (step = "") => {
      if (failure) throw failure.error;
      if (decision !== undefined && signal === undefined)
        return new Halt({ kind: "roll-back", step, message: decision });
      return new Halt({ kind: "interrupted", signal: signal ?? "SIGINT", ...(step === "" ? {} : { step }) });
    },
    fail: (error) => {
      failure ??= { error };
      endAll();
      endIdle.abort("interrupt");
    },
    goBack: (message) => {
      decision ??= message;
      endReads.abort("interrupt");
      endIdle.abort("interrupt");
    },
    takeDecision: () => {
      if (decision === undefined || signal !== undefined || failure) return undefined;
      const taken = decision;
      decision = undefined;
      // what undoes may look and ask again
      endReads = new AbortController();
      endIdle = new AbortController();
      return taken;
    },
  };
}
