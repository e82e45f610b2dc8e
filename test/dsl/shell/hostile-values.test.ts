import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ShellTemplate } from "../../../dsl/shell/shell-template.ts";
import { asWritten, hostileValue } from "../../support/hostile-values.ts";
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
};

const inBash: Readonly<Record<string, Stand>> = {
  "a here-string": { template: (v) => plain`show "$(cat <<<${v}; printf x)"`, expected: (v) => [`${v}\nx`] },
  "an array in a subshell": { template: (v) => plain`(list=(${v} b); show "\${list[@]}")`, expected: (v) => [v, "b"] },
  "a file to read": { template: (v) => plain`show "$(cat < <(show ${v} | tr '\0' '|'))"`, expected: (v) => [`${v}|`] },
};

test("ten thousand reach bash as the arguments that they are, wherever they stand", () => {
  checkArguments(bash, everywhere, sample(10_000));
});

test("they reach bash so inside $( ) and other subshells", () => {
  checkArguments(bash, { ...inSubshells, ...inBash }, sample(100));
});

test("they reach a bash that expands its history so", () => {
  checkArguments(bashWithHistory, everywhere, sample(300));
  checkArguments(bashWithHistory, inSubshells, sample(40));
});

test("they reach dash so, which is sh on many systems", () => {
  if (isInstalled(dash)) checkArguments(dash, everywhere, sample(500));
  else skipLoudly("dash");
});

test("they reach zsh so", () => {
  if (!isInstalled(zsh)) return skipLoudly("zsh");
  checkArguments(zsh, everywhere, sample(1000));
  checkArguments(zsh, inSubshells, sample(50));
});

test("a value of 100 kB is one argument", () => {
  const values = ["a", "a' \"$!\n^\\*é"].map((text) => text.repeat(100_000 / text.length));
  const { "a word": word, "single quotes": single, "double quotes": double, "a script": program } = everywhere;
  checkArguments(bash, { word, single, double, program }, values);
});

function sample(count: number): readonly string[] {
  return fc.sample(hostileValue, { numRuns: count });
}

/** Every place sees every value; the failure names both. */
function checkArguments(shell: RealShell, stands: Readonly<Record<string, Stand>>, values: readonly string[]): void {
  for (const [place, { template, expected }] of Object.entries(stands)) {
    const seen = argumentsIn(
      shell,
      values.map((value) => render(template(value))),
    );
    for (const [index, value] of values.entries()) {
      if (JSON.stringify(seen[index]) === JSON.stringify(expected(asWritten(value)))) continue;
      assert.equal(
        seen[index],
        expected(asWritten(value)),
        `${JSON.stringify(value)} in ${place}: ${render(template(value))}`,
      );
    }
  }
}

function skipLoudly(name: string): void {
  console.error(`NOT TESTED: ${name} is not installed`);
}

test.run();
