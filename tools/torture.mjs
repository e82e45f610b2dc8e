/**
 * Kills runs again and again, and judges what they did; see docs/reliability.md.
 *
 * node tools/torture.mjs [--runs N] [--seed S] [--jobs N] [--verbose]
 */
import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { processBuild, root } from "./paths.mjs";
import { bundleTests } from "./testing/bundle-tests.mjs";

process.chdir(root);
const { bundles, failures } = await bundleTests(["test/torture/torture-program.ts"]);
try {
  if (failures.length > 0) throw new Error(failures.map(({ output }) => output).join("\n"));
  const { main } = await import(pathToFileURL(bundles[0].bundle).href);
  await main();
} finally {
  rmSync(processBuild, { recursive: true, force: true });
}
