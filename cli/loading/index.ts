/**
 * Loads runbooks for programs, as the command does.
 *
 * @module
 */

export type { FoundRunbook, RunbookCard } from "./runbook-card.ts";
export { loadRunbooks } from "./runbook-finder.ts";
export { type LoadedRunbook, loadRunbook } from "./runbook-loader.ts";
