import type { PlanOutput } from "../../dsl/plan/plan.ts";
import type { PlaceDifference, StepChange } from "../events/run-event.ts";

interface QuestionCommon {
  /**
   * Names this very question, such as `deploy#2`. It stays the same when the question is asked again after a resume; a
   * later question about the same step, such as that of its next attempt, has another. An answer names its question.
   */
  readonly id: string;
  /** The key of the step, or the id of the guard, that it is about. */
  readonly step: string;
  readonly number: string;
  readonly title: string;
  /** In a guard's range: seconds until it counts as unanswered, and the guard trips. */
  readonly deadlineSeconds?: number;
}

/** What a run asks a person. A terminal, a chat bot and a test answer the same questions. */
export type Question = QuestionCommon &
  (
    | { readonly kind: "checklist"; readonly procedure: Procedure; readonly items: readonly QuestionItem[] }
    | {
        readonly kind: "manual";
        readonly procedure: Procedure;
        readonly instructions?: string;
        readonly command?: string;
        readonly asks: readonly PlanOutput[];
        /** Somebody other than the operator must do it. */
        readonly secondPerson?: boolean;
      }
    | {
        readonly kind: "approval";
        readonly procedure: Procedure;
        readonly by: readonly string[];
        readonly quorum: number;
        /** How long a yes holds; for ever without one. */
        readonly validForSeconds?: number;
        /** Nobody who has started or resumed the run approves. */
        readonly secondPerson?: true;
        /** Names that have approved so far. */
        readonly approved: readonly string[];
        readonly covers: readonly CoveredStep[];
        /** What watches over that, in words, a line for each guard. */
        readonly guards: readonly string[];
        /** The values of the run's parameters by name, as text; no secret. */
        readonly values: Readonly<Record<string, string>>;
        /** SHA-256 of everything that is approved; an answer for another digest is void. */
        readonly digest: string;
      }
    /** Step-through: before a step starts. */
    | { readonly kind: "start"; readonly command?: string; readonly effect: string }
    /** A watch has begun to show; the answer ends it. */
    | { readonly kind: "watch"; readonly until: string }
    | { readonly kind: "failed"; readonly remark: string; readonly inGuard: boolean; readonly overrulable: boolean }
    /** A write began and nobody knows how it ended. */
    | {
        readonly kind: "unknown";
        readonly command?: string;
        readonly remark: string;
        /** What it gives and others use: who says that it is there says these values too. */
        readonly gives: readonly PlanOutput[];
      }
    /** A gate brought too few numbers. */
    | { readonly kind: "inconclusive"; readonly remark: string }
    /** A destructive step outside of the hours of its environment. */
    | { readonly kind: "closed"; readonly remark: string }
    /** A guard sees nothing. */
    | { readonly kind: "blind"; readonly remark: string }
    /** A guard with `onTrip: stop` has tripped; only a person arms it again. */
    | { readonly kind: "tripped"; readonly remark: string }
    /** A rollback has come to what it cannot decide: an irreversible step, an undo that may have happened, a half-created thing. */
    | { readonly kind: "rollback"; readonly remark: string; readonly command?: string }
    | {
        readonly kind: "changed";
        readonly changes: readonly StepChange[];
        /** Steps that only say it in other words. */
        readonly reworded: readonly string[];
        /** Where the runbook stood when the run took it, if that is known: "git 4f2c91d". */
        readonly source?: string;
        /** Steps of which it is decided already that they run again. */
        readonly again: readonly string[];
      }
    /** A resume in another folder, or with another cluster, than before. */
    | { readonly kind: "elsewhere"; readonly differences: readonly PlaceDifference[] }
    /** A step is done, and what it used has come out different since. */
    | { readonly kind: "stale"; readonly remark: string }
    /** A condition, a choice or the end of a pass was decided, and by the values of now it would be decided otherwise. */
    | {
        readonly kind: "decision";
        readonly was: string;
        readonly now: string;
        /** What would change if it is decided anew, in words. */
        readonly changes: readonly string[];
      }
  );

/** Which run asks, so that what is said to it is said to no other. */
export interface Procedure {
  readonly run: string;
  /** Id of its runbook. */
  readonly runbook: string;
  readonly title: string;
  readonly environment?: string;
}

