import childProcess from "node:child_process";
import fs from "node:fs";
import fsp, { type FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { JournalEvent } from "../../runners/events/run-event.ts";
import { parseJournal } from "../../runners/journal/journal-parser.ts";
import { attemptFolderName } from "../../runners/store/attempt-folder-name.ts";

/** What lockstep does to the disk and to processes, by what it is for. */
export type Operation =
  | "journal-write"
  | "journal-sync"
  | "attempt-folder"
  | "attempt-file"
  | "attempt-write"
  | "look"
  | "spawn"
  | "store";

/** Where a lockstep dies. */
export interface Death {
  readonly at: Operation | "any";
  /** Counts from 1. */
  readonly nth: number;
  /** `half`: when half of a write is written; where nothing is written, as `before`. */
  readonly when: "before" | "half" | "after";
}

/** What is wrong with the machine that a lockstep runs on. */
export interface Faults {
  readonly death?: Death | undefined;
  /** The machine's boot, instead of the real one. */
  readonly boot?: string;
  /** Added to the monotonic clock, in milliseconds: it begins anew with each boot. */
  readonly monoShift?: number;
  /** Added to the wall clock, in milliseconds. */
  readonly wallShift?: number;
  /** After so many operations the wall clock jumps. */
  readonly jump?: { readonly after: number; readonly by: number } | undefined;
  /** How long after its start a wrapper begins, in seconds. */
  readonly lateWrapper?: number | undefined;
  /** How long the disk takes to say that something is kept, in milliseconds. */
  readonly slowSync?: number | undefined;
  /** Where it is kept how much of the journal is on disk for certain. */
  readonly syncedFile: string;
}

/**
 * Puts faults under this process: what the sources import from Node is replaced, so they need no hook of their own.
 * To be called before anything runs.
 */
export async function installFaults(faults: Faults): Promise<void> {
  const { death } = faults;
  const counts = new Map<string, number>();
  let total = 0;
  let wallShift = faults.wallShift ?? 0;

  const die = (): never => {
    process.kill(process.pid, "SIGKILL");
    throw new Error("it died");
  };
  /** Dies here, or says when it will. */
  const meet = (operation: Operation): Death["when"] | undefined => {
    total += 1;
    if (faults.jump && total === faults.jump.after) wallShift += faults.jump.by;
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    if (!death || (death.at !== "any" && death.at !== operation)) return undefined;
    if ((death.at === "any" ? total : counts.get(operation)) !== death.nth) return undefined;
    if (death.when === "before") die();
    return death.when;
  };
  const around = <T>(operation: Operation, act: () => T): T => {
    const when = meet(operation);
    if (when === "half") die();
    const result = act();
    if (when === "after") die();
    return result;
  };
  const aroundAsync = async <T>(operation: Operation, act: () => Promise<T>): Promise<T> => {
    const when = meet(operation);
    if (when === "half") die();
    const result = await act();
    if (when === "after") die();
    return result;
  };

  shiftClocks(faults, () => wallShift);
  replaceSync(around, meet, die, faults);
  await replacePromises(aroundAsync, meet, die, faults);
  replaceSpawn(around, faults);
  syncBuiltinESMExports();
}

type Around = <T>(operation: Operation, act: () => T) => T;
type AroundAsync = <T>(operation: Operation, act: () => Promise<T>) => Promise<T>;
type WriteBytes = (this: FileHandle, bytes: Buffer, offset: number, ...rest: readonly number[]) => Promise<unknown>;
type Meet = (operation: Operation) => Death["when"] | undefined;

function shiftClocks({ monoShift = 0 }: Faults, wallShift: () => number): void {
  const real = process.hrtime.bigint;
  process.hrtime.bigint = () => real() + BigInt(Math.round(monoShift)) * 1_000_000n;
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...args: readonly []) {
      if (args.length === 0) super(RealDate.now() + wallShift());
      else super(...args);
    }
    static override now(): number {
      return RealDate.now() + wallShift();
    }
  } as DateConstructor;
}

