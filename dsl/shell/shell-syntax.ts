/**
 * The commands in a shell text, as far as lockstep needs to know them: what runs where, and which words are its own.
 * Offsets count UTF-16 units from the start of the text.
 */
export interface Script {
  readonly entries: readonly Entry[];
}

/** One pipeline and how it ends. */
export interface Entry {
  readonly pipeline: readonly Command[];
  /** Ends in `&`. */
  readonly background: boolean;
}

/** What a pipeline consists of. */
export type Command = SimpleCommand | CompoundCommand | FunctionDefinition;

/** A name with its arguments; or assignments alone. */
export interface SimpleCommand {
  readonly kind: "simple";
  readonly assignments: readonly Word[];
  readonly words: readonly Word[];
  /** Targets of redirections and elements of arrays. */
  readonly others: readonly Word[];
}

/** `( )` runs in a shell of its own; `{ }`, `if`, `for`, `while`, `case`, `[[ ]]` and `(( ))` in the current one. */
export interface CompoundCommand {
  readonly kind: "subshell" | "current";
  readonly bodies: readonly Script[];
  readonly others: readonly Word[];
}

/** `name() { ... }`, whose body runs wherever the name is called. */
export interface FunctionDefinition {
  readonly kind: "function";
  readonly body: Command;
}

/** One word of a command. */
export interface Word {
  readonly start: number;
  readonly end: number;
  /** As it is written, with quotes. */
  readonly raw: string;
  /** What the shell makes of it, or undefined where that is known only when it runs. */
  readonly literal: string | undefined;
  /** Offsets of the holes that are a part of it; those of commands inside it are not. */
  readonly holes: readonly number[];
  /** The commands inside `$( )`, `<( )` and backticks. */
  readonly scripts: readonly Script[];
}
