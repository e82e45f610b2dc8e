import { chmod, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type JournalLine, splitLine } from "../../../runners/journal/journal-line.ts";
import { readJournal, verifyJournal } from "../../../runners/journal/journal-reader.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { anyEvent, createTickingClock, type SampleEvent } from "./sample-journal.ts";

const test = suite("journal writer");

const anyText = fc.string({ unit: "binary" });
const anyFields = fc.dictionary(
  fc.oneof(anyText, fc.constantFrom("\n", '","self":"', "__proto__")).map((key) => `x-${key}` as const),
  fc.oneof(fc.jsonValue({ stringUnit: "binary" }), fc.constant("\ud800 alone"), fc.constant('{"v":1}\n{"v":2}')),
);

test("whatever an event holds is read back as it was", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ type: anyText, fields: anyFields }), { maxLength: 8 }), async (records) => {
      const events = records.map(({ type, fields }): SampleEvent => ({ ...fields, type }));
      const journal = await openJournal<SampleEvent>(join(await tempFolder(), "7k3m"));
      const appended = await Promise.all(events.map((event) => journal.append(event, { sync: false })));
      await journal.close();
      const { lines } = await readJournal(journal.file, { validate: anyEvent });
      assert.equal(lines, appended);
      // -0 is 0 in JSON
      assert.equal(lines.map(withoutEnvelope), JSON.parse(JSON.stringify(events)));
    }),
    { numRuns: 40 },
  );
});

test("a line is one line of JSON with its place, its times and the hash of the line before", async () => {
  const folder = join(await tempFolder(), "7k3m");
  const journal = await openJournal<SampleEvent>(folder, { clock: createTickingClock() });
  const first = await journal.append({ type: "started", "x-step": "build" }, { sync: true });
  const second = await journal.append({ type: "finished" }, { sync: true });
  await journal.close();
  const [firstText = "", secondText = "", end] = (await readFile(journal.file, "utf8")).split("\n");
  assert.equal(JSON.parse(firstText), first);
  assert.equal(JSON.parse(secondText), second);
  assert.is(end, "");
  assert.match(
    firstText,
    /^\{"v":1,"seq":1,"at":"2026-11-24T03:07:00.000Z","mono":1000,"type":"started","x-step":"build","prev":"0{64}","self":"[0-9a-f]{64}"\}$/,
  );
  assert.is(second.prev, first.self);
});

test("many appends at once keep their order, and share their writes", async () => {
  const journal = await openJournal<SampleEvent>(join(await tempFolder(), "7k3m"));
  const settled: number[] = [];
  const appends = Array.from({ length: 3000 }, async (_, i) => {
    const line = await journal.append({ type: "sample", "x-number": i }, { sync: i % 3 === 0 });
    settled.push(line.seq);
    return line.seq;
  });
  const numbers = await Promise.all(appends);
  assert.equal(
    numbers,
    numbers.map((_, i) => i + 1),
  );
  assert.is(settled.length, 3000);
  await journal.close();
  const { lines } = await readJournal(journal.file, { validate: anyEvent });
  assert.equal(
    lines.map((line) => line["x-number"]),
    numbers.map((_, i) => i),
  );
});

test("appends that come while others are written follow them", async () => {
  const journal = await openJournal<SampleEvent>(join(await tempFolder(), "7k3m"));
  const writers = ["a", "b", "c"].map(async (name) => {
    for (let i = 0; i < 20; i += 1) await journal.append({ type: name, "x-number": i }, { sync: i % 2 === 0 });
  });
  await Promise.all(writers);
  await journal.close();
  const { lines } = await readJournal(journal.file, { validate: anyEvent });
  for (const name of ["a", "b", "c"]) {
    const numbers = lines.filter((line) => line.type === name).map((line) => line["x-number"]);
    assert.equal(
      numbers,
      Array.from({ length: 20 }, (_, i) => i),
    );
  }
});

test("nobody hears of an event before those that stand before it, whatever is synced", async () => {
  const journal = await openJournal<SampleEvent>(join(await tempFolder(), "7k3m"));
  const heard: number[] = [];
  const append = (sync: boolean, i: number): Promise<unknown> =>
    journal.append({ type: "sample", "x-number": i }, { sync }).then(() => heard.push(i));
  await Promise.all([false, true, false, true, false].map(append));
  assert.equal(heard, [0, 1, 2, 3, 4]);
  await journal.close();
});

test("an event is taken down as it is when it is appended", async () => {
  const journal = await openJournal<SampleEvent>(join(await tempFolder(), "7k3m"));
  const values = ["before"];
  const appended = journal.append({ type: "sample", "x-values": values }, { sync: true });
  values[0] = "after";
  assert.equal((await appended)["x-values"], ["before"]);
  await journal.close();
});

test("a journal that is opened again goes on with the next number", async () => {
  const folder = join(await tempFolder(), "7k3m");
  for (const seq of [1, 2, 3]) {
    const journal = await openJournal<SampleEvent>(folder);
    assert.is(journal.torn, undefined);
    assert.is((await journal.append({ type: "sample" }, { sync: true })).seq, seq);
    await journal.close();
  }
  assert.equal(await verifyJournal(join(folder, "journal.ndjson")), { ok: true, lines: 3 });
});

test("an event cannot pass for what the journal adds", async () => {
  const journal = await openJournal<SampleEvent>(join(await tempFolder(), "7k3m"));
  for (const event of [{ type: "a", seq: 7 }, { type: "a", self: "" }, { type: 3 }, [], undefined]) {
    const error = await journal.append(event as unknown as SampleEvent, { sync: false }).catch((thrown) => thrown);
    assert.instance(error, TypeError);
  }
  assert.is((await journal.append({ type: "a" }, { sync: false })).seq, 1);
  await journal.close();
});

test("a closed journal takes nothing, and what was appended before is there", async () => {
  const journal = await openJournal<SampleEvent>(join(await tempFolder(), "7k3m"));
  const last = journal.append({ type: "last" }, { sync: true });
  await Promise.all([journal.close(), journal.close()]);
  assert.is((await last).seq, 1);
  assert.match((await journal.append({ type: "late" }, { sync: true }).catch((error) => error)).message, "closed");
});

test("files are for their owner only, whatever the umask is", async () => {
  const before = process.umask(0);
  try {
    const folder = join(await tempFolder(), "new", "7k3m");
    const journal = await openJournal<SampleEvent>(folder);
    await journal.close();
    assert.is(await modeOf(folder), 0o700);
    assert.is(await modeOf(join(folder, "..")), 0o700);
    assert.is(await modeOf(journal.file), 0o600);
    assert.is(await modeOf(join(folder, "reserve")), 0o600);
    await chmod(journal.file, 0o644);
    await (await openJournal<SampleEvent>(folder)).close();
    assert.is(await modeOf(journal.file), 0o600);
  } finally {
    process.umask(before);
  }
});

test("the reserve is 64 kB of real bytes", async () => {
  const folder = join(await tempFolder(), "7k3m");
  await (await openJournal<SampleEvent>(folder)).close();
  const { size, blocks } = await stat(join(folder, "reserve"));
  assert.is(size, 65536);
  assert.ok(blocks * 512 >= size);
});

function withoutEnvelope(line: JournalLine<SampleEvent>): object {
  return splitLine(line).event;
}

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

test.run();
