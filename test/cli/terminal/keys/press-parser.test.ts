import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createHoldFilter } from "../../../../cli/terminal/keys/hold-filter.ts";
import { editLine, emptyLine } from "../../../../cli/terminal/keys/line-editor.ts";
import { createPressParser } from "../../../../cli/terminal/keys/press-parser.ts";
import { shownLine } from "../../../../cli/terminal/keys/shown-line.ts";
import { createStyle } from "../../../../cli/terminal/screen/style.ts";

const presses = suite("presses");

function namesOf(...chunks: readonly string[]): string[] {
  const parser = createPressParser();
  const all = [...chunks.flatMap((chunk) => parser.feed(chunk)), ...parser.flush()];
  return all.map((press) => (press.kind === "char" ? press.char : press.kind === "named" ? press.name : press.text));
}

presses("have names", () => {
  assert.equal(namesOf("r?1"), ["r", "?", "1"]);
  assert.equal(namesOf("\r\x03\x04\x1a \x7f"), ["enter", "ctrl-c", "ctrl-d", "ctrl-z", "space", "backspace"]);
  assert.equal(namesOf("\x1b[A\x1bOB\x1b[3~\x1b[H"), ["up", "down", "delete", "home"]);
});

presses("of one sequence may come in pieces", () => {
  assert.equal(namesOf("\x1b", "[", "A"), ["up"]);
  assert.equal(namesOf("\x1b[200~rm", " -rf\r\x1b[20", "1~x"), ["rm -rf\r", "x"]);
});

presses("an ESC that nothing follows is Esc", () => {
  assert.equal(namesOf("\x1b"), ["escape"]);
  assert.equal(namesOf("\x1b\x1b"), ["escape", "escape"]);
});

presses("that mean something else are no letters: Alt, the mouse, what a terminal answers", () => {
  assert.equal(namesOf("\x1br"), ["unknown"]);
  assert.equal(namesOf("\x1b[<0;10;20M"), ["unknown"]);
  assert.equal(namesOf("\x1b]11;rgb:0000/0000/0000\x1b\\\x1bP1$r0m\x1b\\"), []);
});

presses("Ctrl-C inside a paste is text", () => {
  assert.equal(namesOf("\x1b[200~a\x03b\x1b[201~"), ["a\x03b"]);
});

presses("do not depend on the pieces in which they come", () => {
  const keys = fc.array(fc.constantFrom("r", "日", "\r", "\x1b[A", "\x1b[5~", "\x1b[200~ab\r\x1b[201~"), {
    maxLength: 10,
  });
  fc.assert(
    fc.property(keys, (parts) => {
      const text = parts.join("");
      assert.equal(namesOf(...text), namesOf(text));
    }),
  );
});

presses("a held key is one press until it is let go", () => {
  const isFresh = createHoldFilter().isFresh;
  assert.equal(
    [0, 500, 533, 566, 599, 1300].map((at) => isFresh("r", at)),
    [true, false, false, false, false, true],
  );
});

presses("a held key whose repeats are held up for a while is still one press", () => {
  const isFresh = createHoldFilter().isFresh;
  assert.equal(
    [0, 500, 533, 1100, 1133, 1700].map((at) => isFresh("r", at)),
    [true, false, false, false, false, false],
  );
  assert.ok(isFresh("s", 1750), "another key counts at once");
});

presses("a key that is pressed again and again by hand counts at every second time at least", () => {
  const isFresh = createHoldFilter().isFresh;
  assert.equal(
    [0, 250, 500, 750].map((at) => isFresh("ctrl-c", at)),
    [true, false, true, false],
  );
});

const editor = suite("a typed line");

function typed(...names: readonly string[]): string {
  const parser = createPressParser();
  const { text, cursor } = names.flatMap((name) => parser.feed(name)).reduce(editLine, emptyLine);
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

editor("is edited in the middle", () => {
  assert.is(typed("aprove", "\x1b[H", "\x1b[C", "p"), "ap|prove");
  assert.is(typed("one two", "\x17"), "one |");
  assert.is(typed("one two", "\x1b[D", "\x1b[D", "\x15"), "|wo");
  assert.is(typed("ab", "\x1b[D", "\x1b[3~"), "a|");
});

editor("goes by what a person sees as one letter", () => {
  assert.is(typed("ae\u0301👩‍👩‍👧", "\x7f", "\x7f"), "a|");
});

editor("takes a paste as one line of text", () => {
  assert.is(typed("\x1b[200~a\r\nb\x1b[31mc\x1b[201~"), "a bc|");
});

editor("shows the part around its caret", () => {
  const style = createStyle({ color: false, unicode: true });
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.nat(), (text, place) => {
      const cursor = place % (text.length + 1);
      const shown = shownLine({ text: "x".repeat(text.length), cursor }, style, 39);
      assert.ok(shown.length <= 40, shown);
      assert.is(shown.includes("|"), cursor < text.length);
    }),
  );
});

presses.run();
editor.run();
