import type { Plan } from "../../../dsl/plan/plan.ts";
import type { RunPlace } from "../../../runners/events/run-event.ts";
import type { Signers } from "../../../runners/identity/signers.ts";
import { readAbandonedFailures } from "../../errors/abandoned-failures.ts";
import type { RecordedRun } from "../../history/run-reader.ts";
import { listenToSignals } from "../../runs/signal-listener.ts";
import { createKeys } from "../keys/create-keys.ts";
import { createScreen } from "../screen/create-screen.ts";
import { regionOf } from "./live-view.ts";
import { createSessionFacts } from "./session-facts.ts";
import { createStopKey } from "./stop-key.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** What somebody is at the terminal for; `approve` answers a run that somebody else goes on with. */
export type SessionPurpose = "run" | "resume" | "rollback" | "approve";

export interface SessionOptions {
  readonly plan: Plan;
  readonly root: string;
  /** What looking told of where it acts. */
  readonly place: RunPlace;
  /** Asked before each step. */
  readonly stepping: boolean;
  /** What is recorded of the run, if it is not a new one. */
  readonly recorded?: RecordedRun;
  readonly purpose: SessionPurpose;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly signers?: Signers;
  readonly plain?: boolean;
  readonly ascii?: boolean;
  /** One question after the start screen, since the cluster may be the wrong one. */
  readonly confirm: boolean;
}

export interface OpenedUi {
  readonly ui: TerminalUi;
  /** Aborted when somebody leaves, or a signal says so. */
  readonly signal: AbortSignal;
  /** Whether it was left since the runbook's code failed where nobody waits for it. */
  readonly isFailed: boolean;
  close(): void;
}

/** Takes the terminal. */
export async function openUi({
  plan,
  root,
  place,
  stepping,
  recorded,
  purpose,
  roles,
  signers,
  ...looks
}: SessionOptions): Promise<OpenedUi> {
  const interruption = new AbortController();
  const leave = (reason: string): void => {
    if (!interruption.signal.aborted) interruption.abort(reason);
    else if (reason !== "SIGHUP") ui.run?.hurry();
  };
  const { plain, ascii } = looks;
  const screen = createScreen({
    stderr: process.stderr,
    env: process.env,
    ...(plain ? { plain } : {}),
    ...(ascii ? { ascii } : {}),
  });
  const facts = createSessionFacts(plan);
  facts.recall(recorded?.events ?? []);
  const ui: TerminalUi = {
    screen,
    keys: createKeys({
      stdin: process.stdin,
      screen,
      onCtrlC: () => leave("SIGINT"),
      onCtrlZ: () => stopKey.press(),
    }),
    plan,
    root,
    place,
    purpose,
    roles,
    signers,
    facts,
    run: undefined,
    stepping,
    drafts: new Map(),
    leaving: new Set(),
    answeredHere: new Set(),
    leave,
    show: (view, cause) => screen.setLive(() => regionOf(ui, view), cause),
  };
  const stopKey = createStopKey(ui);
  // as a key Ctrl-C comes by the keyboard; at a pager or an editor it is theirs, and comes here too
  const stopListening = listenToSignals((name) => void ((name === "SIGINT" && screen.lent) || leave(name)));
  let isFailed = false;
  const stopReading = readAbandonedFailures((text) => {
    screen.print(text.trimEnd().split("\n"));
    isFailed = true;
    if (!interruption.signal.aborted) leave("SIGTERM");
  });
  return {
    ui,
    signal: interruption.signal,
    get isFailed() {
      return isFailed;
    },
    close: () => {
      stopReading();
      stopListening();
      ui.keys.close();
      screen.close();
    },
  };
}
