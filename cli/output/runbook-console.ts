import { Console } from "node:console";
import { syncBuiltinESMExports } from "node:module";
import { Writable } from "node:stream";
import { colorsFor } from "./terminal.ts";

/** Takes what was said by `console`, whole lines. */
export type ConsoleReader = (text: string) => void;

const toStandardError: ConsoleReader = (text) => void process.stderr.write(text);

/** Like the console itself there is one in a process. */
let reader = toStandardError;

/**
 * Has what the code of a runbook says by `console` stand on standard error; standard output is for what the command
 * itself prints, which programs read. Also what took a method of it for itself goes there.
 */
export function divertConsole(): void {
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      reader(text);
      done();
    },
  });
  const colorMode = colorsFor(process.stderr).isColorSupported;
  Object.assign(console, new Console({ stdout: stream, stderr: stream, colorMode }));
  syncBuiltinESMExports();
}

/** Hands what `console` is told to whoever has the terminal, until the returned function is called. */
export function readConsole(next: ConsoleReader): () => void {
  reader = next;
  return () => {
    reader = toStandardError;
  };
}
