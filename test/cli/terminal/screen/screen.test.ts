import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bundleScript } from "../../../support/script-process.ts";
import { tempFolder } from "../../../support/temp-folder.ts";
import { pause, type TerminalOptions, type TestTerminal, terminal } from "../../../support/terminal.ts";

const screen = suite("the screen");
// each window is closed by a listener of its own
process.setMaxListeners(100);
const program = await bundleScript("test/support/terminal-program.ts");
const menu = /^r run [·] s skip [·] q quit [·] \? more$/m;
const opened: TestTerminal[] = [];

screen.after(() => {
  for (const window of opened) window.close();
});

function start(words: string, options: TerminalOptions = {}): TestTerminal {
  const window = terminal(options).run(`exec '${process.execPath}' '${program}' ${words}`);
  opened.push(window);
  return window;
}

/** The numbered lines of the program `redraw`, and whether each stands there once. */
function assertRecord(window: TestTerminal): void {
  const text = window.text();
  const [, count = ""] = /^lines (\d+)$/m.exec(text) ?? [];
  const numbers = [...text.matchAll(/^record (\d+)/gm)].map(([, number]) => Number(number));
  assert.equal(
    numbers,
    Array.from({ length: Number(count) }, (_, index) => index + 1),
  );
}

screen("keeps every line of the record and leaves nothing of the live region", async () => {
  const window = start("redraw");
  await window.waitForRecord(/^record 012 /m);
  assert.match(window.screen(), /^6m 19s left.*\n(row \d.*\n){9}\nr run/m);
  await window.type("q");
  assert.is(await window.ended(), 0);
  assertRecord(window);
  assert.not.match(window.scrollback(), /row \d|left of|r run/);
});

