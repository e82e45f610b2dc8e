import type { Word } from "./shell-syntax.ts";

/** A command that runs the command in its arguments. */
interface Wrapper {
  /** Its options whose argument is the next word. */
  readonly options?: string;
  /** How many arguments stand before the command. */
  readonly operands?: number;
  /** Takes `NAME=value` before the command. */
  readonly assignments?: true;
}

const wrappers: Readonly<Record<string, Wrapper>> = {
  builtin: {},
  caffeinate: { options: "-t -w" },
  chroot: { operands: 1 },
  command: {},
  doas: { options: "-u -C" },
  env: { options: "-u --unset -C --chdir", assignments: true },
  exec: { options: "-a" },
  flock: { options: "-w --timeout -E", operands: 1 },
  ionice: { options: "-c -n --class --classdata" },
  nice: { options: "-n --adjustment" },
  nohup: {},
  setsid: {},
  stdbuf: { options: "-i -o -e" },
  sudo: {
    options: "-u -g -h -p -C -D -R -T -r -t -U --user --group --host --prompt --chdir --chroot --role --type",
    assignments: true,
  },
  time: { options: "-f -o" },
  timeout: { options: "-k -s --kill-after --signal", operands: 1 },
  watch: { options: "-n --interval -q --equexit" },
  xargs: { options: "-I -n -P -L -d -E -s -a --max-args --max-procs --max-lines --delimiter --replace --arg-file" },
};

/** The words that name a command: the first, and behind `sudo`, `env` and the like the one that they run. */
export function nameWords(words: readonly Word[]): readonly { readonly word: Word; readonly index: number }[] {
  const names: { readonly word: Word; readonly index: number }[] = [];
  for (let index: number | undefined = 0; index !== undefined; index = wrappedIndex(words, index)) {
    const word = words[index];
    if (!word) break;
    names.push({ word, index });
  }
  return names;
}

/** A name without its folder. */
export function baseName(word: Word | undefined): string {
  return word?.literal?.split("/").at(-1) ?? "";
}

/** The index of the first word behind `start` that is no option. */
export function behindOptions(words: readonly Word[], start: number, options = ""): number {
  const withArgument = options.split(" ");
  let index = start + 1;
  while (words[index]?.raw.startsWith("-")) {
    const option = words[index]?.raw ?? "";
    index += withArgument.includes(option) ? 2 : 1;
    if (option === "--") break;
  }
  return index;
}

function wrappedIndex(words: readonly Word[], at: number): number | undefined {
  const name = baseName(words[at]);
  const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
  if (!wrapper) return undefined;
  let index = behindOptions(words, at, wrapper.options);
  while (wrapper.assignments && /^[A-Za-z_][A-Za-z0-9_]*=/.test(words[index]?.raw ?? "")) index += 1;
  return index + (wrapper.operands ?? 0);
}
