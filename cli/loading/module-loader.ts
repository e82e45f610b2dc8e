import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { sha256 } from "../../runners/journal/journal-line.ts";
import { replaceFile } from "../output/replace-file.ts";
import { bundleModule } from "./bundler.ts";
import { loadFailed } from "./load-error.ts";
import { missingExport } from "./missing-export.ts";
import {
  type BundleInput,
  cacheFolder,
  createCache,
  isUnchanged,
  type ModuleManifest,
  manifestFile,
  readInput,
  readManifest,
  writeManifest,
} from "./module-manifest.ts";

/** What a module is loaded for. */
export interface ModuleReader<T, C> {
  /** The project that holds the cache. */
  readonly root: string;
  /** Takes from the module what it should export. @throws {LockstepError} if it does not. */
  readonly read: (module: { readonly default?: unknown }) => T;
  /** What the cache keeps of it, so that it need not be imported for a list; must be JSON. */
  readonly describe: (value: T) => C;
}

/** A module's export, and the card that the cache keeps of it. */
export interface LoadedModule<T, C> {
  readonly value: T;
  readonly card: C;
}

/**
 * Imports a TypeScript file through a bundle, which is made anew only if one of the files in it has another content.
 *
 * @throws {LockstepError} `syntax-error`, `load-failed`, and what `read` throws.
 */
export async function loadModule<T, C>(file: string, reader: ModuleReader<T, C>): Promise<LoadedModule<T, C>> {
  const cached = await freshManifest<C>(reader.root, file, { trustTime: false });
  if (cached)
    return {
      value: reader.read(await importBundle(join(cacheFolder(reader.root), cached.bundle), file)),
      card: cached.card,
    };
  const begun = Date.now();
  const outfile = manifestFile(reader.root, file).replace(/\.json$/, ".mjs");
  const { code, inputs } = await bundleModule(file, { root: reader.root, outfile });
  const known = await Promise.all(inputs.map(readInput));
  const name = basename(outfile).replace(/\.mjs$/, `-${sha256(code).slice(0, 12)}.mjs`);
  const value = reader.read(await importFresh(join(dirname(outfile), name), code, file, reader.root));
  const card = reader.describe(value);
  // what was saved while the bundle was made may not be what is in it
  if (known.every(({ mtimeMs }) => mtimeMs < begun))
    await keep(reader.root, file, { inputs: known, bundle: name, card });
  return { value, card };
}

/** The card of a file, from the cache alone; undefined if the file or one that it imports has changed. */
export async function readCard<C>(root: string, file: string): Promise<C | undefined> {
  return (await freshManifest<C>(root, file, { trustTime: true }))?.card;
}

async function freshManifest<C>(
  root: string,
  file: string,
  { trustTime }: { readonly trustTime: boolean },
): Promise<ModuleManifest<C> | undefined> {
  const manifest = await readManifest<C>(root, file);
  if (!manifest || !existsSync(join(cacheFolder(root), manifest.bundle))) return undefined;
  const same = await Promise.all(manifest.inputs.map((input: BundleInput) => isUnchanged(input, { trustTime })));
  return same.every(Boolean) ? manifest : undefined;
}

/** A disk that is full or read-only costs the cache, not the command. */
async function keep<C>(root: string, file: string, manifest: ModuleManifest<C>): Promise<void> {
  await writeManifest(root, file, manifest).catch(() => undefined);
}

async function importFresh(
  bundle: string,
  code: string,
  file: string,
  root: string,
): Promise<{ readonly default?: unknown }> {
  try {
    createCache(root);
    await replaceFile(bundle, code);
  } catch {
    return importElsewhere(basename(bundle), code, file);
  }
  try {
    return await importBundle(bundle, file);
  } catch (error) {
    // nothing would ever ask for it again
    await rm(bundle, { force: true });
    throw error;
  }
}

async function importElsewhere(name: string, code: string, file: string): Promise<{ readonly default?: unknown }> {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-"));
  try {
    await writeFile(join(folder, name), code);
    return await importBundle(join(folder, name), file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importBundle(bundle: string, file: string): Promise<{ readonly default?: unknown }> {
  // so that an error's position is one of the TypeScript source
  process.setSourceMapsEnabled(true);
  try {
    return await import(pathToFileURL(bundle).href);
  } catch (error) {
    throw (await missingExport(file, error)) ?? loadFailed(file, error);
  }
}
