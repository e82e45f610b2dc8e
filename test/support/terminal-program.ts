import { writeFileSync } from "node:fs";
import { createKeys } from "../../cli/terminal/keys/create-keys.ts";
import type { Keys, MenuKey } from "../../cli/terminal/keys/keys.ts";
import { createScreen } from "../../cli/terminal/screen/create-screen.ts";
import type { Screen } from "../../cli/terminal/screen/screen.ts";

/**
 * Small programs on the real screen and keys, for tests that run them in a pseudo-terminal:
 * `terminal-program.ts NAME [--plain] [--ascii]`.
 */

const menu: readonly MenuKey[] = [
  { key: "r", word: "run" },
  { key: "s", word: "skip" },
  { key: "d", word: "delete" },
  { key: "?", word: "help" },
  { key: "q", word: "quit" },
];

const menuLine = "r run · s skip · q quit · ? more";

interface Opened {
  readonly screen: Screen;
  readonly keys: Keys;
}

const programs: Readonly<Record<string, (opened: Opened) => Promise<number>>> = {
  /** One question after the other until `q`; every answer is a line of the record. */
  async menus({ screen, keys }) {
    for (let step = 1; ; step += 1) {
      screen.print([`Step ${step}`]);
      screen.setLive([menuLine]);
      const answer = await keys.readKey({
        keys: menu,
        onRefused: (refusal) =>
          screen.setLive([refusal.why === "unlisted" ? `no key: ${refusal.key}` : refusal.say, menuLine], "key"),
      });
      if ("left" in answer) {
        screen.print([`left by ${answer.left}`]);
        return 130;
      }
      screen.print([`answer ${answer.key}`]);
      if (answer.key === "q") return 3;
    }
  },

  /** Starts deaf, so that keys are typed ahead. */
  async late({ screen, keys }) {
    screen.setLive(["not yet"]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return programs["menus"]?.({ screen, keys }) ?? 1;
  },

  async word({ screen, keys }) {
    const answer = await keys.readLine({
      prompt: "To approve, type approve and Enter: ",
      expected: ["approve"],
      onChange: ({ message, shown }) =>
        screen.setLive([...(message === undefined ? [] : [message]), "Type approve and Enter.", `> ${shown}`], "key"),
    });
    screen.print([JSON.stringify(answer)]);
    return 0;
  },

  async text({ screen, keys }) {
    const answer = await keys.readLine({
      prompt: "Why? ",
      onChange: ({ message, shown }) => screen.setLive([message ?? "Why?", `> ${shown}`], "key"),
    });
    screen.print([JSON.stringify(answer)]);
    return 0;
  },

  async secret({ screen, keys }) {
    const answer = await keys.readSecret({
      prompt: "Token: ",
      onChange: ({ shown }) => screen.setLive(["Token", `> ${shown}`]),
    });
    screen.print(["line" in answer ? `it has ${answer.line.length} characters` : answer.left]);
    return 0;
  },

  /** Redraws a full region four times a second, and prints a numbered line now and then, until a key. */
  async redraw({ screen, keys }) {
    let count = 0;
    let line = 0;
    const timer = setInterval(() => {
      count += 1;
      if (count % 3 === 0) {
        line += 1;
        screen.print([`record ${String(line).padStart(3, "0")} ${"x".repeat(50)}`]);
      }
      screen.setLive(table(count), "other");
    }, 100);
    screen.print([`process ${process.pid}`]);
    screen.setLive(table(0));
    await keys.readKey({ keys: menu });
    clearInterval(timer);
    screen.print([`lines ${line}`]);
    return 0;
  },

  /** A command that prints without end while a question stands; the question is answered by `q`. */
  async flood({ screen, keys }) {
    let lines = 0;
    let worst = 0;
    let last = performance.now();
    screen.printCommand("yes");
    screen.setLive(() => [`${Math.floor(performance.now() / 1000)} running`, menuLine]);
    const timer = setInterval(() => {
      const now = performance.now();
      worst = Math.max(worst, now - last - 20);
      last = now;
      let chunk = "";
      for (const end = lines + 1_000; lines < end; lines += 1)
        chunk += `line ${lines + 1} \x1b[31mof\x1b[0m the flood\n`;
      screen.output("1", chunk);
    }, 20);
    const before = process.memoryUsage.rss();
    await keys.readKey({ keys: [{ key: "q" }] });
    clearInterval(timer);
    screen.endOutput("1", "runs/7k3m/log");
    const grown = Math.round((process.memoryUsage.rss() - before) / 2 ** 20);
    screen.print([`late ${Math.round(worst)} ms`, `grown ${grown} MB`, `lines ${lines}`]);
    return 0;
  },

  async hostile({ screen }) {
    screen.print(["Before"]);
    screen.output("1", `a\x1b[2Jb\x1b[Hc\x1b]2;evil\x07d\x1b[?1049he\x9b3Af\u202egnp.exe\n`);
    screen.output("1", `progress 1%\rprogress 100%\n\tTab\n✓ 3.2 ok\nsplit \x1b[3`);
    screen.output(
      "1",
      `1mred\x1b[0m\n日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語\nno end`,
    );
    screen.endOutput("1");
    screen.print(["title \x1b[8mhidden\x1b[2J\x1b]2;evil\x07 end"]);
    screen.printCommand("echo \x1b[1A\x1b[2K'rm -rf'");
    screen.setTitle("asks 3.1\x07\x1b[2J · prod");
    screen.setLive(["live \x1b[5A\x1b[2Jregion", `wide ${"日本👩‍👩‍👧".repeat(30)}`]);
    await new Promise((resolve) => setTimeout(resolve, 600));
    return 0;
  },

  async crash({ screen }) {
    screen.print(["about to fail"]);
    screen.setLive(["a region", menuLine]);
    await new Promise((resolve) => setTimeout(resolve, 400));
    setTimeout(() => {
      throw new Error("a fault of lockstep");
    });
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    return 0;
  },

  async view({ screen }) {
    screen.setLive(() => {
      throw new Error("no such sample");
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    screen.print(["the run went on"]);
    return 0;
  },

  /** Outlives its terminal, and writes how its question ended into a file. */
  async gone({ screen, keys }) {
    process.on("SIGHUP", () => undefined);
    const timer = setInterval(() => {
      screen.print(["more"]);
      screen.output("1", "and more\n");
    }, 50);
    screen.setLive([menuLine]);
    const first = await keys.readKey({ keys: menu });
    const second = await keys.readLine({ prompt: "Why? " });
    await new Promise((resolve) => setTimeout(resolve, 300));
    clearInterval(timer);
    screen.endOutput("1");
    screen.close();
    writeFileSync(flags[0] ?? "", JSON.stringify([first, second]));
    return 0;
  },

  /** Lends the terminal to a shell. */
  async shell({ screen, keys }) {
    const { spawn } = await import("node:child_process");
    screen.print(["before the shell"]);
    screen.setLive(["a region", menuLine]);
    await keys.readKey({ keys: menu });
    await screen.suspendFor(
      () =>
        new Promise((resolve) =>
          spawn("bash", ["--norc", "-ic", "stty -a; read -p 'shell> ' word; echo got $word"], { stdio: "inherit" }).on(
            "close",
            resolve,
          ),
        ),
    );
    screen.print(["after the shell"]);
    const answer = await keys.readKey({ keys: menu });
    screen.print([JSON.stringify(answer)]);
    return 0;
  },
};

function table(count: number): string[] {
  const rows = Array.from(
    { length: 9 },
    (_, row) => `${`row ${row} `.padEnd(12)}${String(count).padStart(6)} ${"▃".repeat(59)}`,
  );
  return ["6m 19s left of 10m 00s, ends 03:24:52   sampled 10s ago".padEnd(79, "."), ...rows, "", menuLine];
}

const [name = "", ...flags] = process.argv.slice(2);
const screen = createScreen({
  stderr: process.stderr,
  env: process.env,
  plain: flags.includes("--plain"),
  ascii: flags.includes("--ascii"),
});
const keys = createKeys({
  stdin: process.stdin,
  screen,
  onCtrlC: () => {
    screen.print(["Ctrl-C while nothing is asked"]);
    process.exit(130);
  },
  onCtrlZ: () => void screen.stopProcess(),
});
const code = (await programs[name]?.({ screen, keys })) ?? 1;
keys.close();
screen.close();
process.exitCode = code;
