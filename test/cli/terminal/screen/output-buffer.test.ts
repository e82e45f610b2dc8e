import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createOutputBuffer } from "../../../../cli/terminal/screen/output-buffer.ts";
import { outputLines } from "../../../../cli/terminal/screen/output-lines.ts";
import { createStyle } from "../../../../cli/terminal/screen/style.ts";

const output = suite("the output of a step");
const style = createStyle({ color: false, unicode: true });

function recordOf(text: string, pieces = 1): string[] {
  const buffer = createOutputBuffer();
  const size = Math.max(1, Math.ceil(text.length / pieces));
  for (let start = 0; start < text.length; start += size) buffer.add(text.slice(start, start + size));
  return outputLines(buffer.excerpt(), style, "runs/7k3m/log").map((line) =>
    typeof line === "string" ? line : line.text,
  );
}

function numbered(count: number): string {
  return Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join("");
}

output("is shown whole up to 12 lines", () => {
  assert.equal(
    recordOf(numbered(12)),
    Array.from({ length: 12 }, (_, index) => `│ line ${index + 1}`),
  );
});

output("of more lines shows the first 2 and the last 6, and where the rest is", () => {
  assert.equal(recordOf(numbered(13)), [
    "│ line 1",
    "│ line 2",
    "… 5 of 13 lines left out: runs/7k3m/log",
    ...[8, 9, 10, 11, 12, 13].map((line) => `│ line ${line}`),
  ]);
});

output("does not depend on the pieces in which it comes", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "\r", "\t", "\x1b[31m", "日"), maxLength: 200 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 50 }), (whole, pieces) => {
      assert.equal(recordOf(whole, pieces), recordOf(whole));
    }),
  );
});

output("keeps the last part of a line that overwrote itself, for hours too", () => {
  const buffer = createOutputBuffer();
  for (let percent = 0; percent < 50_000; percent += 1) buffer.add(`progress ${percent}\r`);
  assert.equal(buffer.tail(3), ["progress 49999"]);
});

output("of one endless line is cut", () => {
  const [line = "", ...more] = recordOf("x".repeat(1_000_000), 1_000);
  assert.is(more.length, 0);
  assert.ok(line.length < 1_000 && line.endsWith("..."));
});

output("begins anew when it is cleared", () => {
  const buffer = createOutputBuffer();
  buffer.add(numbered(20));
  buffer.clear();
  buffer.add("a new picture");
  assert.equal(buffer.excerpt(), { head: ["a new picture"], leftOut: 0, total: 1, end: [] });
});

output.run();
