import { mkdirSync, writeFileSync } from "node:fs";
import { readFile, stat, unlink } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { sha256 } from "../../runners/journal/journal-line.ts";
import { replaceFile } from "../output/replace-file.ts";
import { ownPackage } from "./package-root.ts";

/** A file that went into a bundle, as it was then. */
export interface BundleInput {
  /** Absolute. */
  readonly path: string;
  readonly mtimeMs: number;
  readonly size: number;
  /** SHA-256 of its content. */
  readonly hash: string;
}

/** What the cache knows of a TypeScript file: the bundle made of it, what went into that, and what it says of itself. */
export interface ModuleManifest<C> {
  readonly inputs: readonly BundleInput[];
  /** Name of the bundle, beside the manifest. */
  readonly bundle: string;
  readonly card: C;
}

/** Changes when a manifest or a bundle of before can no longer be used. */
const format = 1;

/** Where the manifest of `file` stands: `.lockstep/cache/hello.runbook-1f2e3d4c.json` in `root`. */
export function manifestFile(root: string, file: string): string {
  const name = basename(file).replace(/\.[a-z]+$/, "");
  return join(cacheFolder(root), `${name}-${sha256(relative(root, file)).slice(0, 8)}.json`);
}

/** The folder of everything that can be made again. */
export function cacheFolder(root: string): string {
  return join(root, ".lockstep", "cache");
}

/** The manifest of a file, or undefined if there is none that this lockstep can use. */
export async function readManifest<C>(root: string, file: string): Promise<ModuleManifest<C> | undefined> {
  try {
    const { made, ...manifest } = JSON.parse(await readFile(manifestFile(root, file), "utf8"));
    return made === madeBy() ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a manifest, and throws away the bundle of the one before. */
export async function writeManifest<C>(root: string, file: string, manifest: ModuleManifest<C>): Promise<void> {
  const before = await readManifest<C>(root, file);
  await replaceFile(manifestFile(root, file), JSON.stringify({ made: madeBy(), ...manifest }));
  if (before && before.bundle !== manifest.bundle)
    await unlink(join(cacheFolder(root), before.bundle)).catch(() => undefined);
}

/** Creates the cache; nobody means to commit it. */
export function createCache(root: string): void {
  mkdirSync(cacheFolder(root), { recursive: true });
  try {
    writeFileSync(join(root, ".lockstep", ".gitignore"), "*\n", { flag: "wx" });
  } catch {
    // it is there
  }
}

/** Takes down a file as it is now. */
export async function readInput(path: string): Promise<BundleInput> {
  const { mtimeMs, size } = await stat(path);
  return { path, mtimeMs, size, hash: sha256(await readFile(path)) };
}

/**
 * Whether a file still is what went into the bundle.
 *
 * @param trustTime The time and size of a file that did not change are enough: good for a list, not for a run.
 */
export async function isUnchanged(
  input: BundleInput,
  { trustTime }: { readonly trustTime: boolean },
): Promise<boolean> {
  try {
    const { mtimeMs, size } = await stat(input.path);
    if (size !== input.size) return false;
    if (trustTime && mtimeMs === input.mtimeMs) return true;
    return sha256(await readFile(input.path)) === input.hash;
  } catch {
    return false;
  }
}

function madeBy(): string {
  const { root, version } = ownPackage();
  return `${format} ${version} ${root}`;
}
