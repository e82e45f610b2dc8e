import { type Command, Option } from "commander";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Verbosity } from "../output/unattended-writer.ts";

/** How much of a run is shown. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly auto?: boolean;
  readonly step?: boolean;
  readonly plain?: boolean;
  readonly ascii?: boolean;
}

/** How somebody at a terminal goes through a run. */
export interface Attendance {
  readonly stepping: boolean;
  readonly plain: boolean;
  readonly ascii: boolean;
}

/** Adds `--json`, `-q` and `-v`. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--json", "the journal's events on standard output, one a line").conflicts(["quiet", "verbose"]),
    )
    .addOption(
      new Option(
        "-q, --quiet",
        "without a terminal: show only what needs a person or went wrong, and the end",
      ).conflicts("verbose"),
    )
    .option("-v, --verbose", "without a terminal: show every event");
}

/** Adds what only a terminal has: whether and how somebody is asked. */
export function addTerminalOptions(
  command: Command,
  { stepping = true }: { readonly stepping?: boolean } = {},
): Command {
  if (stepping)
    command.addOption(new Option("--step", "in a terminal: ask before each step").conflicts(["auto", "json"]));
  return command
    .option("--auto", "unattended (the default without a terminal): suspend where a person is needed, exit code 75")
    .option("--plain", "in a terminal: sentences and typed words, nothing redrawn, for a screen reader")
    .option("--ascii", "in a terminal: no Unicode");
}

/**
 * How somebody attends; undefined where nobody does: without a terminal, with `--auto` or `--json`.
 *
 * @throws {LockstepError} `bad-argument` for `--step` where nobody can answer, and for `-q` and `-v` where somebody does.
 */
export function attendanceOf(options: OutputOptions): Attendance | undefined {
  const { auto, json, step, plain, ascii } = options;
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (isTerminal && !auto && !json) {
    refuseVerbosity(options);
    return { stepping: step === true, plain: plain === true, ascii: ascii === true };
  }
  if (!step) return undefined;
  throw new LockstepError({
    code: "bad-argument",
    message: "--step asks before each step, and nobody can answer here",
    hint: "Run it in a terminal, or leave --step out",
  });
}

/** The record of a terminal is always whole. */
function refuseVerbosity({ quiet, verbose }: OutputOptions): void {
  if (!quiet && !verbose) return;
  const flag = quiet ? "--quiet" : "--verbose";
  throw new LockstepError({
    code: "bad-argument",
    message: `${flag} is for a run that nobody attends`,
    hint: `Add --auto, or leave ${flag} out`,
  });
}

export function verbosityOf({ quiet, verbose }: OutputOptions): Verbosity {
  if (quiet) return "quiet";
  return verbose ? "verbose" : "normal";
}
