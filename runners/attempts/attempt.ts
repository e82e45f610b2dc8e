/** What is run, where, and what becomes of what it writes. */
export interface AttemptSpec {
  /** The attempt's own folder, `attempts/<step>.<n>`. It must not exist yet; it is created with mode 0700, its files with 0600. */
  readonly folder: string;
  /** The exact characters of the command. Bash runs these, by `bash -euo pipefail`, and nothing else. */
  readonly script: string;
  /** Absolute path of the folder it runs in. */
  readonly cwd: string;
  /** Variables of this process that it does not inherit: those that secrets come from. */
  readonly withheld: readonly string[];
  /** Added to the inherited environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Standard output apart, in `out`, and standard error in `log`: for a step with outputs or `expect`. Else both in `log`. */
  readonly separateOutput: boolean;
  /**
   * Given to the step on standard input; else it reads `/dev/null`. It may be a secret: it is on no disk
   * and in no argument list. It must not hold a NUL, and the step does not begin before all of it was handed over.
   */
  readonly stdin?: string;
  /**
   * What must not reach a disk or a screen. If there are any, everything the step writes passes a masker
   * process that outlives lockstep; if there are none, the step writes to the files directly.
   */
  readonly secrets: readonly string[];
  /** The output is shown while lockstep follows, and never kept. */
  readonly sensitive: boolean;
  /** It gets the real terminal. Nothing that it writes is kept, and nobody can attach to it later. */
  readonly terminal: boolean;
  /** How long it may take to end after TERM, in seconds, before KILL. */
  readonly graceSeconds: number;
  /** The program that masks, for one that is not where lockstep is installed. */
  readonly maskerProgram?: string;
}

/** What the attempt's folder says about it. */
export type AttemptState =
  | { readonly state: "not-begun" }
  | { readonly state: "running"; readonly pid: number; readonly startedAt: string }
  | { readonly state: "ended"; readonly exitCode: number /** Wall clock, in milliseconds. */; readonly endedAt: number }
  | { readonly state: "unknown"; readonly reason: string };

/** How an attempt came to its end. */
export type AttemptOutcome =
  | { readonly kind: "exited"; readonly exitCode: number }
  /** The exit code is undefined if it had to be killed. */
  | {
      readonly kind: "ended-by-lockstep";
      readonly reason: EndReason;
      readonly exitCode: number | undefined;
      /** The pids of what could not be ended. */
      readonly left?: readonly number[];
      /** What it had started outside of its session, and was ended with it, in words. */
      readonly outside?: readonly string[];
    }
  /** Nobody can say how it ended, or its output did not reach the disk. `inspectAttempt` tells whether it began at all. */
  | { readonly kind: "lost"; readonly reason: string };

/** Why lockstep ends a step. */
export type EndReason = "timeout" | "interrupt" | "guard" | "section-end";

export interface OutputChunk {
  readonly stream: "stdout" | "stderr";
  /** Whole characters, also where a read ended in the middle of one; what is not UTF-8 becomes U+FFFD. */
  readonly text: string;
}

/** One attempt at a step, running or ended. */
export interface Attempt {
  readonly folder: string;
  /** Resolves when `begun` is written; rejects with a `LockstepError` if the command never begins. Looked for only if asked. */
  readonly begun: Promise<void>;
  /** Resolves when it ended. Never rejects. */
  readonly ended: Promise<AttemptOutcome>;
  /** Follows what it writes, from its beginning until it has ended. Holds 64 kB at most, however long a line is. */
  output(): AsyncIterable<OutputChunk>;
  /**
   * TERM to all that it started, KILL to what is left after the grace time. What has ended already keeps its outcome, and
   * what it left behind stays, as a daemon may be meant to; only `section-end` ends that, too.
   */
  end(reason: EndReason): Promise<AttemptOutcome>;
  /** KILL at once for what {@link end} has begun to end. */
  hurry(): void;
}
