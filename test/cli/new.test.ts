import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, readingRunbook } from "../support/lockstep-command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scaffold = suite("lockstep new");

scaffold("makes an empty folder a project, and says what it wrote", async () => {
  const folder = await project({});
  await lockstep("new", "restart-web")
    .in(folder)
    .says("Created runbooks/restart-web.runbook.ts\nCreated package.json\nCreated tsconfig.json\n")
    .prints(/^Next\n {2}lockstep show restart-web +the page\n/);
  await lockstep("list")
    .in(folder)
    .prints(/^restart-web {2}Writes a greeting/);
  await lockstep("plan", "restart-web", "-p", "name=you")
    .in(folder)
    .prints(/echo "Hello, you" > greeting\.txt/);
});

scaffold("writes a runbook whose types are right", async () => {
  const folder = await project({});
  await lockstep("new", "hello")
    .in(folder)
    .says(/Created/)
    .prints(/Next/);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/lockstep"));
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."], {
    cwd: folder,
    encoding: "utf8",
  });
});

scaffold("leaves a project's own files as they are", async () => {
  const folder = await project({ "package.json": `{ "name": "mine" }`, "tsconfig.json": "{}" });
  await lockstep("new", "hello").in(folder).says("Created runbooks/hello.runbook.ts\n").prints(/Next/);
  assert.is(readFileSync(join(folder, "package.json"), "utf8"), `{ "name": "mine" }`);
  assert.is(readFileSync(join(folder, "tsconfig.json"), "utf8"), "{}");
});

scaffold("writes a tsconfig.json also where there is a package.json, so that an editor knows the types", async () => {
  const folder = await project({ "package.json": `{ "name": "mine" }` });
  await lockstep("new", "hello")
    .in(folder)
    .says("Created runbooks/hello.runbook.ts\nCreated tsconfig.json\n")
    .prints(/Next/);
});

for (const [globs, file] of [
  ['["ops/**"]', "ops/hello.runbook.ts"],
  ['["ops"]', "ops/hello.runbook.ts"],
  ['["**/*.runbook.ts"]', "runbooks/hello.runbook.ts"],
  ['["procedures/*/runbook.ts"]', "procedures/hello/runbook.ts"],
  ['["!runbooks/**", "a/{b,c}/*.book.ts"]', "a/b/hello.book.ts"],
] as const)
  scaffold(`writes where runbooks: ${globs} finds it`, async () => {
    const folder = await project({
      "lockstep.config.ts": `import { defineConfig } from "lockstep";\nexport default defineConfig({ runbooks: ${globs} });\n`,
      "tsconfig.json": "{}",
      "package.json": "{}",
    });
    await lockstep("new", "hello").in(folder).says(`Created ${file}\n`).prints(/Next/);
    await lockstep("plan", "hello")
      .in(folder)
      .prints(/greeting/);
    assert.is(existsSync(join(folder, "runbooks")), file.startsWith("runbooks/"));
  });

scaffold("writes nothing where it would not be found, and names the setting", async () => {
  const folder = await project({
    "lockstep.config.ts": `import { defineConfig } from "lockstep";\nexport default defineConfig({ runbooks: ["ops/deploy.ts", "lib/[ab].ts"] });\n`,
  });
  await lockstep("new", "hello")
    .in(folder)
    .says(
      /^error: the runbooks of lockstep\.config\.ts \(ops\/deploy\.ts, lib\/\[ab\]\.ts\) would not find a runbook hello\. Add /,
    )
    .exits(2);
  assert.equal(readdirSync(folder).sort(), [".lockstep", "lockstep.config.ts"]);
});

scaffold("makes no second runbook with an id that is taken", async () => {
  const folder = await project({ "runbooks/other.runbook.ts": readingRunbook("hello") });
  await lockstep("new", "hello")
    .in(folder)
    .says(
      "error: there is a runbook hello already: runbooks/other.runbook.ts. Nothing was changed. Choose another id\n",
    )
    .exits(2);
});

scaffold("never overwrites a runbook", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": "// mine\n" });
  await lockstep("new", "hello")
    .in(folder)
    .says(
      "error: runbooks/hello.runbook.ts is there already. Nothing was changed. Choose another id, or remove the file first\n",
    )
    .exits(2);
  assert.is(readFileSync(join(folder, "runbooks/hello.runbook.ts"), "utf8"), "// mine\n");
});

scaffold("refuses an id that is none, and says which one would be", async () => {
  await lockstep("new", "Restart Web!")
    .says('error: "Restart Web!" cannot be the id of a runbook. Write lockstep new restart-web\n')
    .exits(2);
  await lockstep("new", "../../etc/x")
    .says('error: "../../etc/x" cannot be the id of a runbook. Write lockstep new etc-x\n')
    .exits(2);
});

scaffold("writes nothing outside of its project, whatever name it is given", async () => {
  const folder = await project({ "inner/lockstep.config.ts": "export default {};\n" });
  const inner = join(folder, "inner");
  for (const name of [
    "../up",
    "a/b",
    "..",
    ".",
    "",
    " ",
    "-",
    "a\nb",
    "a\tb",
    "A",
    "9",
    "a.b",
    'a"+process.exit(7)+"',
    "a${1}",
    "__proto__",
    "\u001b[31m",
    "é",
    "a\u202eb",
    "~/x",
    "/etc/x",
    "a;touch x",
  ])
    await lockstep("new", "--", name)
      .in(inner)
      .exits(2)
      .says(/^error: .*\n$/s);
  await lockstep("new", "x".repeat(300))
    .in(inner)
    .exits(2)
    .says("error: an id of 300 characters is too long for the name of a file. Write one of at most 100\n");
  assert.equal(readdirSync(folder), ["inner"]);
  assert.equal(
    readdirSync(inner).filter((name) => name !== ".lockstep"),
    ["lockstep.config.ts"],
  );
  // what every object has is a name as any other
  await lockstep("new", "constructor")
    .in(inner)
    .says(/Created/)
    .prints(/./);
  await lockstep("run", "constructor", "--auto", "-q").in(inner).prints(/^Done/).says(/./);
});

scaffold.run();
