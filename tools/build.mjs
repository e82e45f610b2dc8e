/**
 * Builds dist/: one bundle with shared chunks for the library and the command, so that both see the same
 * `LockstepError`, and a .d.ts tree. Does nothing when no input changed since the last build.
 *
 * node tools/build.mjs [--clean]
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import esbuild from "esbuild";
import { withLock } from "./build-lock.mjs";
import { isFresh, recordBuild } from "./build-stamp.mjs";
import { removeStale } from "./dist-files.mjs";
import { commandSource, entryPoints } from "./entry-points.mjs";
import { handlebarsPlugin } from "./handlebars-plugin.mjs";
import { dist, root } from "./paths.mjs";
import { runTypeScript } from "./typescript.mjs";

/**
 * Throws when the JavaScript cannot be bundled. Errors of the declarations are returned as text, since
 * a test run can do without them and `npm run typecheck` reports them as well.
 */
export async function build({ clean = false } = {}) {
  return withLock(async () => {
    if (!clean && isFresh()) return { built: false, declarationErrors: "" };
    const started = recordBuild.begin();
    const files = [...(await bundle()), ...(await bundleMasker())];
    const declarationErrors = emitDeclarations();
    copySchema();
    removeStale(files, { olderThanMinutes: clean ? 0 : 10 });
    if (declarationErrors === "") started.end();
    return { built: true, declarationErrors };
  });
}

async function bundle() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [...entryPoints.map(({ source }) => source), commandSource].map((source) => `./${source}`),
    outdir: dist,
    outbase: ".",
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    charset: "utf8",
    legalComments: "none",
    plugins: [handlebarsPlugin],
    write: false,
    logLevel: "silent",
  });
  const command = join(dist, commandSource.replace(/\.ts$/, ".js"));
  for (const { path, text } of outputFiles) {
    writeAtomically(path, path === command ? `#!/usr/bin/env node\n${text}` : text);
  }
  chmodSync(command, 0o755);
  return outputFiles.map(({ path }) => path);
}

/** A program that steps start, so a single file: nothing of it may be missing while dist/ is rebuilt. */
async function bundleMasker() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["./runners/attempts/masker-main.ts"],
    outfile: join(dist, "masker.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    charset: "utf8",
    legalComments: "none",
    write: false,
    logLevel: "silent",
  });
  for (const { path, text } of outputFiles) writeAtomically(path, text);
  return outputFiles.map(({ path }) => path);
}

/** A command that runs while dist/ is rebuilt must never see half a file. */
function writeAtomically(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

function emitDeclarations() {
  return ["tsconfig.build.json", "tsconfig.runbooks.json"]
    .map((project) => runTypeScript(["-p", project, "--noCheck"]))
    .filter(({ status }) => status !== 0)
    .map(({ output }) => output)
    .join("\n");
}

function copySchema() {
  const schema = join(root, "dsl/schema/plan.schema.json");
  if (existsSync(schema)) copyFileSync(schema, join(dist, "plan.schema.json"));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    const { built, declarationErrors } = await build({ clean: process.argv.includes("--clean") });
    if (declarationErrors !== "") {
      console.error(declarationErrors);
      process.exitCode = 1;
    } else if (built) console.error(`Built ${relative(process.cwd(), dist)}`);
  } catch (error) {
    for (const message of await esbuild.formatMessages(error.errors ?? [{ text: error.stack }], { kind: "error" })) {
      console.error(message);
    }
    process.exitCode = 1;
  }
}
