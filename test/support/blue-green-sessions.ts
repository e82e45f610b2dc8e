import { userInfo } from "node:os";
import { type BlueGreenOptions, type BlueGreenProject, blueGreenProject } from "./blue-green-project.ts";
import { type LockstepTerminal, lockstepTerminal } from "./lockstep-terminal.ts";

/** What a person does with the blue-green deployment at a terminal, from the first screen on. */
export interface BlueGreenSession {
  readonly project: BlueGreenProject;
  readonly window: LockstepTerminal;
  /** Runs the command again, in another window of the same size. */
  again(...args: readonly string[]): LockstepTerminal;
}

export interface SessionOptions extends BlueGreenOptions {
  readonly flags?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A sample each second, so that a wait of some seconds has something to show. */
const quick = { wait: "seconds(8)", interval: "seconds(1)" } as const;

const run = ["run", "production-blue-green", "-p", "version=v1.2.3"];

/** Opens the window and runs the command in it. */
export async function openBlueGreen({
  flags = [],
  columns = 80,
  rows = 24,
  env = {},
  ...options
}: SessionOptions = {}): Promise<BlueGreenSession> {
  const project = await blueGreenProject({ ...quick, ...options });
  const look = { columns, rows, env: { ...project.env, ...env } };
  const again = (...args: readonly string[]): LockstepTerminal => lockstepTerminal(project.folder, args, look);
  return { project, window: again(...run, ...flags), again };
}

/** Starts it without `--step`, ticks the gates, and approves the switch. */
export async function switchTraffic({ window }: BlueGreenSession): Promise<void> {
  await window.answer(/^r start · q quit$/m, "r");
  await tickGates(window);
  await approve(window);
}

/** All eight, and done. */
export async function tickGates(window: LockstepTerminal, first = 1): Promise<void> {
  for (let item = first; item <= 8; item += 1) await window.answer(new RegExp(`^${item - 1} of 8`, "m"), `${item}`);
  await window.answer(/^8 of 8/m, "d");
}

export async function approve(window: LockstepTerminal): Promise<void> {
  await window.answer(/^a approve/m, "a");
  await window.word(/^To approve, type approve/m, "approve");
}

/** Waits for the menu of a step, and presses `r`. */
export async function runStep(window: LockstepTerminal, number: string): Promise<void> {
  await window.answer(menuOf(number), "r");
}

export function menuOf(number: string): RegExp {
  return new RegExp(`^${number.replace(".", "\\.")} {2}[\\s\\S]*^r run · s skip`, "m");
}

/** The last part of a text that begins with a line that matches. */
export function from(text: string, line: RegExp): string {
  const lines = text.split("\n");
  const first = lines.findLastIndex((each) => line.test(each));
  if (first < 0) throw new Error(`no ${line} in\n${text}`);
  return lines.slice(first).join("\n");
}

/** Up to the line that matches, and without it. */
export function upTo(text: string, line: RegExp): string {
  const lines = text.split("\n");
  const end = lines.findIndex((each) => line.test(each));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .join("\n")
    .trimEnd();
}

/** As anybody could have seen it: another run, another person, another machine. */
export function anonymous(text: string): string {
  const user = userInfo().username;
  const named = text.matchAll(/\.lockstep\/runs\/(\w{4})\b|lockstep (?:report|resume|rollback|approve|log) (\w{4})\b/g);
  const ids = new Set([...named].flatMap(([, folder, command]) => folder ?? command ?? []));
  return [...ids]
    .reduce((all, id) => all.replaceAll(new RegExp(`\\b${id}\\b`, "g"), "7k3m"), text)
    .replace(/^ {2}(run {6}|run: )\w{4},/gm, "  $17k3m,")
    .replace(/^ {2}(here {5}|here: )[\s\S]*?\n(?= {2}\w)/gm, "  $1alice@bastion1:/srv/shop\n")
    .replace(new RegExp(`\\b(by|are|says|holds:)(\\s+)${user}\\b`, "g"), "$1$2alice")
    .replace(new RegExp(`\\(${user}\\)`, "g"), "(alice)")
    .replace(new RegExp(`^\\w{4}( {2}.*) ${user}$`, "gm"), "7k3m$1 alice");
}

/** What no two runs have in common is left out: times, how long something took, what was measured. */
export function withoutChance(text: string): string {
  return (
    text
      .replace(/\d{4}-\d\d-\d\d/g, "DATE")
      .replace(/\b\d\d:\d\d(?::\d\d)?\b/g, "TIME")
      .replace(/\b\d+(?:\.\d+)?(?:s\b|m \d\ds\b)/g, "LONG")
      .replace(/\b\d+(?:\.\d+)? seconds?\b/g, "LONG")
      .replace(/│[ ╌▁▂▃▄▅▆▇█]+(?= alert$|$)/gm, "│BARS")
      .replace(/^(.* (?:> |>)[\w%. ]*?)\s+[▁▂▃▄▅▆▇█·]+$/gm, "$1 PLOT")
      .replace(/^(.* > [\w%. ]*?)\s+[\d.]+$/gm, "$1 PLOT")
      .replace(/^(\S.*?) +[\d.]+(?:ms|%)( +> )/gm, "$1 VALUE$2")
      .replace(/\b(Error rate) [\d.]+%/g, "$1 VALUE")
      .replace(/^ +[\d.]+%(?= │)/gm, "TOP")
      // where the bound lies in a chart hangs on how high the highest value was
      .replace(/(?:^(?:TOP| +(?:0|> [\w%]+)?) │BARS(?: alert)?\n)+/gm, "CHART\n")
      .replace(/\b\d+ samples?\b/g, "SAMPLES")
      .replace(/ {2,}(?=TIME$)/gm, "  ")
      .replace(/[0-9a-f]{12}/g, "DIGEST")
  );
}
