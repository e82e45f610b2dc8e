import { createRequire } from "node:module";
import type { IPty } from "@lydell/node-pty";
import xterm from "@xterm/headless";
import { emulatorLines, emulatorRows } from "./emulator-rows.ts";

const { spawn } = createRequire(import.meta.url)("@lydell/node-pty") as typeof import("@lydell/node-pty");

/** Names of keys and what a terminal sends for them. */
const keys = {
  enter: "\r",
  escape: "\x1b",
  space: " ",
  backspace: "\x7f",
  delete: "\x1b[3~",
  up: "\x1b[A",
  down: "\x1b[B",
  right: "\x1b[C",
  left: "\x1b[D",
  home: "\x1b[H",
  end: "\x1b[F",
  "ctrl-a": "\x01",
  "ctrl-c": "\x03",
  "ctrl-d": "\x04",
  "ctrl-e": "\x05",
  "ctrl-u": "\x15",
  "ctrl-w": "\x17",
  "ctrl-z": "\x1a",
} as const;

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly folder?: string;
  /** Added to the environment; undefined takes a variable away. `TERM` is `xterm-256color`, the locale UTF-8. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A real pseudo-terminal with an emulator behind it, for a person's view of a program. */
export interface TestTerminal {
  /** Starts a program: its words, or a line for bash. */
  run(command: readonly string[] | string): TestTerminal;
  /** Types by hand: one letter at a time. `type("\r")` is Enter; see also {@link TestTerminal.press}. */
  type(text: string): Promise<void>;
  press(...names: (keyof typeof keys)[]): Promise<void>;
  /** Holds a key down: after half a second it repeats itself. Resolves with the longest gap between two repeats, in milliseconds. */
  hold(text: string, times: number): Promise<number>;
  /** Pastes as a terminal does, in brackets if the program asked for them; `bare` does without. */
  paste(text: string, how?: "bare"): void;
  /** Sends bytes as they are. */
  send(text: string): void;
  resize(size: { readonly columns?: number; readonly rows?: number }): void;
  /** Resolves when the screen matches; rejects with the screen after 20 s, or when the program ended without it. */
  waitFor(pattern: RegExp): Promise<void>;
  /** Resolves when what went by or stands there matches. */
  waitForRecord(pattern: RegExp): Promise<void>;
  /** What the window shows, one line a row, without blanks at the ends and empty rows at the bottom. */
  screen(): string;
  /** All rows: what scrolled away, then the window. */
  scrollback(): string;
  /** The same with rows that the terminal itself wrapped joined again. */
  text(): string;
  /** Where the cursor stands in the window; both from 0. */
  cursor(): { readonly row: number; readonly column: number; readonly visible: boolean };
  /** Everything that the program wrote, as it wrote it. */
  written(): string;
  /** When each frame began to arrive, in milliseconds since 1970. */
  readonly frames: readonly number[];
  readonly title: string;
  /** How often the bell rang. */
  readonly bells: number;
  readonly pid: number;
  readonly exitCode: number | undefined;
  /** Resolves with the exit code when the program ended and all that it wrote is on the screen. */
  ended(): Promise<number>;
  signal(name: NodeJS.Signals): void;
  /** Takes the terminal away from the program, as a connection that drops. */
  hangUp(): void;
  /** Ends the program if it still runs. A test that failed leaves that to the end of its process. */
  close(): void;
}

const patience = 20_000;

/**
 * Opens a terminal.
 *
 * @example
 * const window = terminal({ columns: 80, rows: 24 }).run(["node", "dist/cli/main.js", "run", "hello"]);
 * await window.waitFor(/r run · q quit/);
 * await window.type("r");
 * assert.is(await window.ended(), 0);
 */
