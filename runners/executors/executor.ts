import type { PlanActionKind, PlanStep } from "../../dsl/plan/plan.ts";
import type { Engine } from "../engine/engine.ts";

/**
 * One start of a step. What it runs with is there before it is begun; of one that is `resumed` it is worked out when it is
 * read, and reading it throws where a value is missing, such as that of a secret.
 */
export interface Attempt {
  readonly step: PlanStep;
  /** The step's id with its pass. */
  readonly key: string;
  /** Counts from 1. */
  readonly number: number;
  /** Where its files are. */
  readonly folder: string;
  /** Exactly what runs, or what people are shown. */
  readonly command: string | undefined;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string | undefined;
  /** Aborted when it must end at once; the reason is an `EndReason`. */
  readonly signal: AbortSignal;
  /** An earlier lockstep started it, and it is taken up again instead of begun. */
  readonly resumed: boolean;
}

/** How an attempt ended. One shape for all kinds. */
export type AttemptResult =
  /** Done; `stdout` is what outputs and `expect` are judged by. */
  | {
      readonly kind: "done";
      readonly exitCode: number;
      readonly stdout?: string;
      /** It printed more than that, which nothing judges. */
      readonly cut?: true;
      readonly remark?: string;
      /** The last line that a failed one wrote. */
      readonly words?: string;
      /** When it ended, by the wall clock, in milliseconds; now unless given. */
      readonly endedAt?: number;
    }
  /** A background step is ready, and runs on. */
  | { readonly kind: "running" }
  /** A person decided that it counts. */
  | { readonly kind: "overruled"; readonly remark: string }
  /** `midway`: it was ended before it was done, so that a write may have happened, or half of it. */
  | {
      readonly kind: "failed";
      readonly remark: string;
      readonly overrulable: boolean;
      readonly midway?: boolean;
      /** A person said no. */
      readonly declined?: true;
    }
  /** Ended before it was done, by Ctrl-C or a guard. */
  | { readonly kind: "ended"; readonly remark: string }
  /** Nobody knows how it ended. */
  | { readonly kind: "unknown"; readonly remark: string }
  /** What a person answered, as outputs. */
  | { readonly kind: "answered"; readonly outputs: Readonly<Record<string, string>>; readonly remark: string };

/** Does what a kind of action says. */
export type Executor = (engine: Engine, attempt: Attempt) => Promise<AttemptResult>;

/** One for every kind; a kind that is forgotten does not compile. */
export type Executors = Readonly<Record<PlanActionKind, Executor>>;
