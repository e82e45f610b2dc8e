import { StringDecoder } from "node:string_decoder";
import type { TerminalGuest } from "../screen/screen.ts";
import { createPressParser, type Press } from "./press-parser.ts";

/** An ESC that nothing follows for this long was the Esc key; a slow connection may split a sequence. */
const escapeWaits = 60;

/** The keyboard in raw mode, so that Ctrl-C and Ctrl-Z are keys and nothing that is typed ahead is echoed. */
export interface Keyboard extends TerminalGuest {
  readonly gone: boolean;
}

export interface KeyboardListener {
  /** What arrived at once. */
  onPresses(presses: readonly Press[]): void;
  /** The terminal went away. */
  onGone(): void;
}

/** Nothing is read before `take()`. */
export function createKeyboard(stdin: NodeJS.ReadStream, listener: KeyboardListener): Keyboard {
  let parser = createPressParser();
  let decoder = new StringDecoder("utf8");
  let escapeTimer: NodeJS.Timeout | undefined;
  let held = false;
  let gone = false;

  const hear = (presses: readonly Press[]): void => {
    if (presses.length > 0) listener.onPresses(presses);
  };

  const onData = (chunk: Buffer | string): void => {
    clearTimeout(escapeTimer);
    hear(parser.feed(typeof chunk === "string" ? chunk : decoder.write(chunk)));
    if (parser.pending) escapeTimer = setTimeout(() => hear(parser.flush()), escapeWaits);
  };

  const onGone = (): void => {
    if (gone) return;
    gone = true;
    listener.onGone();
  };

  /** A shell that continues this process may have set other modes meanwhile; the same mode twice does nothing. */
  const onContinued = (): void => {
    setRaw(stdin, false);
    setRaw(stdin, true);
  };

  return {
    get gone() {
      return gone;
    },
    take() {
      // a terminal that went away while it was lent has nothing to take
      if (held || gone) return;
      held = true;
      parser = createPressParser();
      decoder = new StringDecoder("utf8");
      setRaw(stdin, true);
      stdin.on("data", onData).on("end", onGone).on("close", onGone).off("error", onGone).on("error", onGone);
      process.on("SIGCONT", onContinued);
      stdin.resume();
    },
    release() {
      if (!held) return;
      held = false;
      clearTimeout(escapeTimer);
      process.off("SIGCONT", onContinued);
      stdin.off("data", onData).off("end", onGone).off("close", onGone);
      // the listener of errors stays: a terminal that goes away now must end nothing
      stdin.pause();
      setRaw(stdin, false);
    },
  };
}

/** A terminal that went away refuses; there is nothing to restore then. */
function setRaw(stdin: NodeJS.ReadStream, raw: boolean): void {
  try {
    stdin.setRawMode?.(raw);
  } catch {}
}
