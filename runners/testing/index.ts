/**
 * What tests of runbooks need: answers from a script, waits that do not wait, a clock of one's own.
 *
 * @module lockstep/testing
 */
export { type Clock, createClock } from "../journal/clock.ts";
export { instantWaits } from "./instant-executors.ts";
export { approveIt, type Script, scriptedPrompter, tickAll } from "./scripted-prompter.ts";
