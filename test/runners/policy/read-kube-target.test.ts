import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readKubeTarget } from "../../../runners/policy/read-kube-target.ts";

const test = suite("the target of kubectl");
const path = process.env["PATH"];
let folder: string;
test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-kube-"));
});
test.after.each(() => {
  process.env["PATH"] = path;
  rmSync(folder, { recursive: true, force: true });
});

/** Of the real tool, where there is one. */
const real = spawnSync("kubectl", ["version", "--client"]).status === 0 ? test : test.skip;

const config = (current: string): string => `apiVersion: v1
kind: Config
current-context: "${current}"
clusters:
- { name: one, cluster: { server: "https://10.0.0.1:6443" } }
- { name: two, cluster: { server: "https://10.0.0.2:6443" } }
contexts:
- { name: prod, context: { cluster: one, user: alice, namespace: shop } }
- { name: other, context: { cluster: two, user: bo } }
`;

function targetOf(current: string, context?: string) {
  const kubeconfig = join(folder, "config");
  writeFileSync(kubeconfig, config(current));
  return readKubeTarget({ kubeconfig, context, cwd: folder, withheld: [], timeoutSeconds: 60 });
}

real("is that of the current context, or of the one that is named", async () => {
  const prod = { context: "prod", server: "https://10.0.0.1:6443", namespace: "shop", user: "alice" };
  assert.equal(await targetOf("prod"), prod);
  assert.equal(await targetOf("other", "prod"), prod);
  assert.equal(await targetOf("other"), { context: "other", server: "https://10.0.0.2:6443", user: "bo" });
});

real("is none where none is set; what is not there is not made up", async () => {
  assert.equal(await targetOf(""), {});
  assert.equal(await targetOf("gone"), { context: "gone" });
  assert.equal(await targetOf("prod", "gone"), { kind: "unreadable", problem: "there is no context gone" });
  const kubeconfig = join(folder, "nowhere");
  assert.equal(await readKubeTarget({ kubeconfig, cwd: folder, withheld: [], timeoutSeconds: 60 }), {});
});

function standIn(script: string): Promise<unknown> {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "kubectl"), `#!/bin/bash\n${script}\n`);
  chmodSync(join(bin, "kubectl"), 0o755);
  process.env["PATH"] = `${bin}:${path}`;
  return readKubeTarget({ cwd: folder, withheld: ["KUBE_SECRET"], timeoutSeconds: 60 });
}

test("is unknown where kubectl fails, and says why", async () => {
  assert.equal(await standIn("echo broken >&2; exit 1"), { kind: "unreadable", problem: "broken" });
});

test("is unknown where kubectl prints something else", async () => {
  assert.equal(await standIn("echo no json"), { kind: "unreadable", problem: "it prints no JSON" });
});

test("is unknown without kubectl", async () => {
  mkdirSync(join(folder, "bin"));
  const { status, stdout } = spawnSync("bash", ["-c", "type -P bash"], { encoding: "utf8" });
  assert.is(status, 0);
  writeFileSync(join(folder, "bin/bash"), `#!${stdout.trim()}\nexec ${stdout.trim()} "$@"\n`);
  chmodSync(join(folder, "bin/bash"), 0o755);
  process.env["PATH"] = join(folder, "bin");
  assert.equal(await readKubeTarget({ cwd: folder, withheld: [], timeoutSeconds: 60 }), {
    kind: "no-kubectl",
    problem: "kubectl is not installed",
  });
});

test("is asked for without the variables that secrets come from", async () => {
  process.env["KUBE_SECRET"] = "do-not-tell";
  try {
    assert.equal(await standIn(`printf '{"current-context":"%s"}' "\${KUBE_SECRET-withheld}"`), {
      context: "withheld",
    });
  } finally {
    delete process.env["KUBE_SECRET"];
  }
});

test.run();
