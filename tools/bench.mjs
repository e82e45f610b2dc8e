/**
 * Measures, and prints a table; the machine should have nothing else to do.
 *
 * node tools/bench.mjs NAME    a file of bench/, such as terminal-flood
 */
import { runMain } from "./testing/run-main.mjs";

await runMain(`bench/${process.argv[2]}.ts`);
