import type { Style } from "./style.ts";

/**
 * A line of lockstep's own. It is wrapped at 79 columns; what follows the first row is indented by `hang` (columns, or
 * a text such as a gutter). A bare string hangs below its value: `     undo    a long` continues below `a long`.
 *
 * Foreign text in it (titles, parameters, names) goes through `inertText` first. Only the colours of {@link Style}
 * are let through; everything else that could steer a terminal is taken out.
 */
export type Line = string | { readonly text: string; readonly hang: string | number };

/** The live region: its lines, or a function that makes them, which is called again every second. */
export type Region = readonly string[] | (() => readonly string[]);

/** Why the region changes. A key is answered at once; everything else is drawn at most 4 times a second. */
export type Cause = "key" | "other";

/** What must let go of the terminal while somebody else has it, and takes it back. */
export interface TerminalGuest {
  release(): void;
  take(): void;
}

/**
 * The one writer of everything that reaches the terminal. What is printed is the record: written once, it scrolls
 * away. Below it stands the live region, which is redrawn and leaves nothing behind.
 *
 * @example
 * ```ts
 * const screen = createScreen({ stderr: process.stderr, env: process.env });
 * screen.print(["1.1  Create the green namespace"]);
 * screen.setLive(() => [`1.1 running ${seconds()}s · Ctrl-C stops it`]);
 * screen.output("1.1", "namespace/green created\n");
 * screen.endOutput("1.1");
 * screen.close();
 * ```
 */
export interface Screen {
  /** Columns and rows of the terminal now. */
  readonly columns: number;
  readonly rows: number;
  readonly style: Style;
  /** `plain`: `--plain` or `TERM=dumb`. Nothing is redrawn or set in columns, and everything is a sentence. */
  readonly mode: "live" | "plain";
  /** Adds lines to the record. An empty string is an empty line. */
  print(lines: readonly Line[]): void;
  /** Adds a command to the record: at column 0, wrapped by the terminal, so that what is copied is the command. */
  printCommand(text: string): void;
  /**
   * Adds what a step printed, in pieces as they come. Its tail stands in the live region until {@link endOutput};
   * memory stays bounded.
   */
  output(key: string, text: string): void;
  /** Moves a step's output to the record: whole up to 12 lines, else the first 2 and the last 6. */
  endOutput(key: string, logPath?: string): void;
  /** Forgets what a step printed so far: the next picture of a watch takes the place of the last. */
  clearOutput(key: string): void;
  /** Replaces the live region. Of more than 12 lines, or than the terminal has rows for, the last stay. */
  setLive(region: Region, cause?: Cause): void;
  /** Title of the tab; what it was comes back at the end. */
  setTitle(text: string): void;
  bell(): void;
  /** In plain mode writes a prompt or typed letters as they are; a live screen shows them in its region. */
  echo(text: string): void;
  /** Gives the terminal to a shell, an editor or a pager, and takes it back however that ends. */
  suspendFor<T>(work: () => Promise<T>): Promise<T>;
  /** A shell, an editor or a pager has the terminal. */
  readonly lent: boolean;
  /** Says something that cannot wait to whoever has the terminal meanwhile; otherwise nothing. */
  interject(text: string): void;
  /** Stops this process as Ctrl-Z does elsewhere; resolves when it goes on. */
  stopProcess(): Promise<void>;
  /** Has `guest` let go while the terminal is lent; returns how to end that. */
  attach(guest: TerminalGuest): () => void;
  /** Prints what waits, takes the live region away and leaves the terminal as it was. May be called twice. */
  close(): void;
}

/** What a screen is made of. */
export interface ScreenOptions {
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--plain`. */
  readonly plain?: boolean;
  /** `--ascii`. */
  readonly ascii?: boolean;
}
