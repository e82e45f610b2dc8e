import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { root } from "./paths.mjs";

const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

/** Runs the TypeScript compiler in the checkout. */
export function runTypeScript(args) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [compiler, ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return { status, output: `${stdout}${stderr}`.trim() };
}
