import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import { parseShell } from "../../../dsl/shell/parse-shell.ts";
import { parseShellTemplate } from "../../../dsl/shell/parse-shell-template.ts";
import { hostileValue } from "../../support/hostile-values.ts";
import { errorOf } from "../../support/lockstep-errors.ts";
import { type PlainInput, plain, plainInput, render, script } from "../../support/plain-shell.ts";
import { readableByBash } from "../../support/shell-arguments.ts";

const test = suite("shell syntax");

const broken = [
  "echo 'a",
  'echo "a',
  "echo `date",
  "echo $(date",
  "echo ${a",
  "echo $((1 + 2)",
  "(make",
  "make)",
  "make (a)",
  "{ make",
  "make; }",
  "if true; then make",
  "if true; make; fi",
  "fi",
  "for x in a; make; done",
  "while true; do make",
  "case a in a) make",
  "case a in make;; esac",
  "[[ a == b",
  "[[ a # ]]",
  "make &&",
  "make |",
  "&& make",
  "; make",
  "make ;; make",
  "make >",
  "cat <<END\nx",
  "cat <<END",
  "make \\",
  "echo $'a",
  "a=(1 2",
  "! ",
  "f() ",
  "f() make",
  "make | ! make",
  "in",
  "kubectl logs <pod>",
  "]]",
  "x[ 1",
  "make <# x",
  "> 2< a make",
  "a=1 f() { make; }",
  "a=()# )",
  "<a f() { make; }",
  "!\\\n< f() { make; }",
  'echo "${x:-it\'s}"',
];

for (const text of broken)
  test(`refuses ${JSON.stringify(text)}, as bash does`, () => {
    const error = errorOf(() => parseShell({ text, names: [] }));
    assert.is(error.code, "shell-syntax");
  });

const sound = [
  "make",
  "# only a comment",
  "make # a 'comment' (",
  "make a#b '#' \\# \"#\"",
  "make && \\\n  curl 'http://x/?a=1&b=2' | jq '.a[] | {b}'",
  "kubectl get pods -o jsonpath='{.items[0].metadata.name}'",
  "kubectl get pods -o jsonpath={.items[0].metadata.name}",
  "if a; then b; elif c; then d; else e; fi >log 2>&1",
  "for ((i = 0; i < 3; i++)); do echo $i; done",
  "for x; do echo; done",
  "for x in a \\\n b\ndo echo; done",
  'while read -r line; do echo "$line"; done < <(ls)',
  "until nc -z localhost 80; do sleep 1; done",
  'case $x in (a|b) c;; d*) ;; "e f") g;& *) h; esac',
  "case $x in esac",
  "select x in a b; do break; done",
  "f() { make; }; function g { f; }; function h() ( g )",
  "f ()\n{\nmake\n}",
  "cat <<A <<-'B' && make\n$(x) ' \"\nA\n\ty\n\tB\nmake",
  "x=$(cat <<E\na ) b\nE\n)",
  'echo "$(echo "a $(echo \'b)\') c")" ${x:-"a}"} ${#x} ${x//\\}/a}',
  "echo $(( (1 + 2) * 3 )) $((x<<2)) $[1+2]",
  "((x++)); [[ $a =~ ^(b|c)$ && ! -f d ]] || make",
  "[[ a < b || ( c > d ) ]]",
  'a=(1 "2 3" # x\n 4); b+=(5); declare -A c=([a]=1)',
  'make >log 2>&1 </dev/null &>>x 3<>y >|z <<<"w"',
  "! make | true",
  "! make; time -p make; time (make; make)",
  "{ make; make; } | (cat)",
  "make & wait",
  'echo $ $" a" "$" $\'a\\\'b\' "\\$(" \'$(\' \\( {a,b} ~ !',
  "echo a\\\nb",
  "tar c . | ssh host 'cd /x && tar x'",
  "find . -name '*.ts' \\( -type f -o -type l \\) -exec rm {} +",
  "awk '{ print $1 }' <<'E' | sort\nit's (\nE",
  "make;\n\n  make\n",
];

test("reads whatever bash reads", () => {
  const refused = readableByBash(sound).flatMap((isRead, index) => (isRead ? [] : [sound[index]]));
  assert.equal(refused, []);
  for (const text of sound) assert.not.throws(() => parseShell({ text, names: [] }), text);
});

