/**
 * Measures, and prints a table; the machine should have nothing else to do.
 *
 * node tools/bench.mjs NAME    a file of bench/, such as terminal-flood
 */
import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { processBuild, root } from "./paths.mjs";
import { bundleTests } from "./testing/bundle-tests.mjs";

process.chdir(root);
await build();
const { bundles, failures } = await bundleTests([`bench/${process.argv[2]}.ts`]);
try {
  if (failures.length > 0) throw new Error(failures.map(({ output }) => output).join("\n"));
  const { main } = await import(pathToFileURL(bundles[0].bundle).href);
  await main();
} finally {
  rmSync(processBuild, { recursive: true, force: true });
}
