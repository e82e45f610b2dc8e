import type { Screen } from "../screen/screen.ts";

/** What the person at the keyboard answers, in single keys, typed lines and secrets. */
export interface Keys {
  /** Waits for one of the keys of a menu. */
  readKey(options: ReadKeyOptions): Promise<KeyAnswer>;
  /** Waits for a typed line. */
  readLine(options: ReadLineOptions): Promise<LineAnswer>;
  /** Waits for a line that is not shown. */
  readSecret(options: ReadSecretOptions): Promise<LineAnswer>;
  /** Milliseconds since the last key, whether it answered something or not. */
  quietMilliseconds(): number;
  /** Gives the keyboard back as it was. May be called twice. */
  close(): void;
}

/** Whose keys they are, and who hears of Ctrl-C and Ctrl-Z when nothing is asked. */
export interface KeysOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly screen: Screen;
  /** Ctrl-C while nothing is asked; a question that stands gets it as its answer instead. */
  readonly onCtrlC?: () => void;
  /** Ctrl-Z, at any time. Nothing is stopped unless this calls `screen.stopProcess()`. */
  readonly onCtrlZ?: () => void;
}

/** An entry of a menu: one key, and the word for it where whole words are typed (`--plain`). */
export interface MenuKey {
  /** A letter in lower case, a digit, `?`, `!`, or one of {@link NamedKey}. */
  readonly key: string;
  /** `run`, `skip`. A key without one cannot be chosen in plain mode. */
  readonly word?: string;
}

/** Keys that are no character. Enter, Ctrl-D and space answer only a menu that lists them; Enter never should be. */
export type NamedKey =
  | "enter"
  | "escape"
  | "space"
  | "tab"
  | "backspace"
  | "delete"
  | "up"
  | "down"
  | "left"
  | "right"
  | "home"
  | "end"
  | "page-up"
  | "page-down"
  | "ctrl-c"
  | "ctrl-d"
  | "ctrl-z"
  | "ctrl-u"
  | "ctrl-w"
  | "ctrl-a"
  | "ctrl-e"
  | "ctrl-k"
  | "ctrl-l";

/**
 * Why keys were not taken: `paste`, several at once; `held`, the same key as soon again as one that is held down repeats
 * itself; `early`, before anybody can have read the question; `unlisted`, a key that the menu does not have, Enter and
 * Ctrl-D among them, which should show the keys.
 */
export type Refusal =
  | { readonly why: "paste" | "held" | "early"; readonly say: string }
  | { readonly why: "unlisted"; readonly key: string };

export interface ReadKeyOptions {
  readonly keys: readonly MenuKey[];
  /**
   * Whether the person may know the question already, as with the second tick of a checklist. A new one takes no key
   * in its first 200 ms, and none that was held down since before.
   */
  readonly question?: "new" | "same";
  readonly onRefused?: (refusal: Refusal) => void;
  /** Ends the question: a guard tripped, somebody answered from elsewhere. */
  readonly signal?: AbortSignal | undefined;
}

/** One of the keys asked for; or that it was left: by Ctrl-C, by the signal, or since the keyboard is gone. */
export type KeyAnswer = { readonly key: string } | { readonly left: "ctrl-c" | "aborted" | "gone" };

/** A typed line as it stands, for the view that draws it. */
export interface TypedLine {
  readonly text: string;
  /** Where the next letter comes: an index into `text`. */
  readonly cursor: number;
  /** Why the last keys were not taken, such as `Typed, not pasted.` */
  readonly message?: string | undefined;
  /** The part around its caret that fits behind `> `, with a visible caret. A view draws `> ${shown}`. */
  readonly shown: string;
}

export interface ReadLineOptions {
  /** In plain mode what is said before the line is read; a live view draws its own. */
  readonly prompt: string;
  /**
   * Words of which one must be typed, such as `approve`. They are compared without case, given back as they stand
   * here, and cannot be pasted. Without them any line but an empty one is an answer, a pasted one too.
   */
  readonly expected?: readonly string[] | undefined;
  /** Called at once and after every key. */
  readonly onChange?: (line: TypedLine) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface ReadSecretOptions {
  readonly prompt: string;
  readonly onChange?: (line: TypedLine) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A line that is not empty; or that it was left. */
export type LineAnswer = { readonly line: string } | { readonly left: "escape" | "ctrl-c" | "aborted" | "gone" };
