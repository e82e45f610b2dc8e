import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const root = fileURLToPath(new URL("../..", import.meta.url));

function test(...fixtures: string[]) {
  const files = fixtures.map((name) => `test/tools/fixtures/${name}`);
  const { status, stdout } = spawnSync(process.execPath, ["tools/test.mjs", ...files], { cwd: root, encoding: "utf8" });
  return { status, stdout, last: stdout.trimEnd().split("\n").at(-1) };
}

const runner = suite("test runner");

runner("succeeds when every test passes", () => {
  const { status, last, stdout } = test("passes.test.ts", "types/right.ts");
  assert.is(last, "3 passed, 0 failed", stdout);
  assert.is(status, 0);
});

runner("counts what failed and what was skipped, and shows why", () => {
  const { status, last, stdout } = test("mixed.test.ts");
  assert.is(last, "1 passed, 1 failed, 1 skipped");
  assert.is(status, 1);
  assert.match(stdout, /Expected values to be strictly equal/);
});

runner("reads the summary of a file that warns in the middle of it", () => {
  assert.is(test("warns-between.test.ts").last, "1 passed, 0 failed");
});

runner("fails a suite that nobody runs", () => {
  const { status, last, stdout } = test("never-run.test.ts");
  assert.is(last, "0 passed, 1 failed");
  assert.is(status, 1);
  assert.match(stdout, /\.run\(\)/);
});

runner("fails a file that exits in the middle with 0", () => {
  assert.is(test("exits-early.test.ts").last, "0 passed, 1 failed");
});

runner("fails a file whose process fails after every test passed", () => {
  assert.is(test("rejects-late.test.ts").last, "1 passed, 1 failed");
});

runner("fails a type test in which a line compiles that must not", () => {
  const { last, stdout } = test("types/right.ts", "types/wrong.ts");
  assert.is(last, "1 passed, 1 failed");
  assert.match(stdout, /wrong\.ts\(1,1\): error TS2578/);
});

runner("fails a file that does not exist, and a run of nothing", () => {
  assert.is(test("no-such.test.ts").last, "0 passed, 1 failed");
});

runner.run();
