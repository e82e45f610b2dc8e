import * as fc from "fast-check";
import fastStringWidth from "fast-string-width";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ownLine } from "../../../../cli/terminal/screen/own-line.ts";
import { createStyle } from "../../../../cli/terminal/screen/style.ts";
import { wrapLine } from "../../../../cli/terminal/screen/wrap-line.ts";

const lines = suite("lines of lockstep");

lines("continue below their value", () => {
  assert.equal(
    wrapLine("     guard   3.2 to 4.2: undoes Phase 3 when a step fails, or at: Error rate > 1%, CPU usage > 80%", 80),
    [
      "     guard   3.2 to 4.2: undoes Phase 3 when a step fails, or at: Error rate >",
      "             1%, CPU usage > 80%",
    ],
  );
});

lines("continue two blanks below a label of a narrow window", () => {
  assert.equal(wrapLine("  on: prod-eu, namespace rlhf-production", 40), [
    "  on: prod-eu, namespace",
    "    rlhf-production",
  ]);
});

lines("break a path that is wider than the window behind one of its names", () => {
  assert.equal(wrapLine("  log: .lockstep/runs/7k3m/attempts/green-rollout.1/log (1 line)", 40), [
    "  log: .lockstep/runs/7k3m/attempts/",
    "    green-rollout.1/log (1 line)",
  ]);
  const word = "x".repeat(50);
  assert.is(
    wrapLine(`  log: a/${word}/b`, 40)
      .map((row) => row.trim())
      .join(""),
    `log: a/${word}/b`,
  );
});

lines("repeat a gutter", () => {
  assert.equal(wrapLine("┃ CAUTION  From here on users are served by green.", 40), [
    "┃ CAUTION  From here on users are",
    "┃ served by green.",
  ]);
});

lines("keep the indentation that they are told", () => {
  assert.equal(wrapLine({ text: `To undo ${"what ran ".repeat(9)}`, hang: 4 }, 80).length, 2);
  assert.match(wrapLine({ text: `To undo ${"what ran ".repeat(9)}`, hang: 4 }, 80)[1] ?? "", /^ {4}\S/);
});

lines("break no time, no exit code, and no effect from its dot", () => {
  assert.equal(wrapLine("  expect: a deployment that is there within 10m 00s", 48), [
    "  expect: a deployment that is there within",
    "    10m 00s",
  ]);
  assert.equal(wrapLine({ text: "it failed once more, with exit code 17", hang: 2 }, 38), [
    "it failed once more, with",
    "  exit code 17",
  ]);
  assert.equal(wrapLine({ text: "Undo 1.5  Delete the green application · DESTRUCTIVE", hang: 10 }, 42), [
    "Undo 1.5  Delete the green application",
    "          · DESTRUCTIVE",
  ]);
});

lines("end at 79 columns however wide the window, and never at its edge", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.integer({ min: 40, max: 200 }), (text, columns) => {
      for (const row of wrapLine(text, columns)) assert.ok(fastStringWidth(row) <= Math.min(79, columns - 1), row);
    }),
  );
});

lines("lose no word", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { maxLength: 40 }), (words) => {
      assert.is(wrapLine(words.join(" "), 60).join(" ").split(/ +/).join(" ").trim(), words.join(" "));
    }),
  );
});

lines("keep their colour over the break", () => {
  const { caution } = createStyle({ color: true, unicode: true });
  const [first = "", second = ""] = wrapLine(caution(`a ${"long caution ".repeat(8)}`), 80);
  assert.match(first, /^\x1b\[33ma long.*\x1b\[39m$/);
  assert.match(second, /^\x1b\[33m.*\x1b\[39m$/);
});

lines("can do nothing to a terminal but colour themselves", () => {
  assert.is(ownLine("a\x1b[2Jb\x1b]2;title\x07c\x1b[8md\re\u202ef\x9b5A\x1b(0g"), "abcd ef5Ag");
  assert.is(ownLine("\x1b[31mred"), "\x1b[31mred\x1b[0m");
  assert.is(ownLine("\x1b[31mred\x1b[39m and \x1b[1mbold\x1b[22m"), "\x1b[31mred\x1b[39m and \x1b[1mbold\x1b[22m");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.not.match(ownLine(`\x1b[${text}`), /\x1b(?!\[\d*m)|[\x00-\x1a\x1c-\x1f\x7f-\x9f]/);
    }),
  );
});

lines.run();
