import { writeFileSync } from "node:fs";
import { runProgram } from "../../../runners/processes/run-program.ts";

/** Runs a program, and then writes a file that may not grow so far. */
await runProgram("true");
try {
  writeFileSync(process.argv[2] ?? "", "x".repeat(64 * 1024));
} catch (error) {
  console.log((error as NodeJS.ErrnoException).code);
}
