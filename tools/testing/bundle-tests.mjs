import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import esbuild from "esbuild";
import { handlebarsPlugin } from "../handlebars-plugin.mjs";
import { processBuild, root } from "../paths.mjs";

/**
 * Bundles each test with the sources that it imports by path. What it imports as `lockstep` stays external and is
 * therefore the built package.
 */
export async function bundleTests(files) {
  const results = await Promise.all(files.map(bundleTest));
  return {
    bundles: results.filter(({ output }) => output === undefined),
    failures: results.filter(({ output }) => output !== undefined),
  };
}

async function bundleTest(file) {
  const bundle = join(processBuild, file.replace(/\.ts$/, ".mjs"));
  try {
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: [`./${file}`],
      outfile: bundle,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20.19",
      packages: "external",
      // Without the `paths` of tsconfig.json, which lead from `lockstep` to the source.
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
      sourcemap: "inline",
      plugins: [handlebarsPlugin, keepImportMeta],
      logLevel: "silent",
    });
    return { file, bundle };
  } catch (error) {
    const messages = await esbuild.formatMessages(error.errors ?? [{ text: error.stack }], { kind: "error" });
    return { file, failed: 1, output: messages.join("\n") };
  }
}

/** `import.meta` of a bundled source is that of the source, so that it finds the files beside it. */
const keepImportMeta = {
  name: "keep-import-meta",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)))
        .replaceAll("import.meta.filename", JSON.stringify(path));
      return { contents, loader: "ts" };
    });
  },
};
