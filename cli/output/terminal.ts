import pc from "picocolors";
import { allowsColors } from "./color-choice.ts";

/** A function for each colour. */
export type Colors = ReturnType<typeof pc.createColors>;

/** Columns of the terminal that a stream writes to, 80 where it does not say; undefined for a pipe or a file. */
export function widthOf(stream: NodeJS.WriteStream): number | undefined {
  return stream.isTTY ? stream.columns || 80 : undefined;
}

/** The 16 ANSI colours where the stream is a terminal that shows them, else none. */
export function colorsFor(stream: NodeJS.WriteStream): Colors {
  return pc.createColors(stream.isTTY === true && allowsColors(process.env) && process.env["TERM"] !== "dumb");
}

/** `✓`, or `+` where the locale does not say UTF-8. */
export function okMark(): string {
  return showsUnicode(process.env) ? "✓" : "+";
}

/**
 * Whether a terminal shows more than ASCII: its locale says UTF-8, and it is no console of Linux, whose font has few
 * characters. The first of the variables that is set counts, as for every program of the C library.
 */
export function showsUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  return env["TERM"] !== "linux" && /utf-?8/i.test(locale);
}