/** A question that has no name yet. */
export type Unasked = Question extends infer Q ? (Q extends Question ? Omit<Q, "id"> : never) : never;

/** An item of a checklist, with what is known of it. */
export interface QuestionItem {
  /** Counts from 1. */
  readonly item: number;
  readonly text: string;
  readonly ticked: boolean;
  /** A machine looked, and this is what it saw; an item that failed its check can be overruled. */
  readonly checked?: { readonly ok: boolean };
  readonly by?: "secondPerson";
  /** The person who ticked it. */
  readonly tickedBy?: string;
}

/** A step that an approval is for. */
export interface CoveredStep {
  readonly step: string;
  readonly number: string;
  readonly title: string;
  /** read, WRITE, DESTRUCTIVE, wait, ... in lower case. */
  readonly effect: string;
  readonly command?: string;
  /** Where it acts, in words. */
  readonly on: string;
  /** How it is undone, or why not: a line for each action. */
  readonly undo: readonly string[];
  readonly remark?: string;
}

/** What may carry a signature: an armored SSH signature of what `signedText` gives for the question and the answer. */
interface Signed {
  readonly signature?: string;
}

/** What a person says. Which answers fit is told by the question's kind. */
export type Answer =
  /** approval */
  | ({ readonly say: "approve"; readonly digest: string } & Signed)
  /** checklist: the items that hold, by number. Items may come in several answers. */
  | ({ readonly say: "tick"; readonly items: readonly number[] } & Signed)
  /** manual: done, with what was asked for. */
  | ({ readonly say: "done"; readonly asks: Readonly<Record<string, string>> } & Signed)
  /** start */
  | { readonly say: "run" }
  | { readonly say: "run-to-end" }
  /** failed, inconclusive, closed, blind: once more. */
  | { readonly say: "retry" }
  /** start, failed */
  | { readonly say: "skip"; readonly reason: string }
  /** failed `expect`, failed check of a checklist (with `items`), inconclusive gate: it counts as ok all the same; closed: it starts all the same. */
  | ({ readonly say: "overrule"; readonly reason: string; readonly items?: readonly number[] } & Signed)
  /** unknown; rollback of an unknown write */
  | {
      readonly say: "there" | "missing" | "partly";
      readonly how: string;
      /** there: the values of what it `gives`, by name. */
      readonly outputs?: Readonly<Record<string, string>>;
    }
  /** tripped: watch again. */
  | { readonly say: "arm"; readonly reason: string }
  /** rollback: go on past this, leave it as it is. */
  | { readonly say: "leave"; readonly reason: string }
  /** rollback: run this undo although the outcome of its step is not known. */
  | { readonly say: "undo"; readonly reason: string }
  /** elsewhere: go on here. changed: go on with it. What is done stays done, unless its key is among those that run `again`. */
  | { readonly say: "accept"; readonly again?: readonly string[] }
  /** stale: it stays done, as it is. decision: it stays as it was decided. */
  | { readonly say: "keep" }
  /** stale: it runs again, in its turn. decision: it is decided anew, by the values of now. */
  | { readonly say: "again" }
  | { readonly say: "roll-back" }
  /** No: a refusal, with a reason. */
  | { readonly say: "refuse"; readonly reason: string }
  /** watch: seen enough. */
  | { readonly say: "seen" }
  /** Stop here, on purpose; the run can be resumed. */
  | { readonly say: "stop" };

/** Nobody answers here: the run is suspended, and `approve` answers it later. */
export const suspend: unique symbol = Symbol("suspend");

/**
 * Answers the questions of a run.
 *
 * @example
 * const bot: Prompter = { ask: async (question) => question.kind === "checklist" ? { say: "tick", items: await askInChat(question) } : suspend };
 */
export interface Prompter {
  /**
   * One that rejects is noted, and taken for one that answers `suspend`.
   *
   * @param signal Aborted when an answer is no longer wanted: a guard tripped, somebody else answered, the run ends.
   *   Items of a checklist that are given at once then still count.
   */
  ask(question: Question, signal: AbortSignal): Promise<Answer | typeof suspend>;
  /** Gives the terminal to a step with `terminal: true` until `work` has ended; without this the step simply has it. */
  lend?<T>(work: () => Promise<T>): Promise<T>;
  /** Who answers; the operating system's user unless given. */
  readonly by?: { readonly user: string; readonly host: string };
}
