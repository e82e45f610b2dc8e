import type { Terminal } from "@xterm/headless";

/** The rows of an emulator from `first` on, counted from the top of its history, without blanks at the ends. */
export function emulatorRows({ buffer: { active }, rows }: Terminal, first = 0): string[] {
  return Array.from(
    { length: active.baseY + rows - first },
    (_, row) => active.getLine(first + row)?.translateToString(true) ?? "",
  );
}

/** All its lines from the top of its history on: rows that it wrapped by itself are joined. */
export function emulatorLines({ buffer: { active } }: Terminal): string[] {
  const found: string[] = [];
  for (let row = 0; row < active.length; row += 1) {
    const line = active.getLine(row);
    const text = line?.translateToString(!active.getLine(row + 1)?.isWrapped) ?? "";
    if (line?.isWrapped) found.push((found.pop() ?? "") + text);
    else found.push(text);
  }
  return found.map((line) => line.trimEnd());
}