const tokens = [
  ..."make a=1 a=( ( ) (( )) { } [[ ]] if then elif else fi for x in while do done case esac function f() time !".split(
    " ",
  ),
  ..."; & && || | |& ;; ;& < > >> <<< >& &> <( $( ${x $(( ` ' \" \\ # $ $' ~ * 2 <<E E {a,b} $x \"b\" 'c'".split(" "),
  "\n",
  "\nE\n",
  "}",
  ")",
  "; done",
  "; fi",
];

/** Where it reads more than bash: no value may stand there, so that it is no matter of quoting. */
const beyondTheLaw = [
  /\$\{.*<\(/s, // bash alone takes `<(` inside `${ }` for a command
  /\[\[.*\]\]/s, // the grammar of the expressions is bash's own affair
  /\|&\s*\n\s*time/, // bash takes `time` on a new line behind `|`, and not behind `|&`
];

test("what it reads, bash reads too, in any heap of tokens", () => {
  const heap = fc.array(fc.tuple(fc.constantFrom(...tokens), fc.constantFrom(" ", " ", " ", "")), {
    minLength: 1,
    maxLength: 9,
  });
  const seed = Math.floor(Math.random() * 2 ** 31);
  const texts = fc
    .sample(heap, { numRuns: 6000, seed })
    .map((pieces) => pieces.flat().join(""))
    .filter((text) => !beyondTheLaw.some((corner) => corner.test(text)));
  const read = texts.filter((text) => isReadable(text));
  const refusedByBash = readableByBash(read).flatMap((isRead, index) => (isRead ? [] : [read[index]]));
  assert.ok(read.length > 300, `only ${read.length} were readable`);
  assert.equal(refusedByBash, [], `seed ${seed}`);
});

test("any template that is read renders to text that bash reads", () => {
  const literals = [
    "make ",
    " ",
    " && make ",
    " | cat ",
    "'",
    "'",
    '"',
    '"',
    "$(make ",
    ")",
    "a",
    " --x=",
    "$HOME",
    "; make ",
    " >f",
    "\nmake ",
  ];
  const value = fc.oneof(hostileValue, fc.array(hostileValue, { maxLength: 3 }));
  const input: fc.Arbitrary<PlainInput> = fc.oneof(
    value,
    value.map((inner) => script(plain`make ${inner} "a"`)),
  );
  const piece = fc.tuple(fc.constantFrom(...literals), fc.option(input, { nil: undefined }));
  const seed = Math.floor(Math.random() * 2 ** 31);
  const texts = fc
    .sample(fc.array(piece, { minLength: 1, maxLength: 8 }), { numRuns: 4000, seed })
    .flatMap((pieces) => renderPieces(pieces) ?? []);
  const refused = readableByBash(texts).flatMap((isRead, index) => (isRead ? [] : [texts[index]]));
  assert.ok(texts.length > 300, `only ${texts.length} were readable`);
  assert.equal(refused, [], `seed ${seed}`);
});

test("refuses a placeholder that was left in a command, with what to write", () => {
  const error = errorOf(() => parseShell({ text: "kubectl describe pod <pod-name> -n x", names: [] }));
  assert.is(error.code, "shell-syntax");
  assert.match(error.hint ?? "", "parameter");
});

test("text of 1 MB is read", () => {
  const text = `make ${"'a b' \"$(c d)\" ".repeat(60_000)}`;
  assert.is(parseShell({ text, names: [] }).script.entries.length, 1);
});

function isReadable(text: string): boolean {
  try {
    parseShell({ text, names: [] });
    return true;
  } catch (error) {
    if (error instanceof LockstepError) return false;
    throw error;
  }
}

function renderPieces(pieces: readonly (readonly [string, PlainInput | undefined])[]): string | undefined {
  const raw = ["make "];
  const inputs: PlainInput[] = [];
  for (const [literal, input] of pieces) {
    raw[raw.length - 1] += literal;
    if (input === undefined) continue;
    inputs.push(input);
    raw.push("");
  }
  try {
    return render(parseShellTemplate(raw, inputs.map(plainInput), {}));
  } catch (error) {
    if (error instanceof LockstepError) return undefined;
    throw error;
  }
}

test.run();
