/**
 * Kills runs again and again, and judges what they did; see docs/reliability.md.
 *
 * node tools/torture.mjs [--runs N] [--seed S] [--jobs N] [--verbose]
 */
import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { processBuild, root } from "./paths.mjs";
import { bundleTests } from "./testing/bundle-tests.mjs";

process.chdir(root);
// the masker of a run with secrets is a file of the build
await build();
const { bundles, failures } = await bundleTests(["test/torture/torture-program.ts"]);
try {
  if (failures.length > 0) throw new Error(failures.map(({ output }) => output).join("\n"));
  const { main } = await import(pathToFileURL(bundles[0].bundle).href);
  await main();
} finally {
  rmSync(processBuild, { recursive: true, force: true });
}
