import { relative, resolve } from "node:path";
import { globSync } from "tinyglobby";
import { root } from "../paths.mjs";

/** Tests under the given files and folders, or all of them. Paths are relative to the checkout. */
export function findTests(paths) {
  const found = globSync(["test/**/*.test.ts", "test/types/**/*.ts"], { cwd: root, ignore: ["**/fixtures/**"] }).sort();
  const wanted = paths.map((path) => relative(root, resolve(path)));
  const isWanted = (test) => wanted.length === 0 || wanted.some((path) => test === path || test.startsWith(`${path}/`));
  const tests = found.filter(isWanted);
  const isTypeTest = (test) => test.startsWith("test/types/");
  return {
    suites: tests.filter((test) => !isTypeTest(test)),
    typeTests: tests.filter(isTypeTest),
    unknown: wanted.filter((path) => !tests.some((test) => test === path || test.startsWith(`${path}/`))),
  };
}
