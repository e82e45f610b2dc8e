import { suite } from "uvu";
import * as assert from "uvu/assert";
import { captureCallSite } from "../../../dsl/errors/source-position.ts";
import { parseShellTemplate } from "../../../dsl/shell/parse-shell-template.ts";
import { errorOf } from "../../support/lockstep-errors.ts";
import { later, plain, script, splice } from "../../support/plain-shell.ts";

const test = suite("value places");
const value = later("version");

const refused = {
  "a comment": [() => plain`make # for ${value}`, "in a comment"],
  "a comment on a line of its own": [
    () =>
      plain`make\n# ${value}\nmake`.parts &&
      plain`make
# ${value}
make`,
    "in a comment",
  ],
  "a heredoc": [
    () => plain`cat <<END
the ${value}
END`,
    "in a heredoc",
  ],
  "a quoted heredoc": [
    () => plain`cat <<-'END'
	${value}
	END`,
    "in a heredoc",
  ],
  "a heredoc's delimiter": [() => plain`cat <<${value}`, "in a heredoc"],
  backticks: [() => plain`echo \`date ${value}\``, "inside backticks"],
  "quotes in backticks": [() => plain`echo \`date '${value}'\``, "inside backticks"],
  arithmetic: [() => plain`echo $((1 + ${value}))`, "in an arithmetic expression"],
  "an arithmetic command": [() => plain`((x > ${value})) && make`, "in an arithmetic expression"],
  "a substitution in arithmetic": [() => plain`echo $(( $(echo ${value}) ))`, "in an arithmetic expression"],
  "a parameter expansion": [() => plain`echo "\${x:-${value}}"`, "inside ${ }"],
  "the name of a parameter": [() => plain`echo \${${value}}`, "inside ${ }"],
  "ANSI quotes": [() => plain`echo $'a${value}'`, "inside $'...'"],
  "a test": [() => plain`[[ $x == ${value} ]]`, "inside [[ ]]"],
  "quotes in a test": [() => plain`if [[ -f "${value}" ]]; then make; fi`, "inside [[ ]]"],
  "a word with braces": [() => plain`cp a.{yaml,${value}} b`, "in a word with braces"],
  "braces of git": [() => plain`git show stash@{${value}}`, "in a word with braces"],
  "a user's home": [() => plain`ls ~${value}`, "in a word that begins with ~"],
  "a path in a home": [() => plain`ls ~/${value}`, "in a word that begins with ~"],
  "a home behind an equals sign": [() => plain`make X=~/${value}`, "in a word that begins with ~"],
  "the command's name": [() => plain`${value} --help`, "in the place of the command's name"],
  "a part of the command's name": [() => plain`./deploy-${value}.sh`, "in the place of the command's name"],
  "the command's name in quotes": [() => plain`"${value}/bin/make"`, "in the place of the command's name"],
  "the name behind an assignment": [() => plain`A=1 ${value}`, "in the place of the command's name"],
  "the name behind sudo": [() => plain`sudo -u root ${value}`, "in the place of the command's name"],
  "the name behind a pipe": [() => plain`cat x | ${value}`, "in the place of the command's name"],
  "the name in a substitution": [() => plain`echo "$(${value})"`, "in the place of the command's name"],
  "the name of a function": [() => plain`${value}() { make; }`, "in the place of the command's name"],
  "behind a dollar": [() => plain`echo $${value}`, "directly after $"],
  "behind a dollar in quotes": [() => plain`echo "$${value}"`, "directly after $"],
  "the variable of a loop": [() => plain`for ${value} in a b; do make; done`, "in the place of a variable's name"],
  "the variable of read": [() => plain`(read -r ${value})`, "in the place of a variable's name"],
  "the variable of export": [() => plain`(export ${value}=1)`, "in the place of a variable's name"],
  "a subscript": [() => plain`(a[${value}]=1; make)`, "in the subscript of an array"],
  "a descriptor": [() => plain`make 2>&${value}`, "in the place of a file descriptor"],
  "the program of bash -c": [() => plain`bash -c ${value}`, "bash -c reads as a program"],
  "quotes in the program of bash -c": [
    () => plain`bash -euo pipefail -c 'echo ${value}'`,
    "bash -c reads as a program",
  ],
  "the program of sh -c behind docker": [
    () => plain`docker exec web sh -lc "echo ${value}"`,
    "sh -c reads as a program",
  ],
  "the program of watch": [() => plain`watch -n 5 kubectl get pods ${value}`, "watch reads as a program"],
  "the program of ssh": [() => plain`ssh -p 22 host systemctl restart ${value}`, "ssh reads as a program"],
  "the program of eval": [() => plain`eval "echo ${value}"`, "eval reads as a program"],
  "the program of psql": [() => plain`psql -U me -c "select '${value}'"`, "psql reads as a program"],
  "the program of psql behind kubectl": [
    () => plain`kubectl exec db -- psql --command=${value}`,
    "psql reads as a program",
  ],
  "the program of trap": [() => plain`(trap "rm ${value}" EXIT; make)`, "trap reads as a program"],
  "an array in a word": [() => plain`make a${["b"]}`, "the array b stands where only one word can"],
  "an array in quotes": [() => plain`make "${["b"]}"`, "the array b stands where only one word can"],
  "an array as a file": [() => plain`make > ${["b"]}`, "the array b stands where only one word can"],
  "an array as an assignment": [() => plain`A=${["b"]} make`, "the array b stands where only one word can"],
  "a splice in quotes": [() => plain`echo "${splice(plain`date`)}"`, "stands inside a word or in quotes"],
  "a splice in a word": [() => plain`echo a${splice(plain`date`)}`, "stands inside a word or in quotes"],
  "a splice before a redirection": [() => plain`echo ${splice(plain`date 2`)}>f`, "stands inside a word or in quotes"],
  "a splice that ends in a comment": [
    () => plain`${splice(plain`date # now`)} --utc`,
    "ends in a comment or a heredoc",
  ],
  "a value in a splice": [() => plain`echo $((1 + ${splice(plain`date ${value}`)}))`, "in an arithmetic expression"],
} as const;

