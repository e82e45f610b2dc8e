import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const root = fileURLToPath(new URL("../..", import.meta.url));
const patterns = ["{dsl,renderers,runners,cli,runbooks,test,tools,bench}/**/*.{ts,mjs,hbs}"];
const files = globSync(patterns, { cwd: root, ignore: ["**/fixtures/**"] }).sort();

const read = (file: string): string => readFileSync(`${root}/${file}`, "utf8");

const sources = suite("source files");

sources("have at most 300 lines", () => {
  assert.ok(files.length > 20);
  const long = files
    .map((file) => ({ file, lines: read(file).split("\n").length - 1 }))
    .filter(({ lines }) => lines > 300);
  assert.equal(long, []);
});

sources("have a name in kebab-case that says what they hold", () => {
  const nameless = /(^|[-.])(utils?|helpers?|misc|common|stuff)([-.]|$)/;
  const wrong = files.filter((file) => {
    const name = basename(file);
    return nameless.test(name) || !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|mjs|hbs)$/.test(name);
  });
  assert.equal(wrong, []);
});

sources("are in a folder that says what it holds", () => {
  assert.equal(
    files.filter((file) => /(^|\/)(utils?|helpers?|misc|common)\//.test(file)),
    [],
  );
});

sources("leave nothing to do later", () => {
  const marks = new RegExp(`\\b(${["TO", "DO"].join("")}|${["FIX", "ME"].join("")})\\b`);
  assert.equal(
    files.filter((file) => marks.test(read(file))),
    [],
  );
});

sources("that are tests run every suite that they declare", () => {
  const wrong = files
    .filter((file) => file.endsWith(".test.ts") && !file.startsWith("test/types/"))
    .flatMap(suitesNotRun);
  assert.equal(wrong, []);
});

sources("that are tests run all of each suite", () => {
  const narrowed = files.filter((file) => file.endsWith(".test.ts") && /^\s*\w+\.only\(/m.test(read(file)));
  assert.equal(narrowed, []);
});

/** uvu leaves out a suite without `.run()` and reports success. */
function suitesNotRun(file: string): string[] {
  const text = read(file);
  const declared = [...text.matchAll(/^const (\w+) = suite\b/gm)].map(([, name = ""]) => name);
  if (/\bimport\s*\{[^}]*\btest\b[^}]*\}\s*from "uvu"/.test(text)) declared.push("test");
  if (declared.length === 0) return [`${file} declares no suite`];
  return declared
    .filter((name) => !new RegExp(`^${name}\\.run\\(\\);$`, "m").test(text))
    .map((name) => `${file}: ${name}`);
}

sources.run();
