import { Command, CommanderError } from "commander";
import { LockstepError } from "../dsl/errors/lockstep-error.ts";
import { nearest } from "../dsl/errors/nearest.ts";
import { type CommandEntry, commandTable } from "./command-table.ts";
import type { CommandModule } from "./commands/command-module.ts";
import { usageError } from "./errors/usage-error.ts";
import { ownPackage } from "./loading/package-root.ts";
import { inertLines } from "./output/inert-text.ts";

/**
 * Runs a command line, without the name of the program. Only the code of the command that was typed is loaded.
 *
 * @throws {LockstepError} for what was typed wrongly, and whatever the command throws.
 */
export async function runProgram(argv: readonly string[]): Promise<void> {
  const program = createProgram();
  const name = argv.find((word) => !word.startsWith("-"));
  const at = name === undefined ? -1 : argv.indexOf(name);
  if (name === "help") return runProgram(argv.length > at + 1 ? [argv[at + 1] ?? "", "--help"] : ["--help"]);
  let words = argv;
  for (const entry of commandTable) {
    if (entry.name === name)
      words = [...argv.slice(0, at + 1), ...(await addCommand(program, entry, argv.slice(at + 1)))];
    else
      program
        .command(entry.name, { hidden: entry.hidden ?? false })
        .usage(entry.usage)
        .summary(entry.summary);
  }
  if (name !== undefined && !commandTable.some((entry) => entry.name === name)) throw unknownCommand(name);
  if (argv.length === 0) return void process.stdout.write(program.helpInformation());
  await parse(program, words);
}

function createProgram(): Command {
  const program = new Command("lockstep");
  program
    .description("Runbooks that are the page and the run at once.")
    .usage("COMMAND ...")
    .version(ownPackage().version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand(false)
    .option("--no-color", "no colours (as NO_COLOR=1 does)")
    .enablePositionalOptions()
    .configureHelp({
      subcommandTerm: (command) => `${command.name()} ${command.usage()}`.trim(),
      sortSubcommands: false,
    })
    .addHelpText(
      "after",
      "\nlockstep COMMAND --help tells more of one. Exit codes: 0 done, 1 failed, 2 bad usage,\n3 declined, 4 rolled back, 5 out of date, 75 a person is needed, 130 interrupted.\n",
    );
  return withOwnErrors(program);
}

async function addCommand(program: Command, entry: CommandEntry, typed: readonly string[]): Promise<readonly string[]> {
  const { default: module } = await entry.load();
  const argv = module.prepare?.(typed) ?? typed;
  const command = withOwnErrors(program.command(entry.name, { hidden: entry.hidden ?? false }));
  command.summary(entry.summary).description(describe(entry, module)).usage(`${entry.usage} [options]`.trim());
  command.helpOption("-h, --help", "show this help");
  await module.define(command, argv);
  command.option("--no-color", "no colours");
  command.addHelpText("after", `\nExamples:\n${module.examples.map((example) => `  ${example}`).join("\n")}\n`);
  return argv;
}

function describe({ summary }: CommandEntry, { about }: CommandModule): string {
  const first = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return about === undefined ? first : `${first}\n\n${about}`;
}

/** Commander would print and exit; the error goes up instead. */
function withOwnErrors(command: Command): Command {
  return command
    .configureOutput({
      writeOut: (text) => process.stdout.write(inertLines(text)),
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .exitOverride((error) => {
      throw error.exitCode === 0 ? error : usageError(command, error);
    });
}

async function parse(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    // help or version was printed
    if (error instanceof CommanderError && error.exitCode === 0) return;
    throw error;
  }
}

function unknownCommand(name: string): LockstepError {
  const names = commandTable.filter(({ hidden }) => !hidden).map((entry) => entry.name);
  const match = nearest(name, names);
  const hint = match === undefined ? "lockstep --help lists the commands" : `Did you mean ${match}?`;
  return new LockstepError({ code: "unknown-command", message: `lockstep has no command "${name}"`, hint });
}
