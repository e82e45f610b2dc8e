import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What of lockstep's own package.json the command needs. */
export interface OwnPackage {
  /** The folder of the running copy: a checkout, `node_modules/lockstep`, or a global installation. */
  readonly root: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}

let found: OwnPackage | undefined;

/** The package that this code runs from, wherever it is installed. */
export function ownPackage(): OwnPackage {
  found ??= findOwnPackage(dirname(fileURLToPath(import.meta.url)));
  return found;
}

function findOwnPackage(folder: string): OwnPackage {
  const file = join(folder, "package.json");
  if (existsSync(file)) {
    const { name, version, exports } = JSON.parse(readFileSync(file, "utf8"));
    if (name === "lockstep") return { root: folder, version, exports };
  }
  if (dirname(folder) === folder) throw new Error("lockstep's own package.json is missing");
  return findOwnPackage(dirname(folder));
}

/** The built file behind `lockstep` or `lockstep/kubernetes`; undefined if the package has no such entry. */
export function ownEntry(specifier: string): string | undefined {
  const { root, exports } = ownPackage();
  const target = exports[specifier.replace(/^lockstep/, ".")];
  if (target === undefined) return undefined;
  return join(root, typeof target === "string" ? target : target.default);
}
