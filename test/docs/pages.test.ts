import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep } from "../support/lockstep-command.ts";

const root = join(import.meta.dirname, "..", "..");
const pages = join(root, "docs", "runbooks");
const names = readdirSync(pages).filter((name) => name.endsWith(".md"));
const hasZsh = spawnSync("zsh", ["-c", "true"]).status === 0;
const committed = suite("the pages in docs/");

committed("are what the runbooks say today", async () => {
  await lockstep("docs", "--check").in(root).says(/.*/s).prints(/.*/s).exits(0);
});

committed("are there for every runbook, and the index", async () => {
  const { stdout } = await lockstep("list", "--json").in(root).prints(/./);
  const ids = (JSON.parse(stdout) as { readonly runbooks: readonly { readonly id: string }[] }).runbooks.map(
    ({ id }) => `${id}.md`,
  );
  assert.equal(names.toSorted(), [...ids, "README.md"].toSorted());
});

for (const shell of hasZsh ? ["bash", "zsh"] : ["bash"])
  committed(`hold only blocks that ${shell} -n accepts, once a person has filled in what is in angle brackets`, () => {
    const blocks = names.flatMap((name) => bashBlocks(readFileSync(join(pages, name), "utf8")));
    assert.ok(blocks.length > 150);
    for (const block of blocks) {
      const filledIn = block.replace(/<[a-z][a-z-]*>/g, "filled-in");
      const { status, stderr } = spawnSync(shell, ["-n"], { input: filledIn, encoding: "utf8" });
      assert.is(`${status} ${stderr}`, "0 ", block);
    }
  });
if (!hasZsh) process.stderr.write("NOT TESTED: zsh is not installed, so no page was tried with it\n");

committed("link only to pages and headings that are there", () => {
  for (const name of names) {
    const text = readFileSync(join(pages, name), "utf8");
    for (const [, target = ""] of text.matchAll(/\]\(([^)]+)\)/g)) {
      const [file, anchor] = target.split("#");
      if (/^[a-z]+:/.test(target)) continue;
      const other = file ? readFileSync(join(pages, file), "utf8") : text;
      if (anchor) assert.ok(anchorsOf(other).has(anchor), `${name} links to ${target}`);
    }
  }
});

committed.run();

function bashBlocks(markdown: string): readonly string[] {
  const tokens = new MarkdownIt({ html: true }).parse(markdown, {});
  return tokens.flatMap(({ type, info, content }) => (type === "fence" && info.trim() === "bash" ? [content] : []));
}

/** Ids of anchors, and the slugs that GitHub gives to headings. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const ids = [...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id);
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .replace(/<[^>]+>/g, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
  return new Set([...ids, ...headings]);
}
