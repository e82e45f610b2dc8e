/**
 * Plays the sessions of docs/terminal.md with the built command in a pseudo-terminal, and writes what they show into the page.
 *
 * node tools/capture-terminal.mjs [SESSION...]
 */
import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";
import { processBuild, root } from "./paths.mjs";
import { bundleTests } from "./testing/bundle-tests.mjs";

process.chdir(root);
await build();
const { bundles, failures } = await bundleTests(["test/cli/terminal/sessions/capture-program.ts"]);
try {
  if (failures.length > 0) throw new Error(failures.map(({ output }) => output).join("\n"));
  const { main } = await import(pathToFileURL(bundles[0].bundle).href);
  await main(process.argv.slice(2));
} finally {
  rmSync(processBuild, { recursive: true, force: true });
}