screen("leaves the cursor visible, below the region, at the first column", async () => {
  const window = start("redraw");
  await window.waitForRecord(/^record 003 /m);
  await window.waitFor(menu);
  const { column, visible } = window.cursor();
  assert.equal({ column, visible }, { column: 0, visible: true });
  // in the top left corner `CSI J` makes tmux copy the screen into its history
  const written = window.written().replaceAll("\x1b[C\x1b[J", "");
  assert.not.match(written, /\x1b\[\?(?:25|1049|1000|47)[hl]|\x1b\[[0-3]?J/);
  window.close();
});

screen("draws whole frames, at most 4 a second", async () => {
  const window = start("redraw");
  await window.waitFor(menu);
  const before = window.written().split("\x1b[?2026h").length;
  const began = performance.now();
  await pause(2_000);
  const frames = window.written().split("\x1b[?2026h").length - before;
  const most = ((performance.now() - began) / 1_000) * 4 + 2;
  assert.ok(frames <= most, `${frames} frames where ${most} are allowed`);
  await window.type("q");
  await window.ended();
  assert.is(window.written().split("\x1b[?2026h").length, window.written().split("\x1b[?2026l").length);
});

for (const sizes of ["100x30 60x24 120x40 80x24", "79x24 77x24 74x24 70x24 66x24 64x24", "200x60 40x24 80x24"]) {
  screen(`loses no line when the window becomes ${sizes.replaceAll(" ", ", ")} while it redraws`, async () => {
    const window = start("redraw");
    await window.waitForRecord(/^record 012 /m);
    for (const size of sizes.split(" ")) {
      const [columns = 80, rows = 24] = size.split("x").map(Number);
      window.resize({ columns, rows });
      await pause(sizes.startsWith("79") ? 60 : 700);
    }
    await pause(500);
    await window.type("q");
    assert.is(await window.ended(), 0);
    assertRecord(window);
  });
}

for (const [columns, rows] of [
  [40, 24],
  [80, 9],
  [200, 50],
] as const) {
  screen(`fits a window of ${columns} by ${rows}`, async () => {
    const window = start("redraw", { columns, rows });
    await window.waitForRecord(/^record 006 /m);
    await window.waitFor(/^r run · s skip · q quit/m);
    const shown = window.screen().split("\n");
    assert.ok(shown.every((row) => row.length <= Math.max(columns - 1, 59)));
    await window.type("q");
    await window.ended();
    assertRecord(window);
    assert.not.match(window.scrollback(), /^row \d|left of|r run/m);
  });
}

screen("lets no control sequence of an output, a title or a command through", async () => {
  const window = start("hostile");
  await window.waitFor(/^live region$/m);
  assert.is(window.title, "asks 3.1 · prod");
  await window.ended();
  const lines = window.scrollback().split("\n");
  assert.is(lines[0], "Before");
  assert.equal(lines.slice(1, 6), ["│ abcdefgnp.exe", "│ progress 100%", "│     Tab", "│ ✓ 3.2 ok", "│ split red"]);
  assert.equal(lines.slice(-3), ["│ no end", "title hidden end", "echo <U+001B>[1A<U+001B>[2K'rm -rf'"]);
  const known =
    /\x1b\[\?(?:2026|2004)[hl]|\x1b\[(?:\d+A|L|C|J|22;2t|23;2t)|\x1b\[(?:0|2|22|36|39)m|\x1b\]2;asks 3\.1 · prod\x07/g;
  assert.not.match(window.written().replace(known, ""), /[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]/);
});

screen("restores the title", async () => {
  const window = start("hostile");
  await window.ended();
  assert.is(window.written().match(/\x1b\[22;2t/g)?.length, 1);
  assert.ok(window.written().endsWith("\x1b[23;2t"));
});

screen("stays in time and in memory while 50,000 lines a second come, and a question can be answered", async () => {
  const window = start("flood");
  await window.waitFor(/│ line \d{5,} of the flood\n/);
  await window.type("q");
  assert.is(await window.ended(), 0);
  assert.match(
    window.text(),
    /^│ line 1 of the flood\n│ line 2 of the flood\n… \d+ of \d+ lines left out: runs\/7k3m\/log$/m,
  );
  const number = (word: string): number => Number(new RegExp(`^${word} (\\d+)`, "m").exec(window.text())?.[1]);
  assert.ok(number("grown") < 150, `grew by ${number("grown")} MB`);
  assert.ok(window.written().length < 100_000);
});

screen("shows a view that throws as one line, and goes on", async () => {
  const window = start("view");
  await window.waitFor(/^This view failed \(no such sample\)\. The run goes on\.$/m);
  assert.is(await window.ended(), 0);
  assert.is(window.scrollback(), "the run went on");
});

screen("says what went wrong when lockstep itself fails, and leaves the record", async () => {
  const window = start("crash");
  assert.is(await window.ended(), 1);
  assert.match(window.scrollback(), /^about to fail\n/);
  assert.match(window.scrollback(), /Error: a fault of lockstep/);
  assert.not.match(window.scrollback(), /^a region$/m);
});

screen("goes on when the terminal goes away, and its questions end", async () => {
  const file = join(await tempFolder(), "answers");
  const window = start(`gone ${file}`);
  await window.waitFor(menu);
  window.hangUp();
  const until = performance.now() + 20_000;
  while (!existsSync(file) && performance.now() < until) await pause(50);
  assert.is(readFileSync(file, "utf8"), '[{"left":"gone"},{"left":"gone"}]');
});

screen("NO_COLOR, --ascii, LANG=C and TERM=linux leave out what they say", async () => {
  const colourless = start("hostile", { env: { NO_COLOR: "1" } });
  await colourless.ended();
  assert.not.match(colourless.written(), /\x1b\[\d*m/);
  for (const [flags, env] of [
    ["--ascii", {}],
    ["", { LC_ALL: "C" }],
    ["", { LC_ALL: undefined, LC_CTYPE: undefined, LANG: undefined }],
    ["", { TERM: "linux" }],
  ] as const) {
    const window = start(`hostile ${flags}`, { env });
    await window.ended();
    assert.match(window.scrollback(), /^\| abcdefgnp\.exe$/m, JSON.stringify(env));
    assert.not.match(window.scrollback(), /│/);
  }
});

screen("in plain mode nothing is redrawn and no control sequence is written", async () => {
  for (const [flags, env] of [
    ["--plain", {}],
    ["", { TERM: "dumb" }],
  ] as const) {
    const window = start(`hostile ${flags}`, { env });
    await window.ended();
    assert.not.match(window.written(), /\x1b/);
    assert.match(window.text(), /^Output: ✓ 3\.2 ok$/m);
    assert.match(window.text(), /^Command: echo <U\+001B>\[1A<U\+001B>\[2K'rm -rf'$/m);
  }
});

screen.run();
