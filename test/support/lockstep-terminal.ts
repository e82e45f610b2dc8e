import { fileURLToPath } from "node:url";
import { killAttempts } from "./kill-attempts.ts";
import { pause, type TerminalOptions, type TestTerminal, terminal } from "./terminal.ts";

const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** How the prompt of a shell in a window looks, and how it stands at the end of the record. */
const shellPrompt = "shell$ ";
export const atPrompt: RegExp = /^shell\$$(?![\s\S])/m;

/** Longer than a new question is deaf, and than a key that was pressed before counts as held. */
const read = 800;

/** The built command in a window of its own, and a person who reads before they type. */
export interface LockstepTerminal extends TestTerminal {
  /** Waits until the window shows it, and types one key, or a line that ends in Enter. */
  answer(shown: RegExp, keys: string): Promise<void>;
  /** Types a word and Enter, after what asks for it is shown. */
  word(shown: RegExp, text: string): Promise<void>;
  /** The same for a word that is not shown while it is typed. */
  secret(shown: RegExp, text: string): Promise<void>;
}

// each window is closed by a listener of its own
process.setMaxListeners(200);

const opened: { readonly window: TestTerminal; readonly folder: string }[] = [];

/** Ends what a test left running, its steps too, which outlive their lockstep; a program that runs on would hold up the end of its file. */
export function closeTerminals(): void {
  for (const { window, folder } of opened.splice(0)) {
    window.close();
    killAttempts(folder);
  }
}

/**
 * Opens a window and runs lockstep in it, or a shell in which one types it.
 *
 * @example
 * const window = lockstepTerminal(folder, ["run", "hello", "--step"]);
 * await window.answer(/r run/, "r");
 * assert.is(await window.ended(), 0);
 */
export function lockstepTerminal(
  folder: string,
  args: readonly string[],
  { shell = false, ...options }: Omit<TerminalOptions, "folder"> & { readonly shell?: boolean } = {},
): LockstepTerminal {
  const window = terminal({ rows: 40, ...options, folder, env: { TZ: "UTC", ...options.env } }).run(
    shell ? ["bash", "--norc", "-i"] : [process.execPath, binary, ...args],
  );
  const answer = async (shown: RegExp, keys: string): Promise<void> => {
    await window.waitFor(shown);
    await pause(read);
    await window.type(keys);
  };
  opened.push({ window, folder });
  const word = async (shown: RegExp, text: string): Promise<void> => {
    await answer(shown, text);
    // an Enter that a busy machine hands over together with letters ends no line; of a long line the end is shown
    await window.waitForRecord(endingIn(text.slice(-20).trim()));
    await pause(100);
    await window.press("enter");
  };
  const secret = async (shown: RegExp, text: string): Promise<void> => {
    await answer(shown, text);
    await pause(1000);
    await window.press("enter");
  };
  return Object.assign(window, { answer, word, secret });
}

/** That it ends in this text. */
export function endingIn(text: string): RegExp {
  return new RegExp(`${text.replaceAll(/[-/\\^$*+?.()|[\]{}]/g, "\\$&")}$(?![\\s\\S])`);
}

/**
 * Opens a window with a shell, and types a lockstep command there. That {@link TestTerminal.ended} waits for the
 * command, ends the shell and gives the command's code.
 */
export function shellTerminal(
  folder: string,
  args: readonly string[],
  options: Omit<TerminalOptions, "folder"> = {},
): LockstepTerminal {
  const env = { ...options.env, PS1: shellPrompt, LOCKSTEP: binary, NODE: process.execPath };
  const window = lockstepTerminal(folder, [], { ...options, env, shell: true });
  const leave = window.ended;
  const ended = async (): Promise<number> => {
    await window.waitForRecord(atPrompt);
    await window.type("exit $?\r");
    return await leave();
  };
  window.send(`"$NODE" "$LOCKSTEP" ${args.join(" ")}\r`);
  return Object.assign(window, { ended });
}

/** The whole record matches; what it is stands in the message if not. */
export function assertRecord(window: TestTerminal, pattern: RegExp): void {
  const text = window.text();
  if (!pattern.test(text)) throw new Error(`${pattern} is not in\n${text}`);
}