for (const [place, [make, message]] of Object.entries(refused))
  test(`no value stands in ${place}`, () => {
    const error = errorOf(make);
    assert.is(error.code, "shell-value-place", error.message);
    assert.ok(error.message.replaceAll("\\${", "${").includes(message), error.message);
    assert.ok(error.hint);
  });

const allowed = {
  "behind a tilde and quotes": () => plain`ls ~/"${value}"`,
  "a revision": () => plain`git show HEAD~${value} ${value}~1`,
  "behind env and its settings": () => plain`env A=${value} timeout ${value} make`,
  "an option of sudo": () => plain`sudo -u ${value} make`,
  "arguments of a program": () => plain`bash -c 'echo "$1"' name ${value}`,
  "the host of ssh": () => plain`ssh -i ${value} ${value} uptime`,
  "an option of watch": () => plain`watch -n ${value} date`,
  "a watch that runs its arguments": () => plain`watch -x ls ${value}`,
  "a command in a program": () => plain`eval "$(ssh-agent -s ${value})"`,
  "a script": () => plain`ssh host ${script(plain`systemctl restart ${value}`)}`,
  "a script in an option": () => plain`psql --command=${script(plain`SELECT ${value}`)}`,
  "a package of that name": () => plain`apt-get install ssh watch ${value}`,
  "a file": () => plain`make >${value} 2>&1 <${value}`,
  "a substitution in quotes": () => plain`echo "$(cat ${value})"`,
  "braces elsewhere": () => plain`find . -name ${value} -exec rm {} \;`,
};

for (const [place, make] of Object.entries(allowed))
  test(`a value stands in ${place}`, () => {
    assert.ok(make().parts.length > 1);
  });

test("an error names the value, the hint what to write, and the position where", () => {
  const at = captureCallSite(errorOf);
  const error = errorOf(() =>
    parseShellTemplate(["ls ~", ""], [{ kind: "value", hole: 1, name: "user" }], {
      at: { stack: "Error\n    at x (/r.ts:3:7)" },
    }),
  );
  assert.is(error.message, "user stands in a word that begins with ~");
  assert.is(error.hint, 'put the value into double quotes: ~/"${...}"');
  assert.equal(error.position, { file: "/r.ts", line: 3, column: 7 });
  assert.ok(at);
});

test("a NUL in the text is refused", () => {
  assert.is(errorOf(() => parseShellTemplate(["echo \0"], [], {})).code, "shell-nul");
});

test.run();
