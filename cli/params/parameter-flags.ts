import { type Command, Option } from "commander";
import type { ParamDeclaration } from "../../dsl/params/param.ts";
import { flagOf } from "../../dsl/params/parameter-flag.ts";

/** The flag of a parameter: its name in the runbook, and under which name commander keeps the value. */
export interface ParameterFlag {
  readonly name: string;
  readonly key: string;
}

/**
 * Makes flags of parameters, but of those that would hide an option of the command, of secrets, and of those whose name
 * begins with "no": commander takes `--no-restart` for the negation of `--restart`. They are given by `-p` alone.
 */
export function addParameterFlags(
  command: Command,
  params: Readonly<Record<string, ParamDeclaration>>,
): readonly ParameterFlag[] {
  const taken = new Set([...command.options.map(({ long }) => long), "--help", "--color", "--no-color"]);
  return Object.entries(params).flatMap(([name, declaration]) => {
    const flag = `--${flagOf(name)}`;
    const negated = `--no-${flagOf(name)}`;
    const isNegation = flag.startsWith("--no-");
    const isTaken = taken.has(flag) || (declaration.type === "boolean" && taken.has(negated));
    if (declaration.type === "secret" || isNegation || isTaken) return [];
    taken.add(flag);
    if (declaration.type === "boolean") taken.add(negated);
    const option = new Option(
      declaration.type === "boolean" ? flag : `${flag} <${valueWord(declaration)}>`,
      meaningOf(declaration),
    );
    command.addOption(option.helpGroup("Parameters (also as -p name=value):"));
    if (declaration.type === "boolean") command.addOption(new Option(negated).hideHelp());
    // commander would take the hidden --no-... for a default of true
    command.setOptionValue(option.attributeName(), undefined);
    return [{ name, key: option.attributeName() }];
  });
}

/** The values that were typed, by the names of the parameters. */
export function flagValues(
  flags: readonly ParameterFlag[],
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    flags.filter(({ key }) => options[key] !== undefined).map(({ name, key }) => [name, options[key]]),
  );
}

function valueWord(declaration: ParamDeclaration): string {
  if (declaration.type === "oneOf") return declaration.choices.join("|");
  if (declaration.type === "duration") return "10m";
  return "example" in declaration && declaration.example !== undefined ? String(declaration.example) : declaration.type;
}

function meaningOf(declaration: ParamDeclaration): string {
  const meaning = declaration.meaning ?? ("phrase" in declaration ? (declaration.phrase ?? "") : "");
  if (!("default" in declaration) || declaration.default === undefined) return `${meaning} (needed)`.trim();
  const value =
    typeof declaration.default === "object" ? `${declaration.default.seconds}s` : String(declaration.default);
  return `${meaning} (default: ${value})`.trim();
}
