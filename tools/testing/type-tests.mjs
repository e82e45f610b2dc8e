import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processBuild } from "../paths.mjs";
import { runTypeScript } from "../typescript.mjs";

/**
 * Checks the type tests in one go; each file counts as one test. A line marked `@ts-expect-error` that compiles is
 * an error of its file.
 */
export function checkTypeTests(files) {
  if (files.length === 0) return [];
  const errors = compile(files);
  return files.map((file) => {
    const own = errors.filter((line) => line.startsWith(`${file}(`));
    return own.length === 0 ? { file, passed: 1, output: "" } : { file, failed: 1, output: `${own.join("\n")}\n` };
  });
}

function compile(files) {
  const project = join(processBuild, "tsconfig.types.json");
  mkdirSync(join(project, ".."), { recursive: true });
  const config = { extends: "../../tsconfig.json", include: [], files: files.map((file) => `../../${file}`) };
  writeFileSync(project, JSON.stringify(config));
  const { status, output } = runTypeScript(["-p", project, "--noEmit", "--pretty", "false"]);
  const lines = output.split("\n").filter((line) => /^\S.*\(\d+,\d+\): error TS/.test(line));
  if (status !== 0 && lines.length === 0) throw new Error(`the compiler could not check the type tests\n${output}`);
  return lines;
}
