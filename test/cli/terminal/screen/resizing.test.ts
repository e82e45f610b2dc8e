import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Happening,
  narrowest,
  type Played,
  playScreen,
  type Shown,
  type Size,
  show,
} from "../../../support/dragged-window.ts";
import { bundleScript } from "../../../support/script-process.ts";
import { pause, terminal } from "../../../support/terminal.ts";

const resizing = suite("a screen in a window that changes");
const terminals = [
  { name: "a terminal that wraps old lines anew", reflows: true },
  { name: "a terminal that does not", reflows: false },
];
/** A region as high and as wide as there is. */
const fullRegion = [79, 79, 79, 79, 79, 79, 79, 79, 79, 79, 0, 42];
/** Sizes of a window that was dragged about, and the pauses between them. */
const dragged = "57x56 46x17 199x26 199x12 77x60 129x42 43x57 73x52 50x35".split(" ").map(sizeOf);
const pauses = [310, 20, 120, 305, 60, 20, 310, 200, 310];

function sizeOf(text: string): Size {
  const [columns = 80, rows = 24] = text.split("x").map(Number);
  return { columns, rows };
}

/** A window that goes from one size to another in steps of so many columns and rows. */
function drag(from: Size, to: Size, step: number): Size[] {
  const towards = (one: number, other: number): number => one + Math.max(-step, Math.min(step, other - one));
  if (from.columns === to.columns && from.rows === to.rows) return [];
  const next = { columns: towards(from.columns, to.columns), rows: towards(from.rows, to.rows) };
  return [next, ...drag(next, to, step)];
}

/** The lines of its last region that fit; empty ones at the end are left out. */
function fitting({ region, end }: Played): readonly string[] {
  return region.slice(0, region.findLastIndex((line) => line !== "") + 1).slice(-Math.min(12, end.rows - 1));
}

/** What must hold however a window was treated: the record is whole, and below it stands one region. */
function assertLaw(played: Played, { lines, above, column }: Shown): void {
  assert.equal(
    lines.filter((line) => line.includes("record")),
    played.record,
  );
  const width = Math.min(79, played.end.columns - 1);
  const expected = fitting(played).map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
  const shorten = (rows: readonly string[]): string[] => rows.map((row) => row.slice(0, narrowest - 1));
  assert.equal(shorten(above.slice(above.length - expected.length)), shorten(expected));
  assert.is(column, 0);
}

/** What is left of regions that went. */
function leftovers(played: Played, { lines }: Shown): number {
  const isLive = (line: string): boolean => /[=…]|live/.test(line);
  return lines.filter(isLive).length - fitting(played).filter(isLive).length;
}

