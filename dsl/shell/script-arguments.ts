import { baseName, behindOptions, nameWords } from "./command-wrappers.ts";
import type { SimpleCommand, Word } from "./shell-syntax.ts";

/** An argument that a command reads as a program, in which a quoted value would be code again. */
export interface ScriptArgument {
  readonly command: string;
  readonly word: Word;
  /** The program is shell, and runs on this machine. */
  readonly isLocalShell: boolean;
}

/** The arguments of a command that are programs: those of `bash -c`, `watch`, `ssh`, `eval`, `psql -c` and the like. */
export function scriptArguments({ words }: SimpleCommand): readonly ScriptArgument[] {
  const found = nameWords(words).flatMap(({ index }) => ownScripts(words, index));
  return [...found, ...words.flatMap((_, index) => optionScripts(words, index))];
}

const sshOptions = "-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w";

/** Of commands that take all that follows for a program. */
function ownScripts(words: readonly Word[], index: number): readonly ScriptArgument[] {
  const command = baseName(words[index]);
  const all = (from: number, isLocalShell = true): readonly ScriptArgument[] =>
    words.slice(from).map((word) => ({ command, word, isLocalShell }));
  if (command === "eval") return all(index + 1);
  if (command === "trap") return all(behindOptions(words, index)).slice(0, 1);
  if (command === "ssh") return all(behindOptions(words, index, sshOptions) + 1, false);
  if (command !== "watch") return [];
  const start = behindOptions(words, index, "-n --interval -q --equexit");
  const runsDirectly = words.slice(index, start).some(({ raw }) => raw === "--exec" || /^-[a-z]*x/.test(raw));
  return runsDirectly ? [] : all(start);
}

/** Options whose argument is a program, wherever in a command the name stands (`docker exec web sh -c ...`). */
const programOptions: Readonly<Record<string, { readonly short: string; readonly long: string }>> = {
  psql: { short: "c", long: "--command" },
  mysql: { short: "e", long: "--execute" },
  mariadb: { short: "e", long: "--execute" },
  su: { short: "c", long: "--command" },
};

function optionScripts(words: readonly Word[], index: number): readonly ScriptArgument[] {
  const command = baseName(words[index]);
  if (["sh", "bash", "dash", "zsh", "ksh", "ash"].includes(command)) return shellScripts(words, index, command);
  const option = Object.hasOwn(programOptions, command) ? programOptions[command] : undefined;
  if (!option) return [];
  const isLocalShell = command === "su";
  const found: ScriptArgument[] = [];
  for (const [offset, word] of words.slice(index + 1).entries()) {
    const next = words[index + offset + 2];
    const takesNext = word.raw === option.long || new RegExp(`^-[A-Za-z]*${option.short}$`).test(word.raw);
    const isWithin = word.raw.startsWith(`${option.long}=`) || new RegExp(`^-${option.short}.`).test(word.raw);
    if (takesNext && next) found.push({ command, word: next, isLocalShell });
    else if (isWithin) found.push({ command, word, isLocalShell: false });
  }
  return found;
}

/** The program of `bash -c`, whose options may stand together (`-lc`) and take a word of their own (`-o pipefail`). */
function shellScripts(words: readonly Word[], start: number, command: string): readonly ScriptArgument[] {
  let isProgram = false;
  let index = start + 1;
  for (; /^[-+]./.test(words[index]?.raw ?? ""); index += 1) {
    const option = words[index]?.raw ?? "";
    if (/^-[A-Za-z]*c/.test(option)) isProgram = true;
    if (/^[-+][A-Za-z]*[oO]$/.test(option)) index += 1;
  }
  const word = words[index];
  return isProgram && word ? [{ command: `${command} -c`, word, isLocalShell: true }] : [];
}
