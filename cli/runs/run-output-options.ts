import type { Command } from "commander";
import type { Verbosity } from "../output/unattended-writer.ts";

/** How much of a run is shown. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Adds `--json`, `-q` and `-v`. */
export function addOutputOptions(command: Command): Command {
  return command
    .option("--json", "the journal's events on standard output, one a line")
    .option("-q, --quiet", "show only what needs a person or went wrong, and the end")
    .option("-v, --verbose", "show every event");
}

export function verbosityOf({ quiet, verbose }: OutputOptions): Verbosity {
  if (quiet) return "quiet";
  return verbose ? "verbose" : "normal";
}
