import { readFileSync } from "node:fs";

const packageJson = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

const sourceOf = (built) => built.replace("./dist/", "").replace(/\.js$/, ".ts");

/** Specifier and source file of everything that can be imported, as package.json exports it. */
export const entryPoints = Object.entries(packageJson.exports)
  .filter(([, target]) => typeof target === "object")
  .map(([path, target]) => ({ specifier: path.replace(".", packageJson.name), source: sourceOf(target.default) }));

/** Source file of the command. */
export const commandSource = sourceOf(`./${packageJson.bin.lockstep}`);
