import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkShellCommand } from "../../../dsl/shell/check-shell-command.ts";
import { errorOf } from "../../support/lockstep-errors.ts";
import { later, plain, script } from "../../support/plain-shell.ts";

const test = suite("state that a step would keep");
const folder = later("folder");

const kept = {
  cd: [plain`cd x`, "within({ cwd"],
  "cd before a command": [plain`cd ${folder} && make`, "(cd x && make)"],
  "cd on a later line": [
    plain`make
cd x
make`,
    "within({ cwd",
  ],
  "cd behind builtin": [plain`builtin cd x`, "within"],
  "cd in quotes": [plain`\cd x`, "within"],
  "cd in an if": [plain`if true; then cd x; fi`, "within"],
  "cd in braces": [plain`{ cd x; make; }`, "within"],
  "cd in a loop": [plain`for d in a b; do cd "$d"; done`, "within"],
  "cd in a case": [plain`case $x in a) cd x;; esac`, "within"],
  "cd in a function": [plain`f() { cd x; }; f`, "within"],
  pushd: [plain`pushd x`, "within"],
  export: [plain`export A=${folder}`, "env"],
  set: [plain`set -x; make`, "-euo pipefail"],
  source: [plain`source ./env.sh`, "(source ./file"],
  "a dot": [plain`. ./env.sh`, "(. ./file"],
  "an assignment": [plain`A=$(date); make "$A"`, "NAME=value make"],
  "an array": [plain`a=(1 2)`, "NAME=value make"],
  "an added assignment": [plain`a+=1`, "NAME=value make"],
  exit: [plain`test -f x || exit 1`, "expect"],
  return: [plain`return 1`, "expect"],
  alias: [plain`alias k=kubectl`, "write the command out"],
  umask: [plain`umask 077`, "(umask 077"],
  trap: [plain`trap 'rm x' EXIT`, "undo"],
  unset: [plain`unset A`, "env -u"],
  read: [plain`read -r x`, "parameter"],
  exec: [plain`exec make`, "without exec"],
  declare: [plain`declare -r x=1`, "NAME=value make"],
  "a trailing &": [plain`make serve &`, "background"],
  "an & in the middle": [plain`make serve & make test`, "background"],
  "an & behind a group": [plain`{ make; } &`, "background"],
} as const;

for (const [what, [template, hint]] of Object.entries(kept))
  test(`${what} is refused`, () => {
    const error = errorOf(() => checkShellCommand(template));
    assert.is(error.code, "shell-keeps-state");
    assert.ok(error.hint?.includes(hint), error.hint);
  });

const lost = {
  "cd in parentheses": plain`(cd ${folder} && make)`,
  "cd in a substitution": plain`echo "$(cd x; pwd)"`,
  "cd in a pipeline": plain`cd x | cat`,
  "cd in a program": plain`bash -c ${script(plain`cd x && make`)}`,
  "cd as an argument": plain`echo cd export set`,
  "an assignment before a command": plain`A=1 B=${folder} make`,
  "exports in parentheses": plain`(export A=1; set -x; make)`,
  "a job that is waited for": plain`make a & make b & wait`,
  "a job in parentheses": plain`(make serve & sleep 1)`,
  "an & in a redirection": plain`make &> log 2>&1`,
  "an & in quotes": plain`curl 'http://x/?a=1&b=2'`,
  "a function in parentheses": plain`(f() { cd x; }; f)`,
  "return in a function": plain`f() { local x; return 1; }; f`,
  "a function of its own shell": plain`f() ( cd x ); f`,
  "a loop": plain`for x in a b; do make "$x"; done`,
  "cd behind env": plain`env cd x`,
};

for (const [what, template] of Object.entries(lost))
  test(`${what} keeps nothing`, () => {
    assert.not.throws(() => checkShellCommand(template));
  });

test("an empty command is refused", () => {
  assert.is(errorOf(() => checkShellCommand(plain` `)).code, "shell-syntax");
});

test("the error says where", () => {
  const error = errorOf(() => checkShellCommand(plain`cd x`, { at: { stack: "Error\n    at x (/r.ts:3:7)" } }));
  assert.is(error.position?.line, 3);
});

test.run();
