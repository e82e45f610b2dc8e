import type { Command } from "commander";

/** What a file in `commands/` exports by default. */
export interface CommandModule {
  /** What stands below the summary in the help. */
  readonly about?: string;
  /** Lines for the help, each a command that can be typed. */
  readonly examples: readonly string[];
  /** Changes what was typed before it is parsed. */
  prepare?(argv: readonly string[]): readonly string[];
  /** Adds arguments, options and the action. `argv` is what was typed after the command's name. */
  define(command: Command, argv: readonly string[]): Promise<void> | void;
}
