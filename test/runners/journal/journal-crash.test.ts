import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readJournal, verifyJournal } from "../../../runners/journal/journal-reader.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import { bundleScript, endScripts, startScript } from "../../support/script-process.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { anyEvent, type SampleEvent } from "./sample-journal.ts";

const test = suite("journal after a crash");

const appender = await bundleScript(join(import.meta.dirname, "journal-appender.ts"));

test.after(endScripts);

for (const acknowledged of [1, 2, 30, 100]) {
  test(`after kill -9 all that was acknowledged is there, and the journal goes on (${acknowledged})`, async () => {
    const folder = join(await tempFolder(), "7k3m");
    const script = startScript(appender, [folder, "4000"]);
    for (let i = 0; i < acknowledged; i += 1) await script.nextLine();
    await script.kill();
    const rest = await script.finish();
    const last = Number(rest.filter((line) => /^\d+$/.test(line)).at(-1) ?? acknowledged);

    const file = join(folder, "journal.ndjson");
    const { lines } = await readJournal(file, { validate: anyEvent });
    assert.ok(lines.length >= last, `${last} were acknowledged, ${lines.length} are there`);
    assert.equal(
      lines.map((line) => line["x-number"]),
      lines.map((_, i) => i),
    );
    const journal = await openJournal<SampleEvent>(folder);
    assert.is((await journal.append({ type: "resumed" }, { sync: true })).seq, lines.length + 1);
    await journal.close();
    assert.equal(await verifyJournal(file), { ok: true, lines: lines.length + 1 });
  });
}

test("a write that fails ends the journal: everything after it is refused, everything before it is there", async () => {
  const folder = join(await tempFolder(), "7k3m");
  // no file may become larger than 100 kB: the write that would make it so fails, and not for want of space
  const script = startScript(appender, [folder, "200"], ["bash", "-c", 'ulimit -f 100; exec "$@"', "limited"]);
  const printed = await script.finish();
  const acknowledged = printed.filter((line) => /^\d+$/.test(line));
  assert.is(acknowledged.length + printed.filter((line) => line === "failed disk-failed EFBIG").length, 200);
  assert.is(printed.at(-1), "late disk-failed");
  assert.equal(await verifyJournal(join(folder, "journal.ndjson")), { ok: true, lines: acknowledged.length });
});

test.run();
