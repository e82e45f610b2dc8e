/**
 * What should run, as JSON: `{ ports: { proxy, blue, green }, servers: { blue: { version } }, serving: "blue" }`.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** In the project that the commands are run in, beside lockstep's own files. */
export const siteFile = ".lockstep/quickstart/site.json";

export function readSite() {
  try {
    return JSON.parse(readFileSync(siteFile, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") throw new Error("there is no site here; create one first");
    throw error;
  }
}

/** At once, so that nobody reads half of it. */
export function writeSite(site) {
  mkdirSync(dirname(siteFile), { recursive: true });
  writeFileSync(`${siteFile}.new`, `${JSON.stringify(site, undefined, 2)}\n`);
  renameSync(`${siteFile}.new`, siteFile);
}

export function deleteSite() {
  rmSync(dirname(siteFile), { recursive: true, force: true });
}
