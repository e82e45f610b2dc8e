import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, readingRunbook } from "../support/lockstep-command.ts";

const list = suite("lockstep list");

list("shows the runbooks by folder, with their summaries", async () => {
  const folder = await project({
    "runbooks/hello.runbook.ts": readingRunbook("hello", `summary: "Says hello"`),
    "runbooks/web/deploy.runbook.ts": readingRunbook("deploy-web"),
    "runbooks/web/rollback.runbook.ts": readingRunbook("rollback-web", `summary: "Goes back"`),
  });
  const expected =
    "hello         Says hello\n\nweb\n  deploy-web    The deploy-web runbook\n  rollback-web  Goes back\n";
  await lockstep("list").in(folder).prints(expected);
  await lockstep("list").in(join(folder, "runbooks/web")).prints(expected);
});

list("prints JSON for programs", async () => {
  const folder = await project({
    "runbooks/web/deploy.runbook.ts": readingRunbook("deploy", `params: { version: param.string({ example: "v1" }) }`),
  });
  const { stdout } = await lockstep("list", "--json").in(folder).prints(/./);
  assert.equal(JSON.parse(stdout), {
    runbooks: [
      {
        id: "deploy",
        title: "The deploy runbook",
        params: { version: { type: "string", example: "v1" } },
        environments: [],
        group: "web",
        file: "runbooks/web/deploy.runbook.ts",
      },
    ],
    failures: [],
  });
});

list("finds runbooks where the config says", async () => {
  const folder = await project({
    "lockstep.config.ts": `import { defineConfig } from "lockstep";\nexport default defineConfig({ runbooks: ["ops/*.ts"] });\n`,
    "ops/hello.ts": readingRunbook("hello"),
    "runbooks/other.runbook.ts": readingRunbook("other"),
  });
  await lockstep("list").in(folder).prints("ops\n  hello  The hello runbook\n");
});

list("says how to begin where there are none", async () => {
  const folder = await project({ "package.json": "{}" });
  await lockstep("list")
    .in(folder)
    .says(/^No runbooks in .*runbooks\/\*\*\/\*\.runbook\.ts.*lockstep new hello\n$/);
});

list("shows the others when one does not load, and fails", async () => {
  const folder = await project({
    "runbooks/good.runbook.ts": readingRunbook("good"),
    "runbooks/bad.runbook.ts": "export default ;\n",
  });
  await lockstep("list")
    .in(folder)
    .prints("good  The good runbook\n")
    .says(/^error: runbooks\/bad\.runbook\.ts cannot be read/)
    .exits(2);
});

list("sees a change that leaves the size as it was", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello", `summary: "one"`) });
  const file = join(folder, "runbooks/hello.runbook.ts");
  await lockstep("list").in(folder).prints("hello  one\n");
  writeFileSync(file, readingRunbook("hello", `summary: "two"`));
  await lockstep("list").in(folder).prints("hello  two\n");
});

list("sees a change in a file that the runbook imports", async () => {
  const folder = await project({
    "runbooks/hello.runbook.ts": `import { title } from "./title.ts";\n${readingRunbook("hello", "summary: title")}`,
    "runbooks/title.ts": `export const title: string = "one";\n`,
  });
  await lockstep("list").in(folder).prints("hello  one\n");
  writeFileSync(join(folder, "runbooks/title.ts"), `export const title: string = "number two";\n`);
  await lockstep("list").in(folder).prints("hello  number two\n");
});

list("loads no heavy package and no runbook once it knows them", async () => {
  const folder = await project({
    "runbooks/hello.runbook.ts": readingRunbook("hello"),
    "watch.mjs": `import { register } from "node:module";
const hooks = 'import { appendFileSync } from "node:fs"; export async function load(url, context, next) { appendFileSync(process.env.LOADED, url + "\\\\n"); return next(url, context); }';
register("data:text/javascript," + encodeURIComponent(hooks));
`,
  });
  const loaded = join(folder, "loaded.txt");
  const watch = { LOADED: loaded, NODE_OPTIONS: `--import ${join(folder, "watch.mjs")}` };
  await lockstep("list").in(folder).prints(/hello/);
  await lockstep("list").in(folder).env(watch).prints(/hello/);
  const urls = readFileSync(loaded, "utf8");
  assert.match(urls, /dist\/cli\/main\.js/);
  assert.match(urls, /node_modules\/commander\//);
  assert.not.match(urls, /node_modules\/(esbuild|ts-morph|execa|ajv|handlebars)\//);
  assert.not.match(urls, /\.lockstep\/cache/);
});

list.run();
