/**
 * Plays the sessions of docs/terminal.md with the built command in a pseudo-terminal, and writes what they show into the page.
 *
 * node tools/capture-terminal.mjs [SESSION...]
 */
import { runMain } from "./testing/run-main.mjs";

await runMain("test/cli/terminal/sessions/capture-program.ts", process.argv.slice(2));
