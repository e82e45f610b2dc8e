import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ShellTemplate } from "../../../dsl/shell/shell-template.ts";
import { asWritten, historyValue, hostileValue } from "../../support/hostile-values.ts";
import { json, type PlainHole, plain, render, script } from "../../support/plain-shell.ts";
import {
  argumentsIn,
  bash,
  bashWithHistory,
  dash,
  isInstalled,
  type RealShell,
  zsh,
} from "../../support/shell-arguments.ts";

const test = suite("hostile values");

interface Stand {
  readonly template: (value: string) => ShellTemplate<PlainHole>;
  /** The arguments that `show` must get. */
  readonly expected: (value: string) => readonly string[];
}

const one = (value: string): readonly string[] => [value];

/** Places that every shell has. */
const everywhere = {
  "a word": { template: (v) => plain`show ${v}`, expected: one },
  "a word among others": { template: (v) => plain`show -n ${v} b`, expected: (v) => ["-n", v, "b"] },
  "the middle of a word": { template: (v) => plain`show a${v}b`, expected: (v) => [`a${v}b`] },
  "the start of a word": { template: (v) => plain`show ${v}~root`, expected: (v) => [`${v}~root`] },
  "the start of a word before =": { template: (v) => plain`show ${v}=ls`, expected: (v) => [`${v}=ls`] },
  "the end of an option": { template: (v) => plain`show --name=${v}`, expected: (v) => [`--name=${v}`] },
  "two in a word": { template: (v) => plain`show ${v}${v}`, expected: (v) => [v + v] },
  "beside quotes": { template: (v) => plain`show "a"${v}'b'`, expected: (v) => [`a${v}b`] },
  "behind a variable": { template: (v) => plain`show $HOME${v}z`, expected: (v) => [`/h${v}z`] },
  "behind a colon": { template: (v) => plain`show a:${v}`, expected: (v) => [`a:${v}`] },
  "beside a bracket": { template: (v) => plain`show '['${v}']'`, expected: (v) => [`[${v}]`] },
  "single quotes": { template: (v) => plain`show '${v}'`, expected: one },
  "the middle of single quotes": { template: (v) => plain`show 'a ${v} "b"'`, expected: (v) => [`a ${v} "b"`] },
  "single quotes behind a new line": {
    template: (v) => plain`show 'a
${v}'`,
    expected: (v) => [`a\n${v}`],
  },
  "double quotes": { template: (v) => plain`show "${v}"`, expected: one },
  "the middle of double quotes": { template: (v) => plain`show "a ${v} 'b'"`, expected: (v) => [`a ${v} 'b'`] },
  "double quotes behind a new line": {
    template: (v) => plain`show "a
${v}"`,
    expected: (v) => [`a\n${v}`],
  },
  "double quotes behind a variable": { template: (v) => plain`show "$HOME${v}z"`, expected: (v) => [`/h${v}z`] },
  "an array": { template: (v) => plain`show ${[v, "x", v]} y`, expected: (v) => [v, "x", v, "y"] },
  "a word before a redirection": { template: (v) => plain`show ${v}>&1`, expected: one },
  "digits before a redirection": { template: (v) => plain`show ${v}2>&1`, expected: (v) => [`${v}2`] },
  "an assignment before a command": { template: (v) => plain`V=${v} show_v`, expected: one },
  "an assignment of a path": { template: (v) => plain`V=a:${v}:b show_v`, expected: (v) => [`a:${v}:b`] },
  "a case": { template: (v) => plain`case ${v} in ${v}) show yes ;; *) show no ;; esac`, expected: () => ["yes"] },
  "a for": { template: (v) => plain`for x in ${v} b; do show "$x"; done`, expected: (v) => [v, "b"] },
  "a test": { template: (v) => plain`if [ ${v} = '${v}' ]; then show yes; fi`, expected: () => ["yes"] },
  "a script": { template: (v) => plain`eval ${script(plain`show ${v} '${v}' "${v}"`)}`, expected: (v) => [v, v, v] },
  "a script in a script": {
    template: (v) => plain`eval ${script(plain`eval ${script(plain`show a${v} "${v}"`)}`)}`,
    expected: (v) => [`a${v}`, v],
  },
  JSON: {
    template: (v) => plain`show ${json({ [asWritten(v)]: [asWritten(v)] })}`,
    expected: (v) => [JSON.stringify({ [v]: [v] })],
  },
} satisfies Readonly<Record<string, Stand>>;

