import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** A project of somebody else, with lockstep installed from its tarball. */
export interface InstalledPackage {
  readonly folder: string;
  /** Paths in the tarball. */
  readonly packed: readonly string[];
  write(path: string, text: string): void;
  run(command: string, ...args: string[]): SpawnSyncReturns<string>;
  remove(): void;
}

export function installPackage(): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-package-"));
  const run = (command: string, ...args: string[]) => spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  // Its own `prepare` would build again; the runner has built already.
  const [tarball] = JSON.parse(must(run("npm", "pack", root, "--ignore-scripts", "--json")));
  write("package.json", JSON.stringify({ name: "elsewhere", private: true, type: "module" }));
  must(run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", `./${tarball.filename}`));
  return {
    folder,
    packed: tarball.files.map(({ path }: { path: string }) => path),
    write,
    run,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function must({ status, stdout, stderr, error }: SpawnSyncReturns<string>): string {
  if (status !== 0) throw error ?? new Error(`exit code ${status}\n${stdout}\n${stderr}`);
  return stdout;
}