for (const { name, reflows } of terminals) {
  resizing(`loses no line and ends in one region, whatever happens when, in ${name}`, async () => {
    const size = fc.record({
      columns: fc.integer({ min: narrowest, max: 200 }),
      rows: fc.integer({ min: 9, max: 60 }),
    });
    const happening: fc.Arbitrary<Happening> = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          resize: size,
          heardAfter: fc.constantFrom(0, 20, 120, 400, 900),
          onTheWay: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
        }),
      },
      { weight: 4, arbitrary: fc.record({ wait: fc.constantFrom(5, 20, 120, 250, 305, 600, 1_200) }) },
      { weight: 2, arbitrary: fc.record({ print: fc.integer({ min: 1, max: 10 }) }) },
      { weight: 1, arbitrary: fc.record({ command: fc.integer({ min: 20, max: reflows ? 300 : narrowest - 1 }) }) },
      {
        weight: 2,
        arbitrary: fc.record({ region: fc.array(fc.constantFrom(0, 10, 39, 40, 41, 60, 79), { maxLength: 13 }) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(size, fc.array(happening, { minLength: 2, maxLength: 25 }), async (start, happenings) => {
        const played = playScreen(start, [{ region: fullRegion }, { print: 30 }, { wait: 1_000 }, ...happenings]);
        assertLaw(played, await show(played, { reflows }));
      }),
      { numRuns: 150, seed: 20_261_129 },
    );
  });

  resizing(`loses no line in a window that is dragged about faster than lockstep hears of it, in ${name}`, async () => {
    for (const heardAfter of [0, 20, 60, 120, 200, 400]) {
      const happenings = dragged.flatMap((resize, index): Happening[] => [
        { resize, heardAfter },
        { print: 1 },
        { wait: pauses[index] ?? 0 },
      ]);
      const played = playScreen(sizeOf("80x24"), [
        { region: fullRegion },
        { print: 30 },
        { wait: 1_000 },
        ...happenings,
      ]);
      assertLaw(played, await show(played, { reflows }));
    }
  });

  for (const [from, to, step] of [
    ["120x40", "50x30", 1],
    ["120x40", "50x30", 10],
    ["50x30", "120x40", 3],
    ["120x40", "120x9", 1],
    ["200x60", "79x13", 200],
  ] as const) {
    resizing(`leaves nothing of its region when it goes from ${from} to ${to} by ${step}, in ${name}`, async () => {
      const sizes = drag(sizeOf(from), sizeOf(to), step);
      const moves = sizes.flatMap((resize): Happening[] => [{ resize, heardAfter: 10 }, { wait: 40 }]);
      const played = playScreen(sizeOf(from), [{ region: fullRegion }, { print: 40 }, { wait: 1_000 }, ...moves]);
      const shown = await show(played, { reflows });
      assertLaw(played, shown);
      assert.is(leftovers(played, shown), 0);
    });
  }
}

resizing("leaves at most the rows that wrap when a window narrows at once, and an empty row below them", async () => {
  const played = playScreen(sizeOf("80x24"), [
    { region: fullRegion },
    { print: 40 },
    { wait: 1_000 },
    { resize: sizeOf("40x24") },
    { print: 1 },
  ]);
  const shown = await show(played, { reflows: true });
  assertLaw(played, shown);
  // 11 of the 12 lines are wider than the window, so 11 rows of 23 stay, which are five lines and a half
  assert.ok(leftovers(played, shown) <= 6);
  assert.equal(shown.lines.slice(shown.lines.indexOf("record 40") - 1).slice(0, 2), ["", "record 40"]);
});

resizing("draws nothing until the window is still", () => {
  const sizes = drag(sizeOf("120x40"), sizeOf("100x40"), 1);
  const moves = sizes.flatMap((resize): Happening[] => [{ resize }, { print: 1 }, { wait: 290 }]);
  const { arrivals } = playScreen(sizeOf("120x40"), [{ region: fullRegion }, { wait: 1_000 }, ...moves]);
  const last = arrivals.findLastIndex((arrival) => "size" in arrival);
  const during = arrivals.slice(
    arrivals.findIndex((arrival) => "size" in arrival),
    last,
  );
  assert.not.match(during.map((arrival) => ("text" in arrival ? arrival.text : "")).join(""), /live|record/);
});

resizing("a person who drags the window of a real process about loses no line, and has the region again", async () => {
  const program = await bundleScript("test/support/terminal-program.ts");
  const window = terminal().run([process.execPath, program, "redraw"]);
  try {
    await window.waitForRecord(/^record 012 /m);
    for (const [index, size] of dragged.entries()) {
      window.resize(size);
      await pause(pauses[index] ?? 0);
    }
    await window.waitFor(/^6m 19s left.*\n(?:row \d.*\n){9}\nr run.*$/m);
    await window.type("q");
    assert.is(await window.ended(), 0);
    const [, count = "0"] = /^lines (\d+)$/m.exec(window.text()) ?? [];
    assert.equal(
      [...window.text().matchAll(/^record (\d+)/gm)].map(([, number]) => Number(number)),
      Array.from({ length: Number(count) }, (_, index) => index + 1),
    );
  } finally {
    window.close();
  }
});

resizing.run();
