import fs from "node:fs";
import fsp, { type FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/** What may fail. */
export type DiskOperation = "open" | "write" | "sync" | "mkdir" | "link" | "rename";

/** How a disk fails. */
export interface DiskFault {
  /** Which operation under `.lockstep` of the project fails, counted from 1 among those that are `among`. */
  readonly nth: number;
  readonly among?: (operation: DiskOperation, path: string) => boolean;
  readonly code: "ENOSPC" | "EIO";
  /** Half of a write is done before it fails. */
  readonly half?: boolean;
  /** All that come after it fail as well. */
  readonly lasting?: boolean;
}

/** A disk under test. */
export interface FaultyDisk {
  /** How many operations there were. */
  readonly count: number;
  /** The one that failed first. */
  readonly failed: string | undefined;
  /** The disk is mended. */
  mend(): void;
}

interface Watched extends DiskFault {
  readonly root: string;
  count: number;
  failed: string | undefined;
}

const disks = new Set<Watched>();
let installed = false;

/** Lets the disk of a project's runs fail in this process; what steps do to the disk does not. */
export async function failDisk(root: string, fault: DiskFault): Promise<FaultyDisk> {
  if (!installed) await install();
  installed = true;
  const disk: Watched = { ...fault, root, count: 0, failed: undefined };
  disks.add(disk);
  return {
    get count() {
      return disk.count;
    },
    get failed() {
      return disk.failed;
    },
    mend: () => void disks.delete(disk),
  };
}

/** The error that the operation has to fail with. */
function faultOf(operation: DiskOperation, path: string): (Watched & { readonly error: Error }) | undefined {
  for (const disk of disks) {
    if (!path.startsWith(`${disk.root}/.lockstep`) || disk.among?.(operation, path) === false) continue;
    disk.count += 1;
    if (disk.lasting ? disk.count < disk.nth : disk.count !== disk.nth) return undefined;
    disk.failed ??= `${operation} ${path}`;
    const error = Object.assign(new Error(`${disk.code}: ${operation} '${path}'`), { code: disk.code });
    return { ...disk, error };
  }
  return undefined;
}

function meet(operation: DiskOperation, path: unknown): void {
  const fault = faultOf(operation, String(path));
  if (fault) throw fault.error;
}

function creates(flags: unknown): boolean {
  return flags === "wx" || flags === "a" || (typeof flags === "number" && (flags & fs.constants.O_CREAT) !== 0);
}

async function install(): Promise<void> {
  installSync();
  const { open, mkdir, link, rename } = fsp;
  const paths = new WeakMap<object, string>();
  fsp.open = (async (path: fs.PathLike, flags?: string | number, mode?: fs.Mode) => {
    if (creates(flags)) meet("open", path);
    const handle = await open(path, flags, mode);
    paths.set(handle, String(path));
    return handle;
  }) as typeof open;
  for (const [name, real] of Object.entries({ mkdir, link, rename }))
    (fsp as unknown as Record<string, unknown>)[name] = async (path: unknown, ...rest: readonly unknown[]) => {
      meet(name as DiskOperation, path);
      return (real as (...all: readonly unknown[]) => Promise<unknown>)(path, ...rest);
    };
  const some = await open("/dev/null", "r");
  const prototype = Object.getPrototypeOf(some) as Record<string, (...all: readonly unknown[]) => Promise<unknown>>;
  await some.close();
  const { write, writeFile, sync, datasync } = prototype as unknown as Record<string, FileHandle["write"]>;
  const around = (operation: DiskOperation, real: unknown) =>
    async function (this: object, ...all: readonly unknown[]) {
      meet(operation, paths.get(this) ?? "");
      return (real as (...rest: readonly unknown[]) => Promise<unknown>).apply(this, [...all]);
    };
  Object.assign(prototype, {
    writeFile: around("write", writeFile),
    sync: around("sync", sync),
    datasync: around("sync", datasync),
    async write(this: object, bytes: Buffer, offset = 0, ...rest: readonly number[]) {
      const real = write as unknown as (this: object, ...all: readonly unknown[]) => Promise<unknown>;
      const fault = faultOf("write", paths.get(this) ?? "");
      if (fault?.half) await real.call(this, bytes, offset, (bytes.length - offset) >> 1);
      if (fault) throw fault.error;
      return real.call(this, bytes, offset, ...rest);
    },
  });
  syncBuiltinESMExports();
}

/** The files of attempts. */
function installSync(): void {
  const { openSync, writeSync, mkdirSync, linkSync } = fs;
  const paths = new Map<number, string>();
  const replace = fs as unknown as Record<string, unknown>;
  replace["openSync"] = (path: fs.PathLike, flags: fs.OpenMode, ...rest: readonly []) => {
    if (creates(flags)) meet("open", path);
    const fd = openSync(path, flags, ...rest);
    paths.set(fd, String(path));
    return fd;
  };
  replace["writeSync"] = (fd: number, bytes: Buffer, ...rest: readonly []) => {
    const fault = faultOf("write", paths.get(fd) ?? "");
    if (fault?.half) writeSync(fd, bytes, 0, bytes.length >> 1);
    if (fault) throw fault.error;
    return writeSync(fd, bytes, ...rest);
  };
  replace["mkdirSync"] = (path: fs.PathLike, ...rest: readonly []) => {
    meet("mkdir", path);
    return mkdirSync(path, ...rest);
  };
  replace["linkSync"] = (path: fs.PathLike, to: fs.PathLike) => {
    meet("link", path);
    linkSync(path, to);
  };
}