/** The files of attempts, and the boot id. */
function replaceSync(around: Around, meet: Meet, die: () => never, { boot }: Faults): void {
  const { readFileSync, mkdirSync, openSync, writeSync } = fs;
  const written = new Set<number>();
  fs.readFileSync = ((path: fs.PathOrFileDescriptor, ...rest: readonly []) =>
    boot !== undefined && path === "/proc/sys/kernel/random/boot_id"
      ? `${boot}\n`
      : readFileSync(path, ...rest)) as typeof readFileSync;
  fs.mkdirSync = ((path: fs.PathLike, ...rest: readonly []) =>
    isAttempt(path)
      ? around("attempt-folder", () => mkdirSync(path, ...rest))
      : mkdirSync(path, ...rest)) as typeof mkdirSync;
  fs.openSync = ((path: fs.PathLike, flags: fs.OpenMode, ...rest: readonly []) => {
    if (!isAttempt(path)) return openSync(path, flags, ...rest);
    const writes = typeof flags === "number" && (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0;
    const fd = around(writes ? "attempt-file" : "look", () => openSync(path, flags, ...rest));
    if (writes) written.add(fd);
    else written.delete(fd);
    return fd;
  }) as typeof openSync;
  fs.writeSync = ((fd: number, bytes: NodeJS.ArrayBufferView, ...rest: readonly []) => {
    if (!written.has(fd) || !Buffer.isBuffer(bytes)) return writeSync(fd, bytes, ...rest);
    const when = meet("attempt-write");
    if (when === "half") {
      writeSync(fd, bytes, 0, bytes.length >> 1);
      die();
    }
    const count = writeSync(fd, bytes, ...rest);
    if (when === "after") die();
    return count;
  }) as typeof writeSync;
}

/** The journal, and what is kept beside it. */
async function replacePromises(around: AroundAsync, meet: Meet, die: () => never, faults: Faults): Promise<void> {
  const { open, link, unlink, rename, mkdir } = fsp;
  const journals = new WeakSet<object>();
  const { writeFileSync, renameSync } = fs;
  fsp.open = (async (path: fs.PathLike, flags?: string | number, mode?: fs.Mode) => {
    const changes = flags === "wx" || (typeof flags === "number" && (flags & fs.constants.O_CREAT) !== 0);
    const act = (): Promise<FileHandle> => open(path, flags, mode);
    const handle = changes && isState(path) ? await around("store", act) : await act();
    if (changes && String(path).endsWith("journal.ndjson")) journals.add(handle);
    return handle;
  }) as typeof open;
  for (const [name, real] of Object.entries({ link, unlink, rename, mkdir }))
    (fsp as unknown as Record<string, unknown>)[name] = (path: fs.PathLike, ...rest: readonly never[]) => {
      const act = (): Promise<unknown> => (real as (...all: readonly unknown[]) => Promise<unknown>)(path, ...rest);
      return isState(path) ? around("store", act) : act();
    };

  const handle = await open("/dev/null", "r");
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const { datasync } = prototype;
  const write = prototype.write as unknown as WriteBytes;
  /** Steps whose end is written, and not on disk for certain. */
  let unkept: readonly string[] = [];
  prototype.write = async function (this: FileHandle, bytes: Buffer, offset = 0, ...rest: readonly number[]) {
    if (!journals.has(this)) return write.call(this, bytes, offset, ...rest);
    for (const step of unkept) tell(faults, `${step} was finished, and the run went on before that was on disk`);
    unkept = [...bytes.toString("utf8", offset).matchAll(finishedLine)].map(([, step]) => String(step));
    const when = meet("journal-write");
    if (when === "half") {
      await write.call(this, bytes, offset, (bytes.length - offset) >> 1);
      die();
    }
    const result = await write.call(this, bytes, offset, ...rest);
    if (when === "after") die();
    return result;
  } as unknown as FileHandle["write"];
  prototype.datasync = async function (this: FileHandle) {
    if (!journals.has(this)) return datasync.call(this);
    const { size } = await this.stat();
    await around("journal-sync", async () => {
      if (faults.slowSync !== undefined) await delay(faults.slowSync);
      await datasync.call(this);
      unkept = [];
      // whole or not at all, also for a kill from outside
      writeFileSync(`${faults.syncedFile}.draft`, String(size));
      renameSync(`${faults.syncedFile}.draft`, faults.syncedFile);
    });
  };
}

function replaceSpawn(around: Around, { lateWrapper, syncedFile }: Faults): void {
  const { spawn } = childProcess;
  childProcess.spawn = ((command: string, args: readonly string[], options: childProcess.SpawnOptions) => {
    const at = args.indexOf("-c");
    const mark = args.indexOf("lockstep-attempt");
    if (mark !== -1) judgeStart(args[mark + 1] ?? "", syncedFile);
    const late =
      lateWrapper === undefined || !args.includes("lockstep-attempt")
        ? args
        : args.map((arg, index) => (index === at + 1 ? `sleep ${lateWrapper}\n${arg}` : arg));
    return around("spawn", () => spawn(command, late, options));
  }) as typeof spawn;
}

/** No process is started before its `started` is on disk; what breaks that is told in a file, as nobody else can see it. */
function judgeStart(folder: string, syncedFile: string): void {
  const name = basename(folder);
  const synced = fs.existsSync(syncedFile) ? Number(fs.readFileSync(syncedFile, "utf8")) : 0;
  const onDisk = fs.readFileSync(join(dirname(dirname(folder)), "journal.ndjson")).subarray(0, synced);
  const events = parseJournal(onDisk).lines as unknown as readonly JournalEvent[];
  const isKept = events.some(
    (event) => event.type === "started" && attemptFolderName(event.step, event.attempt) === name,
  );
  if (!isKept) tell({ syncedFile }, `${name} was started before that was on disk`);
}

/** Tells what a promise breaks to whoever judges, in a file. */
function tell({ syncedFile }: Pick<Faults, "syncedFile">, breach: string): void {
  fs.appendFileSync(`${syncedFile}.broken`, `${breach}\n`);
}

/** The beginning of a line of the journal, up to the key of the step. */
const finishedLine = /"type":"finished","step":"([^"]*)"/g;

function isAttempt(path: unknown): boolean {
  return String(path).includes("/attempts/");
}

function isState(path: unknown): boolean {
  return String(path).includes("/.lockstep/");
}
