import type { Command, CommanderError } from "commander";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";

/** Commander's complaint in lockstep's words, with the nearest name. */
export function usageError(command: Command, { code, message }: CommanderError): LockstepError {
  const name = command.parent ? command.name() : "lockstep";
  const subject = /'([^']*)'/.exec(message)?.[1] ?? "";
  const help = `lockstep ${command.parent ? `${name} ` : ""}--help shows how`;
  switch (code) {
    case "commander.unknownOption":
      return unknownOption(name, subject, command, help);
    case "commander.missingArgument":
      return new LockstepError({
        code: "bad-argument",
        message: `${name} needs ${subject}`,
        hint: `Usage: lockstep ${name} ${command.usage()}`,
      });
    case "commander.optionMissingArgument":
      return new LockstepError({
        code: "bad-argument",
        message: `${subject.split(/[ ,]/)[0]} needs a value, ${/<.*>/.exec(subject)?.[0] ?? ""}`,
        hint: help,
      });
    case "commander.excessArguments":
      return new LockstepError({
        code: "bad-argument",
        message: `${name} takes ${command.registeredArguments.length === 0 ? "no arguments" : `only ${command.registeredArguments.map((argument) => argument.name()).join(" and ")}`}, and was given ${command.args.join(" ")}`,
        hint: optionMeant(command) ?? `Usage: lockstep ${name} ${command.usage()}`,
      });
    case "commander.invalidArgument":
      return wrongChoice(name, message, help);
    case "commander.conflictingOption":
      return new LockstepError({
        code: "bad-argument",
        message: conflictOf(message),
        hint: "Leave one of them out",
      });
    default:
      return new LockstepError({
        code: "bad-argument",
        message: message.replace(/^error: /, "").replace(/\.$/, ""),
        hint: help,
      });
  }
}

/** Of the choices that an option or an argument has. */
function wrongChoice(name: string, message: string, help: string): LockstepError {
  const taker = /option '(?:-\w, )?(--[\w-]+)/.exec(message)?.[1] ?? name;
  const typed = /(?:argument|value) '(.*?)' is invalid/.exec(message)?.[1] ?? "";
  const choices = (/Allowed choices are (.*)\.$/.exec(message)?.[1] ?? "").split(", ");
  return new LockstepError({
    code: "bad-argument",
    message: `${taker} takes ${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}, not "${typed}"`,
    hint: didYouMean(typed, choices, help),
  });
}

/** Options by their long names, without what they take. */
function conflictOf(message: string): string {
  const [one, other] = [...message.matchAll(/'(?:-\w, )?(--[\w-]+)[^']*'/g)].map(([, long]) => long);
  return `${one} cannot be used with ${other}`;
}

/** What was typed as a word of its own and is the value of an option. */
function optionMeant(command: Command): string | undefined {
  const has = (flag: string): boolean => command.options.some(({ long, short }) => long === flag || short === flag);
  const extra = command.args.slice(command.registeredArguments.length);
  const value = extra.find((word) => /^[A-Za-z][\w-]*=/.test(word));
  if (value !== undefined && has("-p")) return `Write -p ${value}`;
  return extra.includes("read") && has("--dry-run") ? "Write --dry-run=read" : undefined;
}

function unknownOption(name: string, typed: string, command: Command, help: string): LockstepError {
  const flag = typed.replace(/=.*/, "");
  const known = command.options.filter(({ hidden }) => !hidden).flatMap(({ long, short }) => [long, short]);
  const names = [...known, "--help", "--no-color"].filter((option) => option !== undefined);
  return new LockstepError({
    code: "unknown-option",
    message: `${name} has no option ${flag}`,
    hint: didYouMean(flag, names, help),
  });
}
