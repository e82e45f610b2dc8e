import type { Command } from "commander";

/** The options by which every command takes values. */
export interface ValueOptions {
  readonly param?: readonly string[];
  readonly params?: string;
  readonly env?: string;
}

/** Adds `-p`, `--params` and `--env`. */
export function addValueOptions(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return command
    .option("-p, --param <name=value>", "a parameter; may be given several times", collect)
    .option("--params <FILE>", 'parameters from a JSON file: { "name": value }; -p wins over it')
    .option("--env <NAME>", "the values of an environment; --params and -p win over it");
}
