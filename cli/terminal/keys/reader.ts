import type { Press } from "./press-parser.ts";

/** Why a question ended without an answer. */
export type Left = "ctrl-c" | "aborted" | "gone";

/** A question that stands: it is given what the keyboard sends until it has its answer. */
export interface Reader {
  /** What arrived at once, at a monotonic time in milliseconds. Never Ctrl-C or Ctrl-Z. */
  take(presses: readonly Press[], at: number): void;
  leave(why: Left): void;
}

/** Milliseconds in which a new question takes no key: nobody can have read it. */
export const unread = 200;
