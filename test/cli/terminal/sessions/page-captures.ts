import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as assert from "uvu/assert";
import { withoutChance } from "../../../support/blue-green-sessions.ts";

/** What a session shows, by the names that docs/terminal.md gives to it. */
export type Captures = Readonly<Record<string, string>>;

const page = fileURLToPath(new URL("../../../../docs/terminal.md", import.meta.url));
const captureOnPage = /(<!-- capture (\S+) -->\n\n```text\n)([\s\S]*?)(\n```\n)/g;

/** The page shows what the command shows, but for times and what was measured. */
export function assertOnPage(captures: Captures): void {
  const shown = new Map(
    [...readFileSync(page, "utf8").matchAll(captureOnPage)].map(([, , name = "", text = ""]) => [name, text]),
  );
  for (const [name, text] of Object.entries(captures)) {
    const onPage = shown.get(name);
    assert.ok(onPage !== undefined, `docs/terminal.md has no capture ${name}`);
    assert.is(withoutChance(text), withoutChance(onPage ?? ""), `${name}: node tools/capture-terminal.mjs`);
  }
}

/** Puts captures in the place of those that have their names; says which the page does not have. */
export function writeOnPage(captures: Captures): readonly string[] {
  const missing = new Set(Object.keys(captures));
  const text = readFileSync(page, "utf8").replace(
    captureOnPage,
    (_whole, head: string, name: string, before: string, foot: string) => {
      missing.delete(name);
      return `${head}${captures[name] ?? before}${foot}`;
    },
  );
  writeFileSync(page, text);
  return [...missing];
}
