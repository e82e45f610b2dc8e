import { suite } from "uvu";
import * as assert from "uvu/assert";
import { emptyChain } from "../../../runners/journal/journal-line.ts";
import { type ParsedJournal, parseJournal } from "../../../runners/journal/journal-parser.ts";
import { verifyJournal } from "../../../runners/journal/journal-reader.ts";
import { createRunFixture } from "../../support/run-fixture.ts";
import { realJournal } from "./real-journal.ts";

const test = suite("every byte of the journal of a run");

const project = createRunFixture();
test.after(() => project.clean());
const { bytes, file } = await realJournal(project);
const { lines } = parseJournal(bytes);
const lineNumbers = numberBytes(bytes);
const starts = startsOf(bytes);

test("the journal is sound, and has some 200 events of many types", async () => {
  assert.equal(await verifyJournal(file), { ok: true, lines: lines.length });
  assert.ok(lines.length >= 200, `${lines.length} events`);
  const types = new Set(lines.map((line) => (line as { readonly type?: string }).type));
  assert.ok(types.size >= 14, [...types].join(" "));
  assert.is(lineNumbers.at(-1), lines.length);
});

test("every truncation leaves the whole lines before it, and a torn one is reported", () => {
  for (let size = 0; size < bytes.length; size += 1) {
    const line = lineNumbers[size] ?? 0;
    const { torn, damage, chain, end } = parseFrom(bytes.subarray(0, size), line);
    assert.is(damage, undefined);
    assert.is(chain.seq, line - 1);
    assert.equal(torn, size === end ? undefined : { line, bytes: size - end });
  }
});

for (const [name, change] of [
  ["a flipped bit", (byte) => byte ^ 1],
  ["a newline", () => 0x0a],
  ["a zero", () => 0],
] as const satisfies readonly (readonly [string, (byte: number) => number])[]) {
  test(`every single-byte change is refused, and names its line: ${name}`, () => {
    for (const [position, line] of lineNumbers.entries())
      assertChangeNamed(position, change(bytes[position] ?? 0), line);
  });
}

const structure = [...'{}",:\\ \r'].map((character) => character.charCodeAt(0));

test("every byte that JSON is built of is refused as any other of them", () => {
  for (const [position, line] of lineNumbers.entries())
    if (structure.includes(bytes[position] ?? 0)) for (const byte of structure) assertChangeNamed(position, byte, line);
});

test("every byte that is taken out or put in is refused, and names its line", () => {
  for (const [position, line] of lineNumbers.entries()) {
    const [start, stop] = [starts[line - 1] ?? 0, starts[line + 1] ?? bytes.length];
    const [before, after] = [bytes.subarray(start, position), bytes.subarray(position, stop)];
    assertNamed(Buffer.concat([before, Buffer.from("0"), after]), line, `a byte more at ${position}`);
    // without its last newline it is what a torn write leaves
    if (position === bytes.length - 1) continue;
    assertNamed(Buffer.concat([before, after.subarray(1)]), line, `without byte ${position}`);
  }
});

test("every line that is taken out, doubled, swapped with the next or blanked is refused, and names its place", () => {
  for (const [index, start] of starts.entries()) {
    const line = index + 1;
    const [next = bytes.length, afterNext = bytes.length] = starts.slice(line);
    const [before, own, following] = [bytes.subarray(0, start), bytes.subarray(start, next), bytes.subarray(next)];
    const second = bytes.subarray(next, afterNext);
    const damageOf = (...parts: readonly Uint8Array[]) => parseJournal(Buffer.concat([before, ...parts])).damage?.line;
    assert.is(damageOf(own, own, following), line + 1, `line ${line} doubled`);
    assert.is(damageOf(Buffer.alloc(own.length), following), next === bytes.length ? undefined : line, `zeros ${line}`);
    if (next === bytes.length) continue;
    assert.is(damageOf(following), line, `line ${line} taken out`);
    assert.is(damageOf(second, own, bytes.subarray(afterNext)), line, `line ${line} swapped`);
  }
});

test("a block of zeros, as a power cut leaves one, is refused, or is the torn end", () => {
  const block = 4096;
  for (let start = 0; start < bytes.length; start += block) {
    const zeroed = Buffer.from(bytes);
    zeroed.fill(0, start, Math.min(start + block, bytes.length));
    const { damage, torn } = parseJournal(zeroed);
    const line = lineNumbers[start];
    if (start + block < bytes.length) assert.is(damage?.line, line);
    else assert.equal({ damage, torn: torn?.line }, { damage: undefined, torn: line });
  }
});

test("lines that end as on Windows are refused", () => {
  const converted = Buffer.from(bytes.toString("utf8").replaceAll("\n", "\r\n"));
  assert.is(parseJournal(converted).damage?.line, 1);
});

/** The number of the line (from 1) of each byte; a newline belongs to the line that it ends. */
function numberBytes(journal: Buffer): number[] {
  let line = 1;
  return Array.from(journal, (byte) => (byte === 0x0a ? line++ : line));
}

/** Where each line starts. */
function startsOf(journal: Buffer): number[] {
  const found = [0];
  for (let at = journal.indexOf(0x0a); at !== -1 && at + 1 < journal.length; at = journal.indexOf(0x0a, at + 1))
    found.push(at + 1);
  return found;
}

/** Parses from the line on, as the whole parser would go on there: a hundred thousand times a journal takes long. */
function parseFrom(changed: Buffer, line: number): ParsedJournal {
  const start = starts[line - 1] ?? 0;
  const parsed = parseJournal(changed.subarray(start), lines[line - 2] ?? emptyChain);
  return { ...parsed, end: start + parsed.end };
}

/** Changes one byte, and changes it back. */
function assertChangeNamed(position: number, byte: number, line: number): void {
  const before = bytes[position] ?? 0;
  if (byte === before) return;
  bytes[position] = byte;
  const { damage, torn } = parseFrom(bytes, line);
  bytes[position] = before;
  if (damage?.line !== line || torn)
    assert.unreachable(`byte ${position} as ${byte}: ${JSON.stringify({ line, damage, torn })}`);
}

/** Bytes that begin at the line that was changed. */
function assertNamed(changed: Buffer, line: number, what: string): void {
  const { damage, torn } = parseJournal(changed, lines[line - 2] ?? emptyChain);
  if (damage?.line !== line || torn) assert.unreachable(`${what}: ${JSON.stringify({ line, damage, torn })}`);
}

test.run();
