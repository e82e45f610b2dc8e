import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commandWords } from "../../../dsl/shell/command-words.ts";
import { posixUtilities } from "../../../dsl/shell/posix-utilities.ts";
import { shellKeywords } from "../../../dsl/shell/shell-keywords.ts";
import { later, plain, script, splice } from "../../support/plain-shell.ts";

const test = suite("the names of commands");
const value = later("value");

const found = {
  "one command": [plain`kubectl apply -f ${value}`, ["kubectl"]],
  "lists and pipes": [plain`make a && curl b | jq c || helm d; docker e`, ["make", "curl", "jq", "helm", "docker"]],
  "each once": [plain`make a; make b`, ["make"]],
  "behind assignments and redirections": [plain`A=1 >log make 2>&1`, ["make"]],
  "behind sudo, env, time and the like": [
    plain`time sudo -u ${value} env -u X A=${value} timeout -k 5 10 nice -n 3 make`,
    ["sudo", "env", "timeout", "nice", "make"],
  ],
  substitutions: [plain`echo "$(jq .a)" <(yq .b) >(tee x) \`git log\``, ["echo", "jq", "yq", "tee", "git"]],
  compounds: [
    plain`if git diff; then for x in $(ls); do helm x; done; else case a in a) terraform b;; esac; fi; (docker c); { podman d; }`,
    ["git", "helm", "ls", "terraform", "docker", "podman"],
  ],
  functions: [plain`(f() { make x; })`, ["make"]],
  "behind xargs": [plain`ls | xargs -n 1 -I {} gzip {}`, ["ls", "xargs", "gzip"]],
  "quoted names and paths": [plain`"my tool" a; ./run.sh; \make`, ["my tool", "./run.sh", "make"]],
  "watch with a program": [plain`watch -n 5 'kubectl top pods'`, ["watch", "kubectl"]],
  "watch with words": [plain`watch -n 5 kubectl top pods`, ["watch", "kubectl"]],
  "bash -c": [plain`bash -lc 'make a && jq b'`, ["bash", "make", "jq"]],
  "a script": [plain`sudo bash -c ${script(plain`make ${value}`)}`, ["sudo", "bash", "make"]],
  "not what runs elsewhere": [plain`ssh host ${script(plain`systemctl restart ${value}`)}`, ["ssh"]],
  "not names that are known later": [plain`$EDITOR x; "$HOME"/bin/y`, []],
  "a splice": [plain`${splice(plain`helm list`)} | jq .`, ["helm", "jq"]],
  "not keywords in arguments": [plain`echo if then do`, ["echo"]],
} as const;

for (const [what, [template, names]] of Object.entries(found))
  test(`finds ${what}`, () => {
    assert.equal(commandWords(template), names);
  });

test("what every system has is known", () => {
  for (const name of ["cd", "[", "grep", "sleep", "awk", "printf"]) assert.ok(posixUtilities.has(name), name);
  for (const name of ["kubectl", "curl", "make ", "watch"]) assert.not.ok(posixUtilities.has(name), name);
  for (const name of ["if", "done", "[["]) assert.ok(shellKeywords.has(name), name);
});

test.run();
