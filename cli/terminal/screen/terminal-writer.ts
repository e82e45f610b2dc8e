/** Writes to a terminal that may go away, as when a connection drops: then nothing is written any more. */
export interface TerminalWriter {
  write(text: string): void;
  close(): void;
}

/** Its errors end nothing, since a run must not end because nobody looks. */
export function createTerminalWriter(stderr: NodeJS.WriteStream): TerminalWriter {
  let gone = false;
  const leave = (): void => {
    gone = true;
  };
  stderr.on("error", leave);
  return {
    write(text) {
      if (gone || text === "") return;
      stderr.write(text);
    },
    close: () => void setImmediate(() => stderr.off("error", leave)).unref(),
  };
}
