import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { consumer } from "./consumer.ts";
import { type InstalledPackage, installPackage, root } from "./installed-package.ts";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const tarball = suite<{ installed: InstalledPackage }>("package");

tarball.before((context) => {
  context.installed = installPackage();
});

tarball.after(({ installed }) => {
  installed.remove();
});

tarball("holds the built package, the runbooks and nothing else", ({ installed: { packed } }) => {
  const allowed = /^(dist\/.*\.(js|d\.ts|json)|runbooks\/.*|package\.json|README\.md|LICENSE|CHANGELOG\.md)$/;
  assert.equal(
    packed.filter((path) => !allowed.test(path)),
    [],
  );
  for (const path of ["README.md", "LICENSE", "dist/cli/main.js", "dist/plan.schema.json"]) {
    assert.ok(packed.includes(path), path);
  }
});

tarball("has one class for its errors, however it is imported", ({ installed }) => {
  const script = `
    const { LockstepError, compile, runbook } = await import("lockstep");
    const { run, resume } = await import("lockstep/run");
    const { loadRunbook } = await import("lockstep/load");
    const attempts = [
      () => compile(runbook({ id: "No", title: "No" }, () => [])),
      () => loadRunbook("missing.runbook.ts"),
      () => resume({ root: ".", run: "zzzz" }).result,
    ];
    for (const attempt of attempts) {
      const error = await (async () => attempt())().then(() => undefined, (thrown) => thrown);
      if (!(error instanceof LockstepError)) throw new Error("another class: " + String(error));
    }`;
  const { status, stderr } = installed.run(process.execPath, "--input-type=module", "-e", script);
  assert.is(status, 0, stderr);
});

tarball("can be imported by every name that it exports", ({ installed }) => {
  for (const name of Object.keys(manifest.exports)) {
    const specifier = name.replace(".", "lockstep");
    const attributes = name.endsWith(".json") ? `, { with: { type: "json" } }` : "";
    const script = `const found = await import("${specifier}"${attributes}); if (Object.keys(found).length === 0) throw new Error("exports nothing");`;
    const { status, stderr } = installed.run(process.execPath, "--no-warnings", "--input-type=module", "-e", script);
    assert.is(status, 0, `${specifier}: ${stderr}`);
  }
});

for (const [module, moduleResolution] of [
  ["nodenext", "nodenext"],
  ["preserve", "bundler"],
]) {
  tarball(`has types under module resolution ${moduleResolution}`, ({ installed }) => {
    const compilerOptions = {
      target: "es2023",
      module,
      moduleResolution,
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: false,
      typeRoots: [join(root, "node_modules/@types")],
      types: ["node"],
    };
    installed.write("types/tsconfig.json", JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
    installed.write("types/consumer.ts", consumer);
    const { status, stdout } = installed.run(join(root, "node_modules/.bin/tsc"), "-p", "types");
    assert.is(status, 0, stdout);
  });
}

tarball("takes a newcomer from nothing to a page and a run", ({ installed }) => {
  const lockstep = (...args: string[]) => {
    const { status, stdout, stderr } = installed.run("npx", "--no-install", "lockstep", ...args);
    assert.is(status, 0, `lockstep ${args.join(" ")}\n${stdout}\n${stderr}`);
    return stdout;
  };
  assert.is(lockstep("--version").trim(), manifest.version);
  lockstep("new", "hello");
  assert.match(lockstep("list"), /\bhello\b/);
  assert.match(lockstep("docs", "hello", "--stdout"), /- \[ \] <a id="[^"]+"><\/a>\*\*1/);
  lockstep("docs");
  lockstep("docs", "--check");
  lockstep("run", "hello", "--auto");
  assert.match(lockstep("runs"), /\bhello\b/);
});

tarball.run();
