/**
 * Loads runbooks for programs, as the command does.
 *
 * @module
 */
export { loadRunbooks } from "./runbook-finder.ts";
export { loadRunbook, type LoadedRunbook } from "./runbook-loader.ts";
export type { FoundRunbook, RunbookCard } from "./runbook-card.ts";
