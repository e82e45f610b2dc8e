import type { CodeFunction } from "../../dsl/actions/code.ts";
import type { Plan, PlanCommand, PlanMeasurement, PlanText } from "../../dsl/plan/plan.ts";
import type { Scope } from "../../dsl/plan/resolve-operand.ts";
import type { Actor, RunMode } from "../events/run-event.ts";
import type { Executors } from "../executors/executor.ts";
import type { GuardKeeper } from "../guards/guard-keeper.ts";
import type { Signers } from "../identity/signers.ts";
import type { Clock } from "../journal/clock.ts";
import type { Procedure, Prompter } from "../questions/question.ts";
import type { RunFolder } from "../store/run-folder.ts";
import type { BackgroundKeeper } from "./background-keeper.ts";
import type { Halt } from "./halt.ts";
import type { PlanSections } from "./plan-sections.ts";
import type { Recorder } from "./recorder.ts";
import type { Moment, RunState } from "./run-state.ts";

/** What everything that works on one run shares. */
export interface Engine {
  readonly plan: Plan;
  readonly folder: RunFolder;
  readonly root: string;
  readonly mode: RunMode;
  readonly by: Actor;
  readonly procedure: Procedure;
  /** Whose signatures count; without any, names are the operating system's word. */
  readonly signers: Signers | undefined;
  /** Who embeds lockstep knows who writes to the inbox. */
  readonly vouched: boolean;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Names of all who started or resumed the run. */
  readonly operators: ReadonlySet<string>;
  readonly prompter: Prompter | undefined;
  /** What of a step's surroundings only the whole plan tells. */
  readonly sections: PlanSections;
  /** Step-through: asked before each step, until somebody says to the end. */
  stepping(): boolean;
  runToEnd(): void;
  /** Somebody looks on and answers. */
  readonly attended: boolean;
  /** The values of secrets, for the masker. */
  readonly secrets: readonly string[];
  /** Variables that secrets come from, which no command inherits. */
  readonly withheld: readonly string[];
  /** The values of secrets by parameter. */
  readonly secretValues: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly state: RunState;
  readonly scope: Scope;
  readonly executors: Executors;
  readonly functions: ReadonlyMap<string, CodeFunction>;
  readonly guards: GuardKeeper;
  readonly backgrounds: BackgroundKeeper;
  /** Aborted with the reason "interrupt" when running steps must end now (Ctrl-C, SIGTERM). */
  readonly endNow: AbortSignal;
  /** Aborted when running reads must end now: also when somebody decided to go back. */
  readonly endReads: AbortSignal;
  /** Aborted by whatever stops the run: also when a connection drops, which a running command survives and a wait does not. */
  readonly endIdle: AbortSignal;
  /** Who interrupted will not wait: what was left to end must end now, and what was told to end is killed. */
  hurry(): void;
  /** Nothing new starts any more. */
  stopping(): boolean;
  /** The halt for whoever finds that nothing new starts. */
  interrupted(step?: string): Halt;
  /** Something that must not happen did, in the background: the run ends with this error. */
  fail(error: unknown): void;
  /** A person decided, while something runs, to undo what ran. */
  goBack(message: string): void;
  /** What that person decided, once: from here on it is done, and stops nothing any more. */
  takeDecision(): string | undefined;
  /** The signal by which a person ends one running step, and nothing else. */
  handOf(key: string): AbortSignal;
  /** Aborted when a person will not wait until a step that was told to end does so by itself. */
  hurryOf(key: string): AbortSignal;
  endByHand(key: string): void;
  endedByHand(key: string): boolean;
  /** A text with the values that are known by now. */
  text(text: PlanText): string;
  /** A command with the values that are known by now; one with an unknown value is refused. */
  commandText(command: PlanCommand): string;
  measurement(id: string): PlanMeasurement | undefined;
  /** By the monotonic clock within one boot, by wall clock across boots. */
  secondsSince(moment: Moment, boot: string): number;
}
