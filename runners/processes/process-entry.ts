import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** One process, as the system lists it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** The id of its session; undefined where the system does not tell (macOS). */
  readonly session: number | undefined;
  /** In the system's own unit: only good for comparing with another value of the same boot. */
  readonly startTime: string;
  /** It has ended and waits for its parent to take notice: it does nothing any more. */
  readonly zombie: boolean;
  /** Something stopped it, as Ctrl-Z does: it does nothing until it is told to go on. */
  readonly stopped: boolean;
}

const hasProc = process.platform === "linux";

/** The process with this pid, or undefined if there is none. */
export function readProcess(pid: number): ProcessEntry | undefined {
  return hasProc ? readStat(pid) : askPs(["-p", String(pid)])[0];
}

/** Every process that this user may see. */
export function listProcesses(): readonly ProcessEntry[] {
  if (!hasProc) return askPs(["-A"]);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((entry) => entry !== undefined);
}

/**
 * Reads a line of `/proc/<pid>/stat`. The second field, the name in parentheses, may itself hold
 * blanks, parentheses and line ends, so what follows is counted from the last `)`.
 */
export function parseStat(text: string): ProcessEntry | undefined {
  const pid = Number.parseInt(text, 10);
  const [state, parent, group, session, ...rest] = text
    .slice(text.lastIndexOf(")") + 1)
    .trim()
    .split(" ");
  const startTime = rest[15];
  if (!Number.isInteger(pid) || state === undefined || startTime === undefined) return undefined;
  const zombie = state === "Z" || state === "X" || state === "x";
  const stopped = state === "T";
  return { pid, parent: Number(parent), group: Number(group), session: Number(session), startTime, zombie, stopped };
}

function readStat(pid: number): ProcessEntry | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return undefined;
  }
}

/** For `ps`, before its name in a shell: start times are compared, so none may hang on the language and time zone of who asks. */
export const psVariables = "LC_ALL=C TZ=UTC";

/** The portable way. `lstart` is last, since it holds blanks. */
export function askPs(selection: readonly string[]): readonly ProcessEntry[] {
  const pinned = psVariables.split(" ").map((variable) => variable.split("="));
  const env = { ...process.env, ...Object.fromEntries(pinned) };
  let text: string;
  try {
    text = execFileSync("ps", [...selection, "-o", "pid=,ppid=,pgid=,stat=,lstart="], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return [];
  }
  return text
    .split("\n")
    .map(parsePsLine)
    .filter((entry) => entry !== undefined);
}

/** Reads a line of `ps -o pid=,ppid=,pgid=,stat=,lstart=`. */
export function parsePsLine(line: string): ProcessEntry | undefined {
  const found = line.match(/^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S.*?)\s*$/);
  if (!found) return undefined;
  const [, pid, parent, group, state = "", startTime = ""] = found;
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    session: undefined,
    startTime: startTime.replace(/\s+/g, " "),
    zombie: state.startsWith("Z"),
    stopped: state.startsWith("T"),
  };
}
