import { HOLE, type ShellCursor } from "./shell-cursor.ts";

/** Skips blanks and continued lines. */
export function skipBlanks(cursor: ShellCursor): void {
  while (cursor.peek() === " " || cursor.peek() === "\t" || cursor.sees("\\\n"))
    cursor.skip(cursor.peek() === "\\" ? 2 : 1);
}

/** Skips blanks, comments and new lines, with the heredocs that begin there. */
export function skipSpace(cursor: ShellCursor): void {
  for (;;) {
    skipBlanks(cursor);
    if (cursor.peek() === "#") skipComment(cursor);
    if (cursor.peek() !== "\n") return;
    skipNewline(cursor);
  }
}

/** Skips a comment, up to the end of the line. */
export function skipComment(cursor: ShellCursor): void {
  while (!cursor.ended && cursor.peek() !== "\n") {
    if (cursor.peek() === HOLE) throw cursor.placeError("comment", cursor.offset);
    cursor.skip();
  }
  cursor.lineEnd = cursor.offset;
}

/** Skips the end of a line and the heredocs that were announced on it. */
function skipNewline(cursor: ShellCursor): void {
  cursor.skip();
  for (const { delimiter, stripsTabs } of cursor.heredocs.splice(0)) {
    for (let isOpen = true; isOpen; ) {
      if (cursor.ended) throw cursor.syntaxError(`the heredoc ${delimiter} is never closed`);
      const end = cursor.text.indexOf("\n", cursor.offset);
      const line = cursor.text.slice(cursor.offset, end < 0 ? undefined : end);
      if (line.includes(HOLE)) throw cursor.placeError("heredoc", cursor.offset + line.indexOf(HOLE));
      isOpen = (stripsTabs ? line.replace(/^\t+/, "") : line) !== delimiter;
      cursor.skip(line.length);
      cursor.lineEnd = cursor.offset;
      if (end >= 0) cursor.skip();
    }
  }
}
