import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "../test/support/lockstep-command.ts";
import { closeTerminals, type LockstepTerminal, lockstepTerminal } from "../test/support/lockstep-terminal.ts";
import { pause } from "../test/support/terminal.ts";

/**
 * How late a frame comes, how much memory it takes and how soon a key is answered while a step floods the terminal:
 * `npm run bench:terminal`. The real command in a pseudo-terminal of 80 by 40; a look from inside five times a second.
 */
export async function main(): Promise<void> {
  console.log(
    "| what floods | lines a second | frames | latest frame, ms | event loop late, ms | memory, MB | key, ms |",
  );
  console.log("| :-- | --: | --: | --: | --: | --: | --: |");
  for (const [what, script] of floods)
    for (const how of ["a step that runs", "beside a question"] as const)
      console.log(rowOf(`${what}, ${how}`, await measure(script, how)));
}

/** How long each floods, in seconds. */
const lasts = 12;

/** Portions of a hundredth of a second each. */
const steady = (perSecond: number): string => `node -e '
  const end = Date.now() + ${lasts * 1_000};
  let due = Date.now(), line = 0;
  (function go() {
    let text = "";
    for (; due <= Date.now(); due += 10)
      for (let i = 0; i < ${perSecond / 100}; i += 1) text += \`line \${++line} of the flood, with a few words more in it\\n\`;
    process.stdout.write(text, () => Date.now() < end && setTimeout(go, 5));
  })();'`;

const floods: readonly (readonly [string, string])[] = [
  ["10,000 lines a second", steady(10_000)],
  ["50,000 lines a second", steady(50_000)],
  ["as fast as it goes", `timeout ${lasts} yes "a line of the flood, with a few words more in it" || true`],
];

interface Measured {
  readonly linesPerSecond: number;
  readonly frames: number;
  /** Milliseconds by which a frame came later than a quarter of a second after the one before; where something changes all the time. */
  readonly latestFrame: number | undefined;
  readonly lateLoop: number;
  readonly memory: readonly [early: number, late: number];
  /** Milliseconds from a key to what it shows, at most. */
  readonly key: number;
}

async function measure(script: string, how: "a step that runs" | "beside a question"): Promise<Measured> {
  const folder = await project({
    "runbooks/flood.runbook.ts": runbookText(how),
    "flood.sh": `echo begins\n${script}\n`,
    "observer.cjs": observer,
    looks: "",
  });
  const env = { NODE_OPTIONS: `--require=${join(folder, "observer.cjs")}`, FLOOD_LOOKS: join(folder, "looks") };
  const window = lockstepTerminal(folder, ["run", "flood", "--step"], { env });
  await window.answer(/^r run/m, "r");
  await window.waitFor(how === "beside a question" ? /^1\.2 {2}After[\s\S]*^r run/m : /^1\.1 running/m);
  const began = Date.now();
  const keys: number[] = [];
  while (Date.now() < began + (lasts - 3) * 1_000) keys.push(await answerTime(window, how));
  const ended = Date.now();
  const inTime = (at: number): boolean => at > began + 1_000 && at < ended;
  const looks = readLooks(folder).filter(({ at }) => inTime(at));
  const frames = window.frames.filter(inTime);
  const lines = countLines(folder);
  closeTerminals();
  const late = frames.slice(1).map((at, index) => at - (frames[index] ?? at) - 250);
  return {
    linesPerSecond: lines / ((ended - began) / 1_000),
    frames: frames.length,
    latestFrame: how === "beside a question" ? undefined : Math.max(0, ...late),
    lateLoop: Math.max(...looks.map(({ latest }) => latest)),
    memory: [looks[0]?.rss ?? 0, Math.max(...looks.slice(looks.length / 2).map(({ rss }) => rss))],
    key: Math.max(...keys),
  };
}

/** Asks for what a key shows, and goes back. */
async function answerTime(window: LockstepTerminal, how: string): Promise<number> {
  const [key, shown] = how === "beside a question" ? ["?", /Enter answers nothing here/] : ["n", /^A note, for the/m];
  await pause(1_000);
  const before = performance.now();
  window.send(key as string);
  await window.waitFor(shown as RegExp);
  const took = performance.now() - before;
  await pause(1_000);
  await window.press("escape");
  return took;
}

function runbookText(how: string): string {
  const flood =
    how === "beside a question"
      ? 'background("flood", "Flood", sh.read`bash flood.sh`, { ready: "begins" })'
      : 'step("flood", "Flood", sh.read`bash flood.sh`)';
  return `import { background, runbook, section, sh, step } from "lockstep";
export default runbook({ id: "flood", title: "Flood" }, () => [
  section("all", "All", [${flood}, step("after", "After", sh.read\`echo after\`)]),
]);
`;
}

/** What lockstep's own process tells of itself. */
interface Look {
  readonly at: number;
  readonly rss: number;
  readonly latest: number;
}

const observer = `const { monitorEventLoopDelay } = require("node:perf_hooks");
if (process.argv[1]?.endsWith("dist/cli/main.js")) {
  const resolution = 10;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  setInterval(() => {
    const look = { at: Date.now(), rss: process.memoryUsage.rss(), latest: Math.max(0, delay.max / 1e6 - resolution) };
    require("node:fs").appendFileSync(process.env.FLOOD_LOOKS, JSON.stringify(look) + "\\n");
    delay.reset();
  }, 200).unref();
}
`;

function readLooks(folder: string): readonly Look[] {
  const text = readFileSync(join(folder, "looks"), "utf8").trim();
  return text.split("\n").map((line) => JSON.parse(line) as Look);
}

function countLines(folder: string): number {
  const runs = join(folder, ".lockstep/runs");
  const [run = ""] = readdirSync(runs);
  const log = readFileSync(join(runs, run, "attempts/flood.1/log"));
  let lines = 0;
  for (let end = log.indexOf(10); end !== -1; end = log.indexOf(10, end + 1)) lines += 1;
  return lines;
}

function rowOf(what: string, { linesPerSecond, frames, latestFrame, lateLoop, memory, key }: Measured): string {
  const mega = memory.map((bytes) => Math.round(bytes / 2 ** 20));
  const cells = [
    what,
    Math.round(linesPerSecond).toLocaleString("en"),
    frames,
    latestFrame === undefined ? "-" : Math.round(latestFrame),
    Math.round(lateLoop),
    `${mega[0]}, then ${mega[1]}`,
    Math.round(key),
  ];
  return `| ${cells.join(" | ")} |`;
}
