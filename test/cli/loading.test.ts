import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, readingRunbook, runbookText } from "../support/lockstep-command.ts";

const loading = suite("loading");

loading("takes the path of a runbook's file wherever it takes an id", async () => {
  const folder = await project({
    "runbooks/hello.runbook.ts": readingRunbook("hello"),
    "elsewhere/other.ts": readingRunbook("other"),
  });
  await lockstep("plan", "runbooks/hello.runbook.ts")
    .in(folder)
    .prints(/^The hello runbook \(hello\)\n/);
  await lockstep("plan", "./hello.runbook.ts").in(join(folder, "runbooks")).prints(/hello/);
  await lockstep("plan", join(folder, "elsewhere/other.ts"))
    .in("/")
    .prints(/^The other runbook/);
});

loading("says of an unknown id what is wrong with the file of that name, and of no other", async () => {
  const folder = await project({
    "runbooks/say-hello.runbook.ts": "export default ;\n",
    "runbooks/deep/broken.runbook.ts": "export default ;\n",
  });
  await lockstep("run", "hello")
    .in(folder)
    .says(/^error: no runbook "hello"\. .*2 did not load\n$/)
    .exits(2);
  await lockstep("run", "broken")
    .in(folder)
    .says(/^error: runbooks\/deep\/broken\.runbook\.ts cannot be read/)
    .exits(2);
});

loading("keeps the cache in the project of the file, not where one happens to be", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  const other = await project({ "package.json": "{}" });
  await lockstep("plan", join(folder, "runbooks/hello.runbook.ts")).in(other).prints(/hello/);
  assert.ok(existsSync(join(folder, ".lockstep/cache")));
  assert.is(readFileSync(join(folder, ".lockstep/.gitignore"), "utf8"), "*\n");
  assert.not(existsSync(join(other, ".lockstep")));
});

loading("imports packages of the project, and files beside the runbook", async () => {
  const folder = await project({
    "node_modules/greeter/package.json": `{ "name": "greeter", "type": "module", "exports": "./index.js" }`,
    "node_modules/greeter/index.js": `export const word = "greetings";\n`,
    "runbooks/hello.runbook.ts": `import { readFileSync } from "node:fs";\nimport { word } from "greeter";\nconst name = readFileSync(new URL("./name.txt", ${"import.meta"}.url), "utf8").trim();\n${runbookText("hello", 'step("look", "Look", sh.read`echo ${word} ${name}`)')}`,
    "runbooks/name.txt": "bo\n",
  });
  await lockstep("plan", "hello")
    .in(folder)
    .prints(/echo greetings bo/);
});

loading("starts no bundler when nothing changed", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  await lockstep("plan", "hello")
    .in(folder)
    .prints(/echo seen/);
  const before = readdirSync(join(folder, ".lockstep/cache"));
  // without its binary esbuild cannot do anything
  await lockstep("plan", "hello")
    .in(folder)
    .env({ ESBUILD_BINARY_PATH: "/nonexistent" })
    .prints(/echo seen/);
  assert.equal(readdirSync(join(folder, ".lockstep/cache")), before);
});

loading("bundles anew after a change, and keeps only the last bundle", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  await lockstep("plan", "hello")
    .in(folder)
    .prints(/echo seen/);
  writeFileSync(join(folder, "runbooks/hello.runbook.ts"), readingRunbook("hello").replace("echo seen", "echo heard"));
  await lockstep("plan", "hello")
    .in(folder)
    .prints(/echo heard/);
  assert.is(readdirSync(join(folder, ".lockstep/cache")).filter((name) => name.endsWith(".mjs")).length, 1);
});

loading("survives a cache that somebody damaged or removed in part", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  const cache = join(folder, ".lockstep/cache");
  await lockstep("plan", "hello")
    .in(folder)
    .prints(/echo seen/);
  for (const name of readdirSync(cache)) if (name.endsWith(".mjs")) rmSync(join(cache, name));
  await lockstep("plan", "hello")
    .in(folder)
    .prints(/echo seen/);
  for (const name of readdirSync(cache)) if (name.endsWith(".json")) writeFileSync(join(cache, name), "{");
  await lockstep("plan", "hello")
    .in(folder)
    .prints(/echo seen/);
});

loading("finds the project from a folder below it", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  mkdirSync(join(folder, "src/deep"), { recursive: true });
  await lockstep("plan", "hello")
    .in(join(folder, "src/deep"))
    .prints(/echo seen/);
});

loading("runs a runbook that does not load beside one that does", async () => {
  const folder = await project({
    "runbooks/hello.runbook.ts": readingRunbook("hello"),
    "runbooks/bad.runbook.ts": "export default ;\n",
  });
  await lockstep("plan", "hello")
    .in(folder)
    .prints(/echo seen/);
  await lockstep("plan", "bad")
    .in(folder)
    .says(/^error: runbooks\/bad\.runbook\.ts cannot be read/)
    .exits(2);
});

loading("is there for programs", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  const { loadRunbook, loadRunbooks } = await import("lockstep/load");
  const { runbook, root } = await loadRunbook(join(folder, "runbooks/hello.runbook.ts"));
  assert.is(runbook.id, "hello");
  assert.is(root, folder);
  assert.equal(
    (await loadRunbooks(folder)).map(({ card }) => card.id),
    ["hello"],
  );
});

loading("gives a program the plan of the command, with the TypeScript of its code steps", async () => {
  const folder = await project({
    "runbooks/codes.runbook.ts": runbookText(
      "codes",
      `step("look", "Look", code.read(async ({ log }) => {
  // as it was written
  const words: readonly string[] = ["seen"];
  for (const word of words) log(word);
}))`,
    ),
  });
  const { stdout } = await lockstep("plan", "codes", "--json")
    .in(folder)
    .prints(/as it was written/);
  const { compile } = await import("lockstep");
  const { loadRunbook, loadRunbooks } = await import("lockstep/load");
  const [other] = await loadRunbooks(folder);
  for (const loaded of [await loadRunbook(join(folder, "runbooks/codes.runbook.ts")), other]) {
    assert.ok(loaded);
    assert.equal(JSON.parse(JSON.stringify(compile(loaded.runbook, { root: folder }))), JSON.parse(stdout));
  }
});

loading.run();
