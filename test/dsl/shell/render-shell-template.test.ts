import { suite } from "uvu";
import * as assert from "uvu/assert";
import { renderShellTemplate } from "../../../dsl/shell/render-shell-template.ts";
import type { ShellTemplate } from "../../../dsl/shell/shell-template.ts";
import { errorOf } from "../../support/lockstep-errors.ts";
import { json, later, plain, render, resolvePlain, script, splice } from "../../support/plain-shell.ts";

const test = suite("rendered shell text");
const version = later("version");

const written = {
  "harmless characters bare": [
    plain`echo ${"v1.2.3"} ${"a/b:c,d=e@f%g+h-i"} ${"--flag"}`,
    "echo v1.2.3 a/b:c,d=e@f%g+h-i --flag",
  ],
  "numbers and booleans": [plain`echo ${3} ${-1.5} ${true}`, "echo 3 -1.5 true"],
  "others in single quotes": [plain`echo ${"a b"} ${"it's"} ${"$HOME"} ${"!"}`, "echo 'a b' 'it'\\''s' '$HOME' '!'"],
  "in the middle of a word": [plain`echo --name=${"a b"}/c`, "echo --name='a b'/c"],
  "in single quotes": [plain`echo 'say "${"it's $x"}"'`, `echo 'say "it'\\''s $x"'`],
  "in double quotes": [plain`echo "a ${"\\ \" $ ` it's"}"`, `echo "a \\\\ \\" \\$ \\\` it's"`],
  "an exclamation mark in double quotes": [plain`echo "${"hi!"}"`, `echo "hi"\\!""`],
  "an exclamation mark behind double quotes": [plain`echo "a" '${"hi!"}' ${"b!"}`, `echo "a" 'hi'\\!'' 'b'\\!''`],
  "an empty word": [plain`echo ${""} x`, "echo '' x"],
  "nothing in the middle of a word": [plain`echo a${""}b --x=${""}`, "echo ab --x="],
  "the start of a word": [plain`echo ${""}b`, "echo ''b"],
  "an empty value before a sign": [plain`echo ${""}=b ${""}~c`, "echo \\=b \\~c"],
  "what zsh takes for a command": [plain`echo ${"=ls"} ${"a:=ls"} ${"a=b"}`, "echo '=ls' 'a:=ls' a=b"],
  "what bash takes for a tilde": [plain`echo ${"A=b:"}~c ${"main"}~1`, "echo 'A=b:'~c main~1"],
  "behind a variable": [plain`echo $HOME${"x"} "$HOME${"x"}" "$HOME/${"x"}"`, `echo $HOME'x' "$HOME""x" "$HOME/x"`],
  "digits before a redirection": [plain`echo ${2}>f a${2}>f`, "echo '2'>f a2>f"],
  "a pattern": [plain`case ${"esac"} in ${"a"}*) make;; esac`, "case 'esac' in 'a'*) make;; esac"],
  "a caret that begins a line": [plain`echo ${"a\n^b^c"} "${"a\n^"}"`, `echo 'a\n'\\^'b^c' "a\n"\\^""`],
  "half a surrogate pair": [plain`echo ${"a\ud800"}`, "echo 'a\ufffd'"],
  "an array as words": [plain`echo ${["a", "b c", 3]} x`, "echo a 'b c' 3 x"],
  "an empty array as no word": [plain`echo ${[]} x ${[]}`, "echo x"],
  "an empty array on a line of its own": [
    plain`echo \
  ${[]} \
  x; date \
  ${[]}`,
    "echo \\\n  x; date",
  ],
  "an empty array before an operator": [plain`(echo ${[]}; date ${[]})`, "(echo; date)"],
  "what is not known yet": [
    plain`echo ${version} a${version} '${version}' "${version}"`,
    `echo <version> a<version> '<version>' "<version>"`,
  ],
  "inside a substitution in quotes": [
    plain`echo "$(cat ${"a b"} "${"$x"}" '${"it's"}')"`,
    `echo "$(cat 'a b' "\\$x" 'it'\\''s')"`,
  ],
  "a script": [plain`bash -c ${script(plain`echo ${"a b"}`)}`, `bash -c 'echo '\\''a b'\\'''`],
  "a script of one word": [plain`watch ${script(plain`date`)}`, "watch date"],
  "a script that is not known yet": [plain`bash -c ${script(plain`echo ${version}`)}`, "bash -c 'echo <version>'"],
  "a splice": [plain`make ${splice(plain`-j ${"a b"}`)} test`, "make -j 'a b' test"],
  "a splice of several commands": [plain`${splice(plain`make a; make b`)} && date`, "make a; make b && date"],
  "a splice with a comment at its end": [
    plain`${splice(plain`date # now`)}
make`,
    "date # now\nmake",
  ],
  JSON: [
    plain`kubectl patch -p ${json({ a: [1, "it's", null, undefined], b: undefined })}`,
    `kubectl patch -p '{"a":[1,"it'\\''s",null,null]}'`,
  ],
  "JSON with values": [
    plain`curl -d ${json({ v: version, image: { text: ['"a":', { hole: 'x"y' }] }, n: { later: "<n>" } })}`,
    `curl -d '{"v":"<version>","image":"\\"a\\":x\\"y","n":"<n>"}'`,
  ],
} as const;

for (const [what, [template, text]] of Object.entries(written))
  test(`writes ${what}`, () => {
    assert.is(render(template), text);
  });

test("the raw text stays, but for the backslashes that JavaScript needs", () => {
  assert.is(render(plain`echo "\${HOME}" \$x '\n' \\ \`date\``), "echo \"${HOME}\" \\$x '\\n' \\\\ `date`");
});

test("a template is frozen, and the same after a trip through JSON", () => {
  const template = plain`bash -c ${script(plain`echo ${"a b"} ${["x"]}`)} "${json({ a: "b" })}" ${""}x`;
  const copy = JSON.parse(JSON.stringify(template)) as typeof template;
  assert.is(render(copy), render(template));
  assert.ok(Object.isFrozen(template) && Object.isFrozen(template.parts) && template.parts.every(Object.isFrozen));
});

test("a NUL in a value is refused, with the command that it was for", () => {
  const error = errorOf(() => render(plain`printf x ${"a\0b"}`));
  assert.is(error.code, "shell-nul");
  assert.match(error.message, "printf x");
});

test("an array that nobody knew of is refused inside a word", () => {
  const template: ShellTemplate<string> = { parts: ["echo a", { hole: "list", place: "in-word" }] };
  const error = errorOf(() => renderShellTemplate(template, () => ({ kind: "known", value: ["a"] })));
  assert.is(error.code, "shell-value-place");
});

test("the values of a script are those of the same run", () => {
  assert.is(renderShellTemplate(plain`eval ${script(plain`echo ${"a"}`)}`, resolvePlain), "eval 'echo a'");
});

test.run();
