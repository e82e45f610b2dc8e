import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { parseShell } from "./parse-shell.ts";
import type { Command, Entry, Script, SimpleCommand } from "./shell-syntax.ts";
import type { ShellTemplate } from "./shell-template.ts";
import { shellTextOf } from "./shell-text.ts";

/**
 * Refuses what would outlive a step in the shell of the person who pastes it, since the run starts each step in a
 * shell of its own: `cd`, `export`, an assignment, `exit`, a background job. In `( )`, `$( )` and in a pipeline, nothing of that
 * outlives the step.
 *
 * @throws LockstepError `shell-keeps-state`, or `shell-syntax` for an empty command
 */
export function checkShellCommand<H>(
  template: ShellTemplate<H>,
  options: { readonly at?: CallSite | undefined } = {},
): void {
  const { script } = parseShell({ ...shellTextOf(template), at: options.at });
  if (script.entries.length === 0) throw emptyCommand(options.at);
  checkScript(script, options.at, { isFunction: false });
}

interface Scope {
  /** In the body of a function, `return` and `local` end with it. */
  readonly isFunction: boolean;
}

function checkScript(script: Script, at: CallSite | undefined, scope: Scope): void {
  for (const [index, { pipeline, background }] of script.entries.entries()) {
    if (background && !isAwaited(script.entries.slice(index + 1)))
      throw staysError("a command that ends in &", hints["&"], at);
    const [command] = pipeline;
    if (command && pipeline.length === 1) checkCommand(command, at, scope);
  }
}

function checkCommand(command: Command, at: CallSite | undefined, scope: Scope): void {
  if (command.kind === "function") checkCommand(command.body, at, { isFunction: true });
  else if (command.kind === "simple") checkSimple(command, at, scope);
  else if (command.kind === "current") for (const body of command.bodies) checkScript(body, at, scope);
}

function checkSimple({ assignments, words }: SimpleCommand, at: CallSite | undefined, scope: Scope): void {
  const [assignment] = assignments;
  if (assignment && words.length === 0)
    throw staysError(`the assignment ${nameOf(assignment.raw)}=...`, hints["="], at);
  const name = words.map(({ literal }) => literal).find((literal) => literal !== "command" && literal !== "builtin");
  if (name === undefined || !Object.hasOwn(hints, name)) return;
  if (scope.isFunction && (name === "return" || name === "local")) return;
  throw staysError(name, hints[name], at);
}

/** A later `wait` ends what was started in the background. */
function isAwaited(later: readonly Entry[]): boolean {
  return later.some(({ pipeline: [command] }) => command?.kind === "simple" && command.words[0]?.literal === "wait");
}

const subshell = "put what needs it into parentheses, where it ends with them: (NAME ...; ...)";
const variable = `set it for one command (NAME=value make), in parentheses ((NAME=value; ...)), or by an output of the step`;

const hints: Readonly<Record<string, string>> = {
  "=": variable,
  "&": 'write background(...) around the step, which ends it with its section; or "wait" for it in the same step',
  ".": "put it and what needs it into parentheses: (. ./file && make)",
  alias: "write the command out",
  bg: subshell,
  cd: 'set the folder for the steps that need it: within({ cwd: "..." }, [...]); or for this one: (cd x && make)',
  coproc: "write background(...) around the step, which ends it with its section",
  declare: variable,
  disown: "write background(...) around the step, which ends it with its section",
  exec: "run the command without exec",
  exit: "let the step fail by a command that fails, or say what it must show by expect; or use (exit 1)",
  export:
    'give it to the steps that need it by the env setting: { env: { NAME: "value" } }; or to one command: NAME=value make',
  fg: subshell,
  hash: subshell,
  let: variable,
  local: variable,
  logout: "leave it out",
  mapfile: variable,
  popd: 'set the folder for the steps that need it: within({ cwd: "..." }, [...])',
  pushd: 'set the folder for the steps that need it: within({ cwd: "..." }, [...]); or for this one: (cd x && make)',
  read: "ask for it by a parameter or by a manual step that asks; or read it in a pipeline",
  readarray: variable,
  readonly: variable,
  return: "let the step fail by a command that fails, or say what it must show by expect",
  set: "a step runs with -euo pipefail; for more, put it and what needs it into parentheses: (set -x; make)",
  setopt: subshell,
  shopt: subshell,
  source: "put it and what needs it into parentheses: (source ./file && make)",
  trap: "put it and what needs it into parentheses: (trap ... EXIT; make); or undo the step by its undo",
  typeset: variable,
  ulimit: subshell,
  umask: "put it and what needs it into parentheses: (umask 077; make)",
  unalias: subshell,
  unset: "run the command without the variable: env -u NAME make",
  unsetopt: subshell,
};

function nameOf(assignment: string): string {
  return assignment.split(/[+[=]/)[0] ?? "";
}

function staysError(what: string, hint: string | undefined, at: CallSite | undefined): LockstepError {
  return new LockstepError({
    code: "shell-keeps-state",
    message: `${what} would stay in the shell of who pastes the page, but not in the run, where each step has its own shell`,
    hint,
    at,
  });
}

function emptyCommand(at: CallSite | undefined): LockstepError {
  return new LockstepError({
    code: "shell-syntax",
    message: "the command is empty",
    hint: "write what a person would type",
    at,
  });
}