export function terminal({ columns = 80, rows = 24, folder, env = {} }: TerminalOptions = {}): TestTerminal {
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 50_000, allowProposedApi: true });
  const heard: (() => void)[] = [];
  let program: IPty | undefined;
  const frames: number[] = [];
  let written = "";
  let title = "";
  let bells = 0;
  let exitCode: number | undefined;
  let visible = true;

  const wake = (): void => {
    for (const tell of heard.splice(0)) tell();
  };
  emulator.onTitleChange((text) => {
    title = text;
  });
  emulator.onBell(() => {
    bells += 1;
  });
  emulator.onWriteParsed(wake);
  emulator.onData((reply) => exitCode === undefined && program?.write(reply));
  for (const [final, shown] of [["h", true] as const, ["l", false] as const]) {
    emulator.parser.registerCsiHandler({ prefix: "?", final }, (params) => {
      if (params.includes(25)) visible = shown;
      return false;
    });
  }

  const window: TestTerminal = {
    run(command) {
      const [file = "", ...args] = typeof command === "string" ? ["bash", "-c", command] : command;
      program = spawn(file, args, {
        name: env["TERM"] ?? "xterm-256color",
        cols: emulator.cols,
        rows: emulator.rows,
        cwd: folder ?? process.cwd(),
        env: environment(env),
      });
      process.once("exit", window.close);
      program.onData((text) => {
        written += text;
        if (text.includes("\x1b[?2026h")) frames.push(Date.now());
        emulator.write(text);
      });
      program.onExit((event) => {
        emulator.write("", () => {
          exitCode = event.signal ? 128 + event.signal : event.exitCode;
          wake();
        });
      });
      return window;
    },
    async type(text) {
      for (const letter of text) {
        window.send(letter);
        await pause(40);
      }
    },
    async press(...names) {
      for (const name of names) {
        window.send(keys[name]);
        await pause(90);
      }
    },
    async hold(text, times) {
      const sent: number[] = [];
      for (let time = 0; time < times; time += 1) {
        window.send(text);
        sent.push(performance.now());
        await pause(time === 0 ? 500 : 33);
      }
      return Math.max(...sent.slice(2).map((at, index) => at - (sent[index + 1] ?? at)));
    },
    paste(text, how) {
      const marked = emulator.modes.bracketedPasteMode && how !== "bare";
      window.send(marked ? `\x1b[200~${text}\x1b[201~` : text);
    },
    send: (text) => program?.write(text),
    resize({ columns: cols = emulator.cols, rows: height = emulator.rows }) {
      // the emulator first, as a window does: the program hears of it later
      emulator.resize(cols, height);
      program?.resize(cols, height);
    },
    waitFor: (pattern) => waitUntil(() => pattern.test(window.screen()), `${pattern} on the screen`),
    waitForRecord: (pattern) => waitUntil(() => pattern.test(window.text()), `${pattern} in the record`),
    screen: () => joined(emulatorRows(emulator, emulator.buffer.active.baseY)),
    scrollback: () => joined(emulatorRows(emulator)),
    text: () => joined(emulatorLines(emulator)),
    cursor: () => ({ row: emulator.buffer.active.cursorY, column: emulator.buffer.active.cursorX, visible }),
    written: () => written,
    frames,
    get title() {
      return title;
    },
    get bells() {
      return bells;
    },
    get pid() {
      return program?.pid ?? 0;
    },
    get exitCode() {
      return exitCode;
    },
    async ended() {
      await waitUntil(() => exitCode !== undefined, "the end of the program", true);
      return exitCode ?? -1;
    },
    signal: (name) => program?.kill(name),
    hangUp: () => (program as (IPty & { destroy(): void }) | undefined)?.destroy(),
    close() {
      process.off("exit", window.close);
      if (exitCode !== undefined) return;
      try {
        program?.kill("SIGKILL");
      } catch {
        // it has just ended
      }
    },
  };
  return window;

  async function waitUntil(holds: () => boolean, what: string, alsoAfterEnd = false): Promise<void> {
    const until = performance.now() + patience;
    while (!holds()) {
      if (exitCode !== undefined && !alsoAfterEnd)
        throw new Error(`ended with ${exitCode} before ${what}:\n${window.scrollback()}`);
      if (performance.now() > until) throw new Error(`no ${what}:\n${window.scrollback()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 250);
        heard.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
}

/** Milliseconds of real time, between two keys of a person. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What the terminal of whoever runs the tests is must not matter. */
function environment(added: TerminalOptions["env"] = {}): Record<string, string> {
  const unset = { NO_COLOR: undefined, STY: undefined, TMUX: undefined, XTERM_VERSION: undefined, CI: undefined };
  // a shell of a test writes nothing into the history of the person who runs the tests
  const all = { ...process.env, ...unset, LC_ALL: "C.UTF-8", TERM: "xterm-256color", HISTFILE: "/dev/null", ...added };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function joined(rows: readonly string[]): string {
  return rows.join("\n").trimEnd();
}
