import { appendFile, copyFile, readFile, symlink, truncate, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import { parseJournal } from "../../../runners/journal/journal-parser.ts";
import { readJournal, verifyJournal } from "../../../runners/journal/journal-reader.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { anyEvent, type SampleEvent, sampleJournal } from "./sample-journal.ts";

const test = suite("damage of a journal");

const count = 20;
const { bytes, file } = await sampleJournal(count);

test("the journal to be damaged is sound", async () => {
  assert.equal(await verifyJournal(file), { ok: true, lines: count });
});

test("a change in any line of a whole journal names that line", () => {
  for (let line = 1; line <= count; line += 1) {
    const changed = Buffer.from(bytes.toString("utf8").replace(`"step-${line}"`, `"step+${line}"`));
    const { damage, lines } = parseJournal(changed);
    assert.is(damage?.line, line);
    assert.is(lines.length, line - 1);
  }
});

test("a line that was removed, repeated or moved is refused", () => {
  const [first = "", second = "", third = "", ...rest] = bytes.toString("utf8").split(/(?<=\n)/);
  const damageOf = (...parts: string[]) => parseJournal(Buffer.from(parts.join(""))).damage;
  assert.equal(damageOf(second, third, ...rest)?.line, 1);
  assert.equal(damageOf(first, third, ...rest)?.reason, "its seq is 3, and 2 comes next");
  assert.equal(damageOf(first, first, second)?.line, 2);
  assert.equal(damageOf(first, third, second)?.line, 2);
});

test("a line of another run with the right number is refused", async () => {
  const other = parseJournal(bytes).lines[0]?.self ?? "";
  const [, second = ""] = bytes.toString("utf8").split("\n");
  const folder = join(await tempFolder(), "2fq8");
  const journal = await openJournal<SampleEvent>(folder);
  const line = await journal.append({ type: "sample" }, { sync: false });
  await journal.close();
  assert.is.not(line.self, other);
  await appendFile(journal.file, `${second}\n`);
  const verdict = await verifyJournal(journal.file);
  assert.match(verdict.ok ? "" : verdict.reason, "the hash chain is broken");
});

test("damage is an error that names the file, the line and what is wrong", async () => {
  const copy = join(await tempFolder(), "journal.ndjson");
  await writeFile(copy, bytes.toString("utf8").replace("step-17", "step-71"));
  await rejects(() => readJournal(copy, { validate: anyEvent }), "journal-damaged", `${copy}, line 17: it was changed`);
  assert.equal(await verifyJournal(copy), {
    ok: false,
    code: "journal-damaged",
    line: 17,
    reason: "it was changed: its hash does not fit",
  });
});

test("a damaged journal is not opened, and not changed", async () => {
  const sample = await sampleJournal(3);
  const damaged = sample.bytes.toString("utf8").replace("step-2", "step-9");
  await writeFile(sample.file, damaged);
  await rejects(() => openJournal(sample.folder), "journal-damaged", "line 2");
  assert.is(await readFile(sample.file, "utf8"), damaged);
});

test("a newer version is told apart from damage", async () => {
  const sample = await sampleJournal(2);
  await appendFile(sample.file, `${JSON.stringify({ v: 2, seq: 3, type: "from the future" })}\n`);
  await rejects(() => readJournal(sample.file, { validate: anyEvent }), "journal-newer", "line 3: it has version 2");
  await rejects(() => openJournal(sample.folder), "journal-newer", "line 3");
});

test("an event that is none names its line", async () => {
  const validate = (value: unknown) => {
    if ((value as SampleEvent)["x-step"] === "step-5") throw new Error("no such step");
    return anyEvent(value);
  };
  await rejects(
    () => readJournal(file, { validate }),
    "journal-damaged",
    "line 5: it holds no known event: no such step",
  );
});

test("opening cuts a torn last line, says so, and the journal goes on", async () => {
  const sample = await sampleJournal(3);
  const lastLine = sample.bytes.lastIndexOf(0x0a, sample.bytes.length - 2) + 1;
  for (let size = lastLine + 1; size < sample.bytes.length; size += 9) {
    await writeFile(sample.file, sample.bytes.subarray(0, size));
    const torn = { line: 3, bytes: size - lastLine };
    assert.equal((await readJournal(sample.file, { validate: anyEvent })).torn, torn);
    const journal = await openJournal<SampleEvent>(sample.folder);
    assert.equal(journal.torn, torn);
    assert.is((await journal.append({ type: "after" }, { sync: true })).seq, 3);
    await journal.close();
    assert.equal(await verifyJournal(sample.file), { ok: true, lines: 3 });
  }
});

test("reading leaves a torn line where it is", async () => {
  const sample = await sampleJournal(2);
  await truncate(sample.file, sample.bytes.length - 5);
  await readJournal(sample.file, { validate: anyEvent });
  assert.is((await readFile(sample.file)).length, sample.bytes.length - 5);
});

test("whole lines whose newlines are gone are damage, not a torn line, however many follow", () => {
  const [first, second, third] = bytes.toString("utf8").split("\n");
  const tail = `${first}\n${second}?${third?.slice(0, 40)}`;
  assert.is(parseJournal(Buffer.from(tail)).damage?.line, 2);
});

test("a journal that is a symbolic link is neither read nor written", async () => {
  const sample = await sampleJournal(1);
  const elsewhere = join(await tempFolder(), "elsewhere");
  await copyFile(sample.file, elsewhere);
  await unlink(sample.file);
  await symlink(elsewhere, sample.file);
  await rejects(() => readJournal(sample.file, { validate: anyEvent }), "unreadable-file", "symbolic link");
  await rejects(() => openJournal(sample.folder), "unreadable-file", "symbolic link");
});

test("a journal that is missing is not an empty one", async () => {
  const missing = join(await tempFolder(), "journal.ndjson");
  await rejects(() => readJournal(missing, { validate: anyEvent }), "journal-damaged", "is missing");
});

async function rejects(action: () => Promise<unknown>, code: string, message: string): Promise<void> {
  const error = await action().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.instance(error, LockstepError);
  assert.is((error as LockstepError).code, code);
  assert.match((error as LockstepError).message, message);
  assert.ok((error as LockstepError).hint);
}

test.run();
