/**
 * Runs the tests: every test/**\/*.test.ts as a process of its own, and test/types/**\/*.ts by the compiler.
 * The last line is `N passed, N failed`, with `, N skipped` when there are any.
 *
 * node tools/test.mjs [FILE|FOLDER ...] [-v] [--node PATH] [--check SCRIPT] [--jobs N]
 *
 * -v           print the output of files that pass, too
 * --node PATH  run the tests with another Node binary; several run them several times
 * --check NAME first run this script of package.json, counted as one test; may be given several times
 * --jobs N     files at a time (2)
 * --again      a file that failed beside another one is run once more, alone, at the end, and that counts; it is said
 */
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { processBuild } from "./paths.mjs";
import { bundleTests } from "./testing/bundle-tests.mjs";
import { findTests } from "./testing/find-tests.mjs";
import { runInParallel } from "./testing/run-in-parallel.mjs";
import { runScript } from "./testing/run-script.mjs";
import { runTestFile } from "./testing/run-test-file.mjs";
import { checkTypeTests } from "./testing/type-tests.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: "boolean", short: "v", default: false },
    node: { type: "string", multiple: true, default: [process.execPath] },
    check: { type: "string", multiple: true, default: [] },
    jobs: { type: "string", default: "2" },
    again: { type: "boolean", default: false },
  },
});

const totals = { passed: 0, failed: 0, skipped: 0 };

async function main() {
  for (const script of options.check) report(runScript(script));
  const { suites, typeTests, unknown } = findTests(positionals);
  for (const path of unknown) report({ file: path, failed: 1, output: "no such test\n" });
  if (suites.length > 0 && (await buildPackage())) {
    const { bundles, failures } = await bundleTests(suites);
    failures.forEach(report);
    const runs = options.node.flatMap((node) => bundles.map((bundle) => ({ ...bundle, node })));
    const suspects = [];
    await runInParallel(runs, Number(options.jobs), async (run) => {
      const result = await runTestFile(run);
      if (!options.again || !result.failed) return report(result);
      suspects.push(run);
      console.log(`AGAIN ${result.file}: failed beside another file\n${result.output.trim().replace(/^/gm, "  | ")}`);
    });
    for (const run of suspects) report(await runTestFile(run));
  }
  checkTypeTests(typeTests).forEach(report);
}

/** A person who runs one file can go on with the last build while somebody else's part does not compile. */
async function buildPackage() {
  try {
    const { declarationErrors } = await build();
    if (declarationErrors !== "") console.log("warning: not every declaration was emitted; see npm run typecheck");
    return true;
  } catch (error) {
    console.log(`the package does not build\n${error.message}\n`);
    if (positionals.length > 0) return true;
    totals.failed += 1;
    return false;
  }
}

function report({ file, node, passed = 0, failed = 0, skipped = 0, seconds, output }) {
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
  const place = options.node.length > 1 && node !== undefined ? ` on ${node}` : "";
  const time = seconds === undefined ? "" : ` (${seconds.toFixed(1)} s)`;
  console.log(`${failed > 0 ? "FAIL" : "ok  "} ${file}${place}${time}`);
  if (failed > 0 || options.verbose) console.log(output.trim().replace(/^/gm, "  | "));
}

try {
  await main();
} finally {
  rmSync(processBuild, { recursive: true, force: true });
}
const { passed, failed, skipped } = totals;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
