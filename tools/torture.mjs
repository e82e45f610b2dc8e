/**
 * Kills runs again and again, and judges what they did; see docs/reliability.md.
 *
 * node tools/torture.mjs [--runs N] [--seed S] [--jobs N] [--verbose]
 */
import { runMain } from "./testing/run-main.mjs";

await runMain("test/torture/torture-program.ts");
