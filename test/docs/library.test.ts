import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const docs = join(import.meta.dirname, "..", "..", "docs");
const library = suite("docs/library.md");
let folder = "";

library.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-library-"));
});
library.after.each(() => rmSync(folder, { recursive: true, force: true }));

library("every example on the page is a file that is compiled, and the same", () => {
  const page = readFileSync(join(docs, "library.md"), "utf8");
  const blocks = [...page.matchAll(/```ts\n([\s\S]*?)\n```/g)].map(([, text]) => text);
  const files = readdirSync(join(docs, "examples"), { withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map(({ name }) => readFileSync(join(docs, "examples", name), "utf8").trimEnd());
  assert.equal(blocks.toSorted(), texts.toSorted());
});

library("a program renders pages", async () => {
  const { renderPages } = await import("../../docs/examples/render-pages.ts");
  const files = await renderPages(folder, "v1.2.3");
  assert.equal(files.length, 2);
  const page = readFileSync(files[0] ?? "", "utf8");
  assert.match(page, "rlhf-audit-trail:v1.2.3");
  assert.match(page, "(production-verification.md)");
});

library("a program runs a procedure without a terminal, and goes on when somebody has answered", async () => {
  const { goOn, releaseUnattended } = await import("../../docs/examples/run-unattended.ts");
  const { openRunStore, readRecord, verifyRecord, writeInbox } = await import("lockstep/run");
  const first = await releaseUnattended(folder, "v1.2.3");
  assert.equal([first.exitCode, first.state, first.step], [75, "suspended", "ready"]);

  const run = await openRunStore(folder).find(first.run);
  const tick = { say: "tick", items: [1, 2] } as const;
  await writeInbox(run, { kind: "answer", step: "ready", question: "ready#1", by: "bo", answer: tick });
  const second = await goOn(folder, first.run, "v1.2.3");
  assert.equal([second.exitCode, second.step], [75, "go"]);

  const { lines } = await readRecord(run);
  const asked = lines.findLast((line) => line.type === "asked");
  assert.ok(asked?.type === "asked" && asked.question.kind === "approval");
  const answer = { say: "approve", digest: asked.question.digest };
  await writeInbox(run, { kind: "answer", step: "go", question: asked.question.id, by: "bo", answer });
  assert.equal((await goOn(folder, first.run, "v1.2.3")).exitCode, 0);
  assert.equal(readFileSync(join(folder, "VERSION"), "utf8"), "v1.2.3\n");

  const verdict = await verifyRecord(run);
  assert.ok(verdict.ok && verdict.lines > 10);
  // whole lines that are gone from the end leave no trace in the hashes
  const kept = readFileSync(run.journalFile, "utf8").split("\n").slice(0, 4);
  writeFileSync(run.journalFile, `${kept.join("\n")}\n`);
  assert.is((await verifyRecord(run)).ok, false);
  assert.is(
    await readRecord(run).then(
      () => "read",
      ({ code }: { code?: string }) => code,
    ),
    "journal-damaged",
  );
});

library("a chat bot answers prompts", async () => {
  const { releaseFromChat } = await import("../../docs/examples/chat-bot.ts");
  const posted: string[] = [];
  const replies = ["all hold", "approve"];
  const chat = {
    ask: async (message: string) => {
      posted.push(message);
      return { user: "bo", text: replies.shift() ?? "no: too late" };
    },
    post: (message: string) => void posted.push(message),
  };
  assert.equal(await releaseFromChat(chat, folder, "v1.2.3"), 0);
  assert.ok(posted.some((message) => message.includes("2 Write the version: echo v1.2.3 > VERSION")));
  assert.equal(posted.at(-1), "The release is ok.");
});

library("a chat bot's refusal declines the run", async () => {
  const { releaseFromChat } = await import("../../docs/examples/chat-bot.ts");
  const replies = ["all hold", "no: not on a Friday"];
  const chat = { ask: async () => ({ user: "bo", text: replies.shift() ?? "" }), post: () => {} };
  assert.equal(await releaseFromChat(chat, folder, "v1.2.3"), 3);
});

library("the example configuration is one", async () => {
  const { default: config, notify } = await import("../../docs/examples/lockstep.config.ts");
  assert.equal(Object.keys(config), ["runbooks", "docs", "roles", "hooks"]);
  assert.is(notify({ channel: "releases", text: "done" }).name, "acme.notify");
});

library.run();