/** Places that cost a process of their own. */
const inSubshells: Readonly<Record<string, Stand>> = {
  "a substitution": { template: (v) => plain`show "$(show ${v} | tr '\0' '|')"`, expected: (v) => [`${v}|`] },
  "quotes in a substitution in quotes": {
    template: (v) => plain`show "a $(show 'x${v}' "y${v}" | tr '\0' '|') b"`,
    expected: (v) => [`a x${v}|y${v}| b`],
  },
  "behind a substitution in quotes": {
    template: (v) => plain`show "$(show "${v}" | tr '\0' '|')" '${v}' "${v}" ${v}`,
    expected: (v) => [`${v}|`, v, v, v],
  },
  "a substitution on a second line of quotes": {
    template: (v) => plain`show "
$(show '"' '${v}' "${v}" ${v} | tr '\0' '|')"`,
    expected: (v) => [`\n"|${v}|${v}|${v}|`],
  },
};

const inBash: Readonly<Record<string, Stand>> = {
  "a here-string": { template: (v) => plain`show "$(cat <<<${v}; printf x)"`, expected: (v) => [`${v}\nx`] },
  "an array in a subshell": { template: (v) => plain`(list=(${v} b); show "\${list[@]}")`, expected: (v) => [v, "b"] },
  "a file to read": { template: (v) => plain`show "$(cat < <(show ${v} | tr '\0' '|'))"`, expected: (v) => [`${v}|`] },
};

test("ten thousand reach bash as the arguments that they are, wherever they stand", () => {
  checkArguments(bash, everywhere, 10_000);
});

test("they reach bash so inside $( ) and other subshells", () => {
  checkArguments(bash, { ...inSubshells, ...inBash }, 100);
});

test("they reach a bash that expands its history so", () => {
  checkArguments(bashWithHistory, everywhere, 300);
  checkArguments(bashWithHistory, everywhere, 500, historyValue);
  checkArguments(bashWithHistory, inSubshells, 100, historyValue);
});

test("they reach dash so, which is sh on many systems", () => {
  if (isInstalled(dash)) checkArguments(dash, everywhere, 500);
  else skipLoudly("dash");
});

test("they reach zsh so", () => {
  if (!isInstalled(zsh)) return skipLoudly("zsh");
  checkArguments(zsh, everywhere, 1000);
  checkArguments(zsh, inSubshells, 50);
});

test("a value of 100 kB is one argument", () => {
  const values = ["a", "a' \"$!\n^\\*é"].map((text) => text.repeat(100_000 / text.length));
  const { "a word": word, "single quotes": single, "double quotes": double, "a script": program } = everywhere;
  for (const stand of [word, single, double, program]) assert.is(firstAmiss(bash, stand, values), undefined);
});

/** Every place sees every value; the failure names both, and the seed that brings them again. */
function checkArguments(
  shell: RealShell,
  stands: Readonly<Record<string, Stand>>,
  count: number,
  arbitrary: fc.Arbitrary<string> = hostileValue,
): void {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const values = fc.sample(arbitrary, { numRuns: count, seed });
  for (const [place, stand] of Object.entries(stands)) {
    const amiss = firstAmiss(shell, stand, values);
    if (!amiss) continue;
    const { value, seen } = amiss;
    const text = `${JSON.stringify(value)} in ${place}, seed ${seed}: ${render(stand.template(value))}`;
    assert.equal(seen, stand.expected(asWritten(value)), text);
  }
}

/** The first value that does not arrive as it is, and what came instead. A shell that gives up is asked again about fewer. */
function firstAmiss(
  shell: RealShell,
  stand: Stand,
  values: readonly string[],
): { readonly value: string; readonly seen: unknown } | undefined {
  const { template, expected } = stand;
  try {
    const seen = argumentsIn(
      shell,
      values.map((value) => render(template(value))),
    );
    const index = values.findIndex(
      (value, each) => JSON.stringify(seen[each]) !== JSON.stringify(expected(asWritten(value))),
    );
    return index < 0 ? undefined : { value: values[index] ?? "", seen: seen[index] };
  } catch (error) {
    const [value] = values;
    if (values.length === 1 && value !== undefined) return { value, seen: (error as Error).message };
    const half = values.length >> 1;
    const first = firstAmiss(shell, stand, values.slice(0, half)) ?? firstAmiss(shell, stand, values.slice(half));
    if (first) return first;
    throw error;
  }
}

function skipLoudly(name: string): void {
  console.error(`NOT TESTED: ${name} is not installed`);
}

test.run();
