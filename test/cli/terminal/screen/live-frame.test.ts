import xterm from "@xterm/headless";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { emptyFrame, fitFrame, frameChange, rowsOf, sameFrame } from "../../../../cli/terminal/screen/live-frame.ts";

const frames = suite("live frames");
const window = { columns: 80, rows: 24, reflows: true };

/** What a terminal has after `text`: its rows from the top of the history, and where the cursor stands. */
async function shown(text: string, size = { cols: 80, rows: 24 }): Promise<{ rows: string[]; column: number }> {
  const emulator = new xterm.Terminal({ ...size, scrollback: 10_000, allowProposedApi: true, convertEol: true });
  await new Promise<void>((resolve) => emulator.write(text, resolve));
  const { active } = emulator.buffer;
  const rows = Array.from(
    { length: active.baseY + active.cursorY + 1 },
    (_, row) => active.getLine(row)?.translateToString(true) ?? "",
  );
  return { rows, column: active.cursorX };
}

const anyLine = fc.oneof(
  fc.string({ unit: "binary", maxLength: 120 }),
  fc.string({
    unit: fc.constantFrom("a", " ", "日", "👩‍👩‍👧", "é", "❤️", "\t", "\x1b[2J", "\x1b[31m", "\n"),
    maxLength: 90,
  }),
);
const anySize = fc.record({ columns: fc.integer({ min: 40, max: 200 }), rows: fc.integer({ min: 9, max: 60 }) });

frames("whatever is shown and printed, the record stays whole and the last region stands below it", async () => {
  const change = fc.record({
    region: fc.array(anyLine, { maxLength: 15 }),
    record: fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(anySize, fc.array(change, { maxLength: 12 }), async (size, changes) => {
      const now = { ...size, reflows: true };
      let written = "";
      let drawn = emptyFrame;
      for (const { region, record } of changes) {
        const next = fitFrame(region, now, "…");
        written += frameChange(drawn, record.map((line) => `${line}\n`).join(""), next, now);
        drawn = next;
      }
      const { rows, column } = await shown(written, { cols: size.columns, rows: size.rows });
      const record = changes.flatMap((step) => step.record);
      assert.equal(rows.slice(0, record.length), record);
      assert.is(rows.length, record.length + drawn.lines.length + 1);
      assert.is(column, 0);
    }),
    { numRuns: 150 },
  );
});

frames("at most 12 lines and 79 columns, and the last lines stay", () => {
  const lines = Array.from({ length: 20 }, (_, index) => `${index} ${"x".repeat(200)}`);
  const { lines: fitted } = fitFrame(lines, { columns: 200, rows: 60, reflows: true }, "...");
  assert.is(fitted.length, 12);
  assert.match(fitted[0] ?? "", /^8 /);
  assert.is(fitted[0]?.length, 79);
  assert.ok(fitted[0]?.endsWith("..."));
});

frames("leave a row for the cursor in a low window", () => {
  const lines = Array.from({ length: 12 }, (_, index) => `${index}`);
  assert.equal(fitFrame(lines, { columns: 80, rows: 9, reflows: true }, "…").lines, lines.slice(-8));
});

frames("a line that some terminal draws wider than others is cut before it could wrap there", () => {
  const [line = ""] = fitFrame(["👩‍👩‍👧".repeat(20)], window, "…").lines;
  const wide = Array.from(line).filter((char) => /\p{Emoji_Presentation}/u.test(char)).length * 2;
  assert.ok(wide <= 79, `${wide} columns`);
});

frames("count the rows that an old frame takes now, where the terminal wraps old lines anew", () => {
  const frame = fitFrame(["x".repeat(79), "", "日本".repeat(10)], window, "…");
  assert.is(rowsOf(frame, window), 3);
  assert.is(rowsOf(frame, { ...window, columns: 40 }), 4);
  assert.is(rowsOf(frame, { ...window, columns: 120 }), 3);
  assert.is(rowsOf(frame, { ...window, columns: 40, reflows: false }), 3);
});

frames("are erased row by row, and never above the window", () => {
  const drawn = fitFrame(["a", "b", "c"], window, "…");
  const change = frameChange(drawn, "", emptyFrame, { ...window, rows: 3 });
  assert.is(change, "\x1b[?2026h\r\x1b[1A\x1b[2K\x1b[1A\x1b[2K\x1b[?2026l");
});

frames("do not differ by what nobody sees", () => {
  assert.ok(sameFrame(fitFrame(["a"], window, "…"), fitFrame(["a"], window, "…")));
  assert.not(sameFrame(fitFrame(["a"], window, "…"), fitFrame(["b"], window, "…")));
  assert.not(sameFrame(fitFrame(["a"], window, "…"), fitFrame(["a"], { ...window, columns: 79 }, "…")));
});

frames.run();
