import { bundleScript } from "./script-process.ts";
import { pause, type TerminalOptions, type TestTerminal, terminal } from "./terminal.ts";

// each window is closed by a listener of its own
process.setMaxListeners(100);
const program = await bundleScript("test/support/terminal-program.ts");
const opened: TestTerminal[] = [];

/** The program of the keys' tests, as a shell is told to run it. */
export const command = `'${process.execPath}' '${program}'`;
/** The keys of its menu. */
export const menu = /^r run · s skip · q quit · \? more$/m;
/** Longer than a new question is deaf. */
export const read = 400;

/** Ends what a test left open. */
export function closeWindows(): void {
  for (const window of opened.splice(0)) window.close();
}

/** A window in which a shell runs this line, or this command is run. */
export function open(line: string | readonly string[], options: TerminalOptions = {}): TestTerminal {
  const window = terminal(options).run(line);
  opened.push(window);
  return window;
}

/** A window with the program, once its question can have been read. */
export async function start(
  words: string,
  prompt: RegExp = menu,
  options: TerminalOptions = {},
): Promise<TestTerminal> {
  const window = open(`exec ${command} ${words}`, options);
  await window.waitFor(prompt);
  await pause(read);
  return window;
}
