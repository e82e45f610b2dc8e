import { mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import { runIdAlphabet } from "../../../runners/store/run-id.ts";
import { openRunStore } from "../../../runners/store/run-store.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const test = suite("run store");

test("a run has an id that can be read over the phone", async () => {
  const run = await openRunStore(await tempFolder()).create();
  assert.match(run.id, /^[2-9abcdefghjkmnpqrstuvwxyz]{4}$/);
  assert.not.match(runIdAlphabet, /[0o1li]/);
});

test("all folders of a run are there, for their owner only, whatever the umask is", async () => {
  const before = process.umask(0);
  try {
    const store = openRunStore(await tempFolder());
    const run = await store.create();
    const folders = [
      join(store.path, ".."),
      store.path,
      run.path,
      run.attemptsFolder,
      run.inboxFolder,
      run.holdsFolder,
    ];
    for (const folder of folders) assert.is((await stat(folder)).mode & 0o7777, 0o700, folder);
    for (const file of [run.journalFile, join(run.path, "run.json")]) {
      assert.is((await stat(file)).mode & 0o7777, 0o600, file);
    }
  } finally {
    process.umask(before);
  }
});

test("runs are kept out of git", async () => {
  const root = await tempFolder();
  const store = openRunStore(root);
  await store.create();
  await store.create();
  assert.is(await readFile(join(root, ".lockstep", ".gitignore"), "utf8"), "*\n");
});

test("looking creates nothing", async () => {
  const root = await tempFolder();
  const store = openRunStore(root);
  assert.equal(await store.list(), []);
  await rejects(() => store.find(), "there is no run here");
  await rejects(() => store.find("7k3m"), "there is no run 7k3m");
  assert.is(await stat(join(root, ".lockstep")).catch((error) => error.code), "ENOENT");
});

test("runs are listed newest first, also when the clock was set back", async () => {
  const root = await tempFolder();
  const days = [20, 10, 15];
  for (const day of days) {
    const clock = { boot: "a-boot", mono: () => 0, now: () => new Date(Date.UTC(2026, 10, day)) };
    await openRunStore(root, { clock }).create();
  }
  const created = (await openRunStore(root).list()).map((run) => run.created.slice(0, 10));
  assert.equal(created, ["2026-11-15", "2026-11-10", "2026-11-20"]);
});

test("ids become longer where the short ones are taken", async () => {
  const store = openRunStore(await tempFolder(), { createId: (length) => "a".repeat(length) });
  const ids = [await store.create(), await store.create(), await store.create()].map((run) => run.id);
  assert.equal(ids, ["aaaa", "aaaaa", "aaaaaa"]);
});

test("runs that are created at once do not share a folder", async () => {
  const store = openRunStore(await tempFolder());
  const runs = await Promise.all(Array.from({ length: 20 }, () => store.create()));
  assert.is(new Set(runs.map((run) => run.path)).size, 20);
  assert.is((await store.list()).length, 20);
});

test("a run is found by its id, by the beginning of it, and without either it is the newest", async () => {
  const store = await storeWith("7k3m", "7k9z", "2fq8");
  assert.is((await store.find("7k3m")).id, "7k3m");
  assert.is((await store.find("2")).id, "2fq8");
  assert.is((await store.find("2FQ8")).id, "2fq8");
  assert.is((await store.find()).id, "2fq8");
});

test("an id that is the beginning of another is found by itself", async () => {
  const store = await storeWith("7k3m", "7k3mn");
  assert.is((await store.find("7k3m")).id, "7k3m");
});

test("a run that is not there is an error that helps", async () => {
  const store = await storeWith("7k3m", "7k9z", "2fq8");
  await rejects(() => store.find("2gq8"), "there is no run 2gq8", "Did you mean 2fq8?");
  await rejects(() => store.find("7k"), "several runs begin with 7k", "Write more of it: 7k9z, 7k3m.");
  await rejects(() => store.find("xxxxxxxx"), "there is no run xxxxxxxx", "lockstep runs");
});

test("what is no id is no path", async () => {
  const store = await storeWith("7k3m");
  for (const id of ["..", "../runs/7k3m", "7k3m/", "/etc", ".", "", "7k3m\0", "7k3m\n", "ü"]) {
    await rejects(() => store.find(id), "is not the id of a run");
  }
});

test("a run that is a symbolic link is not followed", async () => {
  const store = await storeWith("7k3m");
  const elsewhere = await storeWith("2fq8");
  await symlink((await elsewhere.find("2fq8")).path, join(store.path, "2fq8"));
  assert.equal(
    (await store.list()).map((run) => run.id),
    ["7k3m"],
  );
  await rejects(() => store.find("2fq8"), "symbolic link");
});

test("what was never completely created is no run; what lost its journal is one", async () => {
  const store = await storeWith("7k3m", "2fq8");
  await mkdir(join(store.path, "9abc"));
  await writeFile(join(store.path, "notes"), "");
  await rm((await store.find("2fq8")).journalFile);
  assert.equal(
    (await store.list()).map((run) => run.id),
    ["2fq8", "7k3m"],
  );
});

test("a run whose birth note is damaged is still found, as the oldest", async () => {
  const store = await storeWith("7k3m", "2fq8");
  await writeFile(join(store.path, "2fq8", "run.json"), '{"v":1,');
  assert.equal(
    (await store.list()).map((run) => run.id),
    ["7k3m", "2fq8"],
  );
});

test("a run cannot be created where its folder cannot be written", async () => {
  const root = await tempFolder();
  await writeFile(join(root, ".lockstep"), "a file");
  const error = await openRunStore(root)
    .create()
    .catch((thrown) => thrown);
  assert.instance(error, LockstepError);
  assert.is(error.code, "disk-failed");
  assert.match(error.hint, "nothing of it has begun");
});

test("the journal opens in the folder of a new run", async () => {
  const run = await openRunStore(await tempFolder()).create();
  const journal = await openJournal(run.path);
  assert.is(journal.file, run.journalFile);
  await journal.close();
});

test("what is no id finds no run, whatever it is", async () => {
  const store = await storeWith("7k3m");
  const none = [
    "../7k3m",
    "..",
    ".",
    "",
    " ",
    "7k3m/",
    "7k3m\0",
    "7k3m\n",
    "/7k3m",
    "%37k3m",
    "__proto__",
    "x".repeat(5000),
  ];
  for (const id of [...none, null, 5, {}, ["7k3m"]]) await rejects(() => store.find(id as string), "run");
});

async function storeWith(...ids: string[]) {
  const waiting = [...ids];
  const store = openRunStore(await tempFolder(), { createId: () => waiting.shift() ?? "none" });
  for (const _ of ids) await store.create();
  return store;
}

async function rejects(action: () => Promise<unknown>, message: string, hint = ""): Promise<void> {
  const error = await action().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.instance(error, LockstepError);
  assert.is((error as LockstepError).code, "unknown-run");
  assert.match((error as LockstepError).message, message);
  assert.match((error as LockstepError).hint ?? "", hint);
}

test.run();
