import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { followJournal } from "../../../runners/journal/journal-follower.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import { anyEvent, type SampleEvent, sampleJournal } from "./sample-journal.ts";

const test = suite("journal follower");

const end = new AbortController();
test.after(() => end.abort());

test("ends when it is told to, also while it waits", async () => {
  const { file } = await sampleJournal(1);
  const stop = new AbortController();
  const lines = followJournal(file, { validate: anyEvent, signal: stop.signal });
  assert.is((await lines.next()).value?.seq, 1);
  const last = lines.next();
  stop.abort();
  assert.ok((await last).done);
});

test("yields what is there, and then each line that is appended, once", async () => {
  const { folder, file } = await sampleJournal(2);
  const lines = followJournal(file, { validate: anyEvent, signal: end.signal });
  assert.is((await lines.next()).value?.seq, 1);
  assert.is((await lines.next()).value?.seq, 2);
  const journal = await openJournal<SampleEvent>(folder);
  for (const seq of [3, 4, 5]) {
    const next = lines.next();
    await journal.append({ type: "sample" }, { sync: false });
    assert.is((await next).value?.seq, seq);
  }
  const last = lines.next();
  await journal.append({ type: "sample" }, { sync: false });
  assert.is((await last).value?.seq, 6);
  await journal.close();
  assert.ok((await lines.return()).done);
});

test("a half line is left until it is whole, also when it is cut and another comes", async () => {
  const { file, bytes } = await sampleJournal(2);
  const lastLine = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
  await truncate(file, lastLine + 10);
  const lines = followJournal(file, { validate: anyEvent, signal: end.signal });
  assert.is((await lines.next()).value?.seq, 1);
  const second = lines.next();
  await truncate(file, lastLine);
  await appendFile(file, bytes.subarray(lastLine, lastLine + 50));
  await appendFile(file, bytes.subarray(lastLine + 50));
  assert.is((await second).value?.["x-step"], "step-2");
  await lines.return();
});

test("damage is reported when it is reached", async () => {
  const { file } = await sampleJournal(3);
  await writeFile(file, (await readFile(file, "utf8")).replace("step-2", "step-9"));
  const lines = followJournal(file, { validate: anyEvent, signal: end.signal });
  assert.is((await lines.next()).value?.seq, 1);
  assert.match((await lines.next().catch((error) => error)).message, "line 2");
});

test.run();
