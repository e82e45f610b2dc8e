import fc from "fast-check";

/** Pieces that mean something to some shell, somewhere. */
const pieces = [
  ..."abzZ019_@%+:,./=-~!#$&*()[]{}|;<>?^\\'\"` \t\n\r",
  ..."$(id) `id` ${HOME} $HOME $0 $! $$ $'x' $\"x\" !! !x !-1 !$ ^a^b^ \\n \\\\ '' \"\" '\\'' =ls :=ls ~root ~+ {a,b} {1..3}".split(
    " ",
  ),
  ..."* /* ? [a-z] && || ;; >&2 2> <( << <<< -n -e -- --help if then fi do done esac in time function [[ ]] %s %1 \\c".split(
    " ",
  ),
  "\n^a^b",
  "\n!x",
  "\n\n",
  "a\\\nb",
  "\u001b[31m",
  "\u0001",
  "\u0007",
  "\u0008",
  "\u007f",
  "\u0083",
  "\u00ff\u00fe",
  "é",
  "日本",
  "🙂",
  "\u2028",
  "\ufeff",
  "\u202e",
  "\ud800",
  "\udc00",
];

/** Strings without a NUL that try to be more than one argument. */
export const hostileValue: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.constantFrom(...pieces) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }).map((text) => text.replaceAll("\0", "")) },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z0-9_@%+:,./=-]{0,8}$/) },
);

/** Short ones, of what makes the history of an interactive bash lose count of quotes. */
export const historyValue: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(..."!\"'\\$` \n^#=a()<>", "!!", "!a", "!'", "\n^a^", "<(", "$("), { maxLength: 6 })
  .map((parts) => parts.join(""));

/** What Node writes for a string: halves of surrogate pairs become U+FFFD. */
export function asWritten(value: string): string {
  return Buffer.from(value).toString();
}
