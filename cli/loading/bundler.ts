import { readFile } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Loader, Plugin, PluginBuild } from "esbuild";
import { nearest } from "../../dsl/errors/nearest.ts";
import { syntaxError } from "./bundle-error.ts";
import { ownEntry, ownPackage } from "./package-root.ts";

export interface Bundle {
  /** The JavaScript, with its source map. */
  readonly code: string;
  /** Absolute paths of all files that went into it. */
  readonly inputs: readonly string[];
}

let isStarted = false;

/**
 * Bundles a TypeScript file with everything that it imports by path. Packages stay where they are; `lockstep` is
 * the running copy's own, so that a runbook and the command share every class and symbol.
 *
 * @param outfile Where the code will stand: the paths of its source map are relative to that.
 * @throws {LockstepError} `syntax-error`, with the place; also for an import that is not there.
 */
export async function bundleModule(
  file: string,
  { root, outfile }: { readonly root: string; readonly outfile: string },
): Promise<Bundle> {
  const { build } = await import("esbuild");
  isStarted = true;
  try {
    const { outputFiles, metafile } = await build({
      absWorkingDir: root,
      entryPoints: [file],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      target: `node${process.versions.node}`,
      charset: "utf8",
      sourcemap: "inline",
      sourcesContent: false,
      // a tsconfig is not among the inputs that the cache compares
      tsconfigRaw: "{}",
      // the defaults, without "module", which Node does not know
      conditions: [],
      plugins: [ownEntriesPlugin, packagesPlugin, importMetaPlugin],
      metafile: true,
      write: false,
      logLevel: "silent",
    });
    const inputs = Object.keys(metafile.inputs).map((path) => resolve(root, path));
    return { code: outputFiles[0]?.text ?? "", inputs };
  } catch (error) {
    throw syntaxError(file, root, error);
  }
}

/** Ends the process that bundles, if there is one, with the environment that it was started with; the next bundle starts another. */
export async function endBundler(): Promise<void> {
  if (!isStarted) return;
  const { stop } = await import("esbuild");
  await stop();
  isStarted = false;
}

const ownEntriesPlugin: Plugin = {
  name: "lockstep",
  setup(build: PluginBuild) {
    build.onResolve({ filter: /^lockstep(\/.*)?$/ }, ({ path }) => {
      const entry = ownEntry(path);
      if (entry !== undefined) return { path: pathToFileURL(entry).href, external: true };
      const names = Object.keys(ownPackage().exports).map((name) => name.replace(/^\./, "lockstep"));
      const match = nearest(path, names);
      return { errors: [{ text: `lockstep has no entry "${path}"${match ? `. Did you mean ${match}?` : ""}` }] };
    });
  },
};

/** A bundle in the cache would find other packages than the file that imports them, so it names each by its place. */
const packagesPlugin: Plugin = {
  name: "packages",
  setup(build: PluginBuild) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind === "entry-point" || pluginData === "asked" || path.startsWith("node:") || isAbsolute(path))
        return undefined;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: "asked" });
      if (found.errors.length > 0 || found.external) return found;
      // a package of a monorepo is TypeScript that Node would not load
      if (!/[\\/]node_modules[\\/]/.test(found.path)) return found;
      return { path: pathToFileURL(found.path).href, external: true };
    });
  },
};

/** `import.meta.url` means the file that says it, not the bundle. */
const importMetaPlugin: Plugin = {
  name: "import-meta",
  setup(build: PluginBuild) {
    build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes("import.meta.")) return undefined;
      const contents = text
        .replace(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(path).href))
        .replace(/\bimport\.meta\.filename\b/g, JSON.stringify(path))
        .replace(/\bimport\.meta\.dirname\b/g, JSON.stringify(resolve(path, "..")));
      return { contents, loader: loaderOf(path) };
    });
  },
};

function loaderOf(path: string): Loader {
  if (/\.[cm]?ts$/.test(path)) return "ts";
  return path.endsWith("x") ? (path.endsWith(".tsx") ? "tsx" : "jsx") : "js";
}
