import { execFileSync } from "node:child_process";
import { mkdir, readdir, rename, stat, symlink, writeFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readInbox, removeInbox, writeInbox } from "../../../runners/store/inbox.ts";
import type { InboxMessage } from "../../../runners/store/inbox-message.ts";
import { watchInbox } from "../../../runners/store/inbox-watcher.ts";
import type { RunFolder } from "../../../runners/store/run-folder.ts";
import { openRunStore } from "../../../runners/store/run-store.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const test = suite("inbox of a run");

const stops: (() => void)[] = [];
test.after(() => {
  for (const stop of stops) stop();
});

const clock = { boot: "", mono: () => 0, now: () => new Date(Date.UTC(2026, 10, 24, 3, 12, 40)) };

test("a message says who sent what from where and when", async () => {
  const run = await newRun();
  const sent = await writeInbox(run, { kind: "approve", step: "go", by: "bo", items: [1, 2] }, { clock });
  const [message] = await readInbox(run);
  assert.equal(message, { ...sent, owner: userInfo().username });
  assert.equal(message, {
    v: 1,
    kind: "approve",
    step: "go",
    by: "bo",
    items: [1, 2],
    host: hostname(),
    at: "2026-11-24T03:12:40.000Z",
    file: sent.file,
    owner: userInfo().username,
  });
});

test("messages come in the order in which they were sent, and stay until they are removed", async () => {
  const run = await newRun();
  for (let i = 0; i < 12; i += 1) await writeInbox(run, { kind: "note", step: `s-${i}`, by: "bo" }, { clock });
  const messages = await readInbox(run);
  assert.equal(
    messages.map((message) => message.step),
    Array.from({ length: 12 }, (_, i) => `s-${i}`),
  );
  const [first] = messages;
  assert.ok(first);
  await removeInbox(first);
  await removeInbox(first);
  assert.equal(
    (await readInbox(run)).map((message) => message.step),
    messages.slice(1).map((message) => message.step),
  );
});

test("a message is for its owner only, and nothing else is left in the inbox", async () => {
  const before = process.umask(0);
  try {
    const run = await newRun();
    const { file } = await writeInbox(run, { kind: "approve", step: "go", by: "bo" });
    assert.is((await stat(file)).mode & 0o777, 0o600);
    assert.equal(
      (await readdir(run.inboxFolder)).map((name) => join(run.inboxFolder, name)),
      [file],
    );
  } finally {
    process.umask(before);
  }
});

test("a message that cannot be read is not lost without a word, and keeps no other back", async () => {
  const run = await newRun();
  const contents = [
    "{",
    "[]",
    "null",
    '{"v":2,"kind":"approve"}',
    '{"v":1,"kind":"approve","step":"go"}',
    "x".repeat(2e6),
  ];
  for (const [i, content] of contents.entries()) {
    await writeFile(join(run.inboxFolder, `00000000000000${i}-a.json`), content);
  }
  await symlink("/etc/hostname", join(run.inboxFolder, "000000000000008-a.json"));
  await writeInbox(run, { kind: "approve", step: "go", by: "bo" });
  const messages = await readInbox(run);
  assert.equal(
    messages.map(({ kind, reason }) => [kind, reason]),
    [
      ["unreadable", "it is not JSON"],
      ["unreadable", "its version is undefined, and this lockstep knows 1"],
      ["unreadable", "it is not JSON"],
      ["unreadable", "its version is 2, and this lockstep knows 1"],
      ["unreadable", "it has no by"],
      ["unreadable", "it is too large"],
      ["unreadable", "it is a symbolic link"],
      ["approve", undefined],
    ],
  );
});

test("what is no file is refused, holds up nobody, and can be removed", async () => {
  const run = await newRun();
  execFileSync("mkfifo", [join(run.inboxFolder, "000000000000001-a.json")]);
  await mkdir(join(run.inboxFolder, "000000000000002-a.json"));
  await writeFile(join(run.inboxFolder, "000000000000002-a.json", "inside"), "");
  await writeInbox(run, { kind: "approve", step: "go", by: "bo" });
  const messages = await readInbox(run);
  assert.equal(
    messages.map(({ kind, reason }) => [kind, reason]),
    [
      ["unreadable", "it is no file"],
      ["unreadable", "it is no file"],
      ["approve", undefined],
    ],
  );
  for (const message of messages) await removeInbox(message);
  assert.equal(await readdir(run.inboxFolder), []);
});

test("what is half sent is not seen", async () => {
  const run = await newRun();
  const { file } = await writeInbox(run, { kind: "approve", step: "go", by: "bo" });
  await rename(file, join(run.inboxFolder, "draft-1-a.json"));
  assert.equal(await readInbox(run), []);
});

test("who watches gets each message once, those that wait first, until they stop", async () => {
  const run = await newRun();
  await writeInbox(run, { kind: "approve", step: "first", by: "bo" });
  const received = createReceiver();
  const stop = watchInbox(run, received.take);
  stops.push(stop);
  await received.until(1);
  const sent = ["second", "third", "fourth"];
  for (const step of sent) await writeInbox(run, { kind: "approve", step, by: "bo" });
  await received.until(4);
  const [first] = await readInbox(run);
  assert.ok(first);
  await removeInbox(first);
  await writeInbox(run, { kind: "approve", step: "fifth", by: "bo" });
  await received.until(5);
  stop();
  assert.equal(
    received.messages.map((message) => message.step),
    ["first", ...sent, "fifth"],
  );
});

async function newRun(): Promise<RunFolder> {
  return openRunStore(await tempFolder()).create();
}

function createReceiver() {
  const messages: InboxMessage[] = [];
  let wake = () => {};
  return {
    messages,
    take(message: InboxMessage) {
      messages.push(message);
      wake();
    },
    async until(count: number) {
      while (messages.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

test.run();
