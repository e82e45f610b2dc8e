import { relative, resolve } from "node:path";
import { globSync } from "tinyglobby";
import { root } from "../paths.mjs";

/**
 * Tests under the given files and folders, or all of them. Paths are relative to the checkout. A file that is named
 * itself is a test wherever it lies, also among the fixtures.
 */
export function findTests(paths) {
  const all = globSync(["test/**/*.test.ts", "test/types/**/*.ts"], { cwd: root, ignore: ["**/fixtures/**"] });
  const wanted = paths.map((path) => ({ path, tests: testsAt(relative(root, resolve(path)), all) }));
  const tests = [...new Set(paths.length === 0 ? all : wanted.flatMap((found) => found.tests))].sort();
  const isTypeTest = (test) => test.startsWith("test/types/") || test.includes("/fixtures/types/");
  return {
    suites: tests.filter((test) => !isTypeTest(test)),
    typeTests: tests.filter(isTypeTest),
    unknown: wanted.filter((found) => found.tests.length === 0).map(({ path }) => path),
  };
}

function testsAt(path, all) {
  const below = all.filter((test) => test === path || test.startsWith(`${path}/`));
  return below.length > 0 ? below : globSync([path], { cwd: root }).filter((file) => file.endsWith(".ts"));
}
