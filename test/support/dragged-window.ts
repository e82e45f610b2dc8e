import { EventEmitter } from "node:events";
import { mock } from "node:test";
import xterm from "@xterm/headless";
import { createLiveScreen } from "../../cli/terminal/screen/live-screen.ts";
import { readFeatures } from "../../cli/terminal/screen/terminal-features.ts";
import { emulatorLines, emulatorRows } from "./emulator-rows.ts";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What happens to a screen and to its window, one after the other. */
export type Happening =
  /** So many milliseconds go by. */
  | { readonly wait: number }
  /**
   * The window has another size. Lockstep hears of it so many milliseconds later, and the last so many characters that
   * it wrote before were still on their way: the terminal draws them in its new size.
   */
  | { readonly resize: Size; readonly heardAfter?: number; readonly onTheWay?: number }
  /** So many short lines go to the record. */
  | { readonly print: number }
  /** A command of so many characters goes to the record, which the terminal wraps by itself. */
  | { readonly command: number }
  /** A live region with a line of each of these widths. */
  | { readonly region: readonly number[] };

/** What reaches a terminal, in its order. */
type Arrival = { readonly text: string } | { readonly size: Size };

/** What a screen did while all that happened, and some seconds of quiet after. */
export interface Played {
  readonly start: Size;
  readonly end: Size;
  readonly arrivals: readonly Arrival[];
  /** All lines of the record, each another one. */
  readonly record: readonly string[];
  /** The live region that was set last. */
  readonly region: readonly string[];
}

/** Plays a real screen on a clock that is only counted, so that it is fast and the same each time. */
export function playScreen(start: Size, happenings: readonly Happening[]): Played {
  let now = 0;
  let size = start;
  let arrivals: readonly Arrival[] = [];
  const record: string[] = [];
  let region: readonly string[] = [];
  const stderr = Object.assign(new EventEmitter(), {
    ...start,
    isTTY: true,
    write(text: string) {
      arrivals = [...arrivals, { text }];
      return true;
    },
  }) as unknown as NodeJS.WriteStream;

  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const clock = mock.method(performance, "now", () => now);
  try {
    const env = { TERM: "xterm-256color", LC_ALL: "C.UTF-8", NO_COLOR: "1" };
    const screen = createLiveScreen(stderr, readFeatures({ stderr, env }));
    const pass = (milliseconds: number): void => {
      for (const until = now + milliseconds; now < until; mock.timers.tick(5)) now += 5;
    };
    const hear = (): void => {
      if (stderr.columns === size.columns && stderr.rows === size.rows) return;
      Object.assign(stderr, size);
      stderr.emit("resize");
    };
    for (const [index, happening] of happenings.entries()) {
      if ("wait" in happening) pass(happening.wait);
      else if ("print" in happening) {
        const lines = Array.from({ length: happening.print }, (_, line) => `record ${record.length + line}`);
        record.push(...lines);
        screen.print(lines);
      } else if ("command" in happening) {
        record.push(`record ${record.length} `.padEnd(happening.command, "x"));
        screen.printCommand(record.at(-1) ?? "");
      } else if ("region" in happening) {
        region = happening.region.map((width, row) =>
          `live ${index}.${row} `.padEnd(width, "=").slice(0, width).trimEnd(),
        );
        screen.setLive(region);
      } else {
        size = happening.resize;
        arrivals = resizeBefore(arrivals, size, happening.onTheWay ?? 0);
        if (happening.heardAfter) setTimeout(hear, happening.heardAfter);
        else hear();
      }
    }
    pass(3_000);
    const played = { start, end: size, arrivals, record, region };
    screen.close();
    return played;
  } finally {
    clock.mock.restore();
    mock.timers.reset();
  }
}

/** Puts a new size before the last characters that were written, but not before an older size. */
function resizeBefore(arrivals: readonly Arrival[], size: Size, onTheWay: number): readonly Arrival[] {
  const first = arrivals.findLastIndex((arrival) => "size" in arrival) + 1;
  const text = arrivals
    .slice(first)
    .map((arrival) => ("text" in arrival ? arrival.text : ""))
    .join("");
  const at = placeIn(text, Math.max(0, text.length - onTheWay));
  return [...arrivals.slice(0, first), { text: text.slice(0, at) }, { size }, { text: text.slice(at) }];
}

/** Not within a line of the record: the emulator cuts off the row that it is writing when it narrows, whoever wrote it. */
function placeIn(text: string, wanted: number): number {
  const begin = text.lastIndexOf("\n", wanted - 1) + 1;
  const end = text.indexOf("\n", wanted);
  return end !== -1 && text.slice(begin, end).includes("record") ? end + 1 : wanted;
}

/** What a terminal shows. */
export interface Shown {
  /** All lines, from the top of its history on. */
  readonly lines: readonly string[];
  /** The rows of the window above its cursor. */
  readonly above: readonly string[];
  readonly column: number;
}

/**
 * Draws it in an emulator that wraps old lines anew when its window changes, or in one that does not. That one forgets
 * what stands further right than the window was ever narrow, so only what every window has of a row is read there.
 */
export async function show({ start, arrivals }: Played, { reflows }: { readonly reflows: boolean }): Promise<Shown> {
  const emulator = new xterm.Terminal({
    cols: start.columns,
    rows: start.rows,
    scrollback: 50_000,
    allowProposedApi: true,
    convertEol: true,
    // an old console of Windows, which is what this emulator has of such terminals
    ...(reflows ? {} : { windowsPty: { backend: "conpty", buildNumber: 1 } as const }),
  });
  for (const arrival of arrivals) {
    if ("size" in arrival) emulator.resize(arrival.size.columns, arrival.size.rows);
    else await new Promise<void>((resolve) => emulator.write(arrival.text, resolve));
  }
  const { baseY, cursorY, cursorX } = emulator.buffer.active;
  const seen = (rows: readonly string[]): string[] =>
    rows.map((row) => (reflows ? row : row.slice(0, narrowest).trimEnd()));
  const shown = {
    lines: seen(reflows ? emulatorLines(emulator) : emulatorRows(emulator)),
    above: seen(emulatorRows(emulator, baseY).slice(0, cursorY)),
    column: cursorX,
  };
  emulator.dispose();
  return shown;
}

/** Columns of the narrowest window. */
export const narrowest = 40;
