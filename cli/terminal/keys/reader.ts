import type { Press } from "./press-parser.ts";

/** Why a question ended without an answer. */
export type Left = "ctrl-c" | "aborted" | "gone";

/** A question that stands: it is given what the keyboard sends until it has its answer. */
export interface Reader {
  /** What arrived at once, at a monotonic time in milliseconds. Never Ctrl-C or Ctrl-Z. */
  take(presses: readonly Press[], at: number): void;
  leave(why: Left): void;
  /** Ctrl-C came again as a key does that is held down: it does not count, and that is said. */
  refuseHeld(key: string): void;
}

/** What is said of a key that does not count since it may be held down. */
export function heldWords(key: string): string {
  return `${key} came again as soon as a key does that is held down, and counts once. Let go, then press it again.`;
}

/** Milliseconds in which a new question takes no key: nobody can have read it. */
export const unread = 200;
