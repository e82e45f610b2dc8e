import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build } from "../build.mjs";
import { processBuild, root } from "../paths.mjs";
import { bundleTests } from "./bundle-tests.mjs";

/** Builds lockstep, since a run with secrets starts a program of the build, and runs the `main` that a TypeScript file exports. */
export async function runMain(file, ...args) {
  process.chdir(root);
  await build();
  const { bundles, failures } = await bundleTests([file]);
  try {
    if (failures.length > 0) throw new Error(failures.map(({ output }) => output).join("\n"));
    const { main } = await import(pathToFileURL(bundles[0].bundle).href);
    await main(...args);
  } finally {
    rmSync(processBuild, { recursive: true, force: true });
  }
}
