import { spawnSync } from "node:child_process";
import { root } from "../paths.mjs";

/** Runs a script of package.json as if it were one test. */
export function runScript(name) {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync("npm", ["run", "--silent", name], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - started) / 1000;
  const counts = status === 0 ? { passed: 1 } : { failed: 1 };
  return { file: name, seconds, output: `${stdout}${stderr}${error?.stack ?? ""}`, ...counts };
}
