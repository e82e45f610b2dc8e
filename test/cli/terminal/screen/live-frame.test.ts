import xterm from "@xterm/headless";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { emptyFrame, fitFrame, frameChange, sameFrame } from "../../../../cli/terminal/screen/live-frame.ts";
import { emulatorRows } from "../../../support/emulator-rows.ts";

const frames = suite("live frames");
const window = { columns: 80, rows: 24 };

/** What a terminal has after `text`: its rows from the top of the history, and where the cursor stands. */
async function shown(text: string, size: { cols: number; rows: number }): Promise<{ rows: string[]; column: number }> {
  const emulator = new xterm.Terminal({ ...size, scrollback: 10_000, allowProposedApi: true, convertEol: true });
  await new Promise<void>((resolve) => emulator.write(text, resolve));
  const { baseY, cursorX, cursorY } = emulator.buffer.active;
  return { rows: emulatorRows(emulator).slice(0, baseY + cursorY + 1), column: cursorX };
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
      let written = "";
      let drawn = emptyFrame;
      for (const { region, record } of changes) {
        const next = fitFrame(region, size, "…");
        written += frameChange(drawn, record.map((line) => `${line}\n`).join(""), next);
        drawn = next;
      }
      const { rows, column } = await shown(written, { cols: size.columns, rows: size.rows });
      const record = changes.flatMap((step) => step.record);
      assert.equal(rows.slice(0, record.length), record);
      assert.is(rows.length, record.length + drawn.length + 1);
      assert.is(column, 0);
    }),
    { numRuns: 150 },
  );
});

frames("at most 12 lines and 79 columns, and the last lines stay", () => {
  const lines = Array.from({ length: 20 }, (_, index) => `${index} ${"x".repeat(200)}`);
  const fitted = fitFrame(lines, { columns: 200, rows: 60 }, "...");
  assert.is(fitted.length, 12);
  assert.match(fitted[0] ?? "", /^8 /);
  assert.is(fitted[0]?.length, 79);
  assert.ok(fitted[0]?.endsWith("..."));
});

frames("leave a row for the cursor in a low window", () => {
  const lines = Array.from({ length: 12 }, (_, index) => `${index}`);
  assert.equal(fitFrame(lines, { columns: 80, rows: 9 }, "…"), lines.slice(-8));
});

frames("a line that some terminal draws wider than others is cut before it could wrap there", () => {
  const [line = ""] = fitFrame(["👩‍👩‍👧".repeat(20)], window, "…");
  const wide = Array.from(line).filter((char) => /\p{Emoji_Presentation}/u.test(char)).length * 2;
  assert.ok(wide <= 79, `${wide} columns`);
});

frames("are erased from the row that their first line takes at the least, however wide they are", () => {
  const drawn = fitFrame(["a", "", "日本".repeat(30)], window, "…");
  assert.is(frameChange(drawn, "", emptyFrame), "\x1b[?2026h\r\x1b[3A\x1b[L\x1b[C\x1b[J\r\x1b[?2026l");
});

frames("have no empty line at their end", () => {
  assert.equal(fitFrame(["", "a", "", "\x1b[2m \x1b[22m", ""], window, "…"), ["", "a"]);
  assert.equal(fitFrame(["", " "], window, "…"), []);
});

frames("do not differ by what nobody sees", () => {
  assert.ok(sameFrame(fitFrame(["a"], window, "…"), fitFrame(["a"], window, "…")));
  assert.not(sameFrame(fitFrame(["a"], window, "…"), fitFrame(["b"], window, "…")));
  assert.not(sameFrame(fitFrame(["a"], window, "…"), fitFrame(["", "a"], window, "…")));
});

frames.run();
