import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Project } from "ts-morph";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  eagerlyLoaded,
  forbiddenImports,
  importedPackages,
  importsOfOtherRooms,
  loadersOf,
} from "./dependency-rules.ts";
import { readProject } from "./imports.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const heavyPackages = ["ts-morph", "esbuild", "execa", "ajv", "handlebars"];
const project = readProject(root, ["dsl", "renderers", "runners", "cli", "runbooks"]);

function projectOf(files: Readonly<Record<string, string>>): Project {
  const inMemory = new Project({ useInMemoryFileSystem: true });
  for (const [path, text] of Object.entries(files)) inMemory.createSourceFile(path, text);
  return inMemory;
}

const rules = suite("dependency rules");

rules("hold in the source", () => {
  assert.ok(project.getSourceFiles().length > 20);
  assert.equal(forbiddenImports(project, root), []);
});

rules("forbid every direction that is not in the table", () => {
  const wrong = projectOf({
    "/dsl/a.ts": `import type { A } from "../renderers/a.ts";`,
    "/dsl/b.ts": `export * from "../cli/b.ts";`,
    "/renderers/a.ts": `const a = await import("../runners/a.ts");`,
    "/runners/a.ts": `type A = import("../renderers/a.ts").A;`,
    "/runners/b.ts": `import { b } from "lockstep";`,
    "/runbooks/a.ts": `import { a } from "../dsl/a.ts";`,
    "/cli/a.ts": `import { a } from "../runbooks/a.ts";`,
  });
  assert.is(forbiddenImports(wrong, "/").length, 7);
});

rules("allow what the table allows", () => {
  const right = projectOf({
    "/dsl/a.ts": `import { b } from "./b/b.ts"; import { x } from "ajv"; import fs from "node:fs";`,
    "/renderers/a.ts": `import { a } from "../dsl/a.ts";`,
    "/runners/a/b/c.ts": `import { a } from "../../../dsl/a.ts"; import { d } from "../d.ts";`,
    "/cli/a.ts": `import { a } from "../dsl/a.ts"; import { b } from "../runners/b.ts"; export * from "../renderers/a.ts";`,
    "/runbooks/x/a.ts": `import { a } from "lockstep"; import { b } from "lockstep/kubernetes"; import { c } from "../c.ts";`,
  });
  assert.equal(forbiddenImports(right, "/"), []);
});

rules("keep what reads a recorded run from needing what shows it", () => {
  const wrong = projectOf({
    "/cli/history/a.ts": `import { b } from "./b.ts"; import { c } from "../../runners/c.ts"; import type { D } from "../output/d.ts";`,
    "/cli/output/d.ts": `import { a } from "../history/a.ts";`,
  });
  assert.equal(importsOfOtherRooms(wrong, "/", "cli/history"), ["cli/history/a.ts imports ../output/d.ts"]);
  assert.equal(importsOfOtherRooms(project, root, "cli/history"), []);
});

rules("hold for the packages: what is imported is a dependency, and what is a dependency is imported", () => {
  const { dependencies } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
  assert.equal(importedPackages(project), Object.keys(dependencies).sort());
});

rules("let another program be run in one place, which leaves the signals of lockstep as they are", () => {
  assert.equal(loadersOf(project, root, "execa"), ["runners/processes/run-program.ts"]);
});

rules("keep packages that load slowly off the way to the first line of the command", () => {
  assert.equal(eagerlyLoaded(project, `${root}/cli/main.ts`, heavyPackages), []);
});

rules("keep the packages that write Markdown off the way to a page in the terminal", () => {
  assert.equal(eagerlyLoaded(project, `${root}/renderers/index.ts`, ["handlebars", "markdown-it"]), []);
});

rules("find a slow package behind several files, and none behind a dynamic or a type import", () => {
  const slow = projectOf({
    "/cli/main.ts": `import { a } from "./a.ts"; import type { T } from "esbuild"; const b = await import("./b.ts");`,
    "/cli/a.ts": `export { x } from "../runners/x.ts";`,
    "/cli/b.ts": `import { y } from "ts-morph";`,
    "/runners/x.ts": `import Handlebars from "handlebars/runtime.js"; const { execa } = await import("execa");`,
  });
  const chain = "/cli/main.ts -> /cli/a.ts -> /runners/x.ts -> handlebars/runtime.js";
  assert.equal(eagerlyLoaded(slow, "/cli/main.ts", heavyPackages), [chain]);
});

rules.run();
