import pc from "picocolors";

/** A function for each colour. */
export type Colors = ReturnType<typeof pc.createColors>;

/** Columns of the terminal that a stream writes to, 80 where it does not say; undefined for a pipe or a file. */
export function widthOf(stream: NodeJS.WriteStream): number | undefined {
  return stream.isTTY ? stream.columns || 80 : undefined;
}

/** The 16 ANSI colours where the stream is a terminal that shows them, else none. */
export function colorsFor(stream: NodeJS.WriteStream): Colors {
  const { NO_COLOR, TERM } = process.env;
  return pc.createColors(stream.isTTY === true && !NO_COLOR && TERM !== "dumb");
}

/** `✓`, or `+` where the locale does not say UTF-8. */
export function okMark(): string {
  const { LC_ALL, LC_CTYPE, LANG, TERM } = process.env;
  const locale = LC_ALL || LC_CTYPE || LANG || "";
  return /utf-?8/i.test(locale) && TERM !== "linux" ? "✓" : "+";
}
