import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  type Block,
  compile,
  param,
  prose,
  runbook,
  section,
  sh,
  step,
  when,
} from "../../../dsl/index.ts";
import { renderMarkdown } from "../../../renderers/index.ts";
import { type Token, tokensOf } from "./read-markdown.ts";

const authors = suite("prose of an author");

const lines = [
  "```",
  "````",
  "```sh",
  "~~~",
  "~~~~ text",
  "<!--",
  "<!-- x",
  "-->",
  "<!-- whole -->",
  "<?php",
  "?>",
  "<!DOCTYPE",
  "<![CDATA[",
  "]]>",
  "<pre>",
  "</pre>",
  "<script>",
  "<style>",
  "</textarea>",
  "<div>",
  "<details>",
  "- do:",
  "1. do:",
  "* ",
  "> quote",
  "> ```",
  "- ```",
  "- <!--",
  "foo",
  "text <!-- x",
  "`a <!-- b`",
  "[link]:",
  '"title',
  "| a | b |",
  "| - | - |",
  "---",
  "===",
  "# own",
  "\\",
  "",
  "",
];
const written = fc
  .array(fc.tuple(fc.constantFrom("", "", " ", "  ", "   ", "    ", "      ", "\t"), fc.constantFrom(...lines)), {
    minLength: 1,
    maxLength: 10,
  })
  .map((parts) => parts.map(([blanks, line]) => blanks + line).join("\n"))
  .filter((text) => text.trim() !== "");

async function pageOf(body: (yes: never) => readonly Block[]): Promise<string> {
  const whole = runbook({ id: "told", title: "Told", params: { yes: param.boolean() } }, (p) => [
    section("first", "First", body(p.yes as never)),
    section("second", "Second", [step("last", "Last", sh.read`echo last`)]),
  ]);
  return renderMarkdown(compile(whole as unknown as AnyRunbook));
}

/** The words of headings that stand in nothing else. */
function headings(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ type, level }, at) =>
    type === "heading_open" && level === 0 ? [(tokens[at + 1]?.content ?? "").replace(/<a id="[^"]*"><\/a>/, "")] : [],
  );
}

/** The blocks of commands, each with how deep it stands. */
function commands(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ type, info, content, level }) =>
    type === "fence" && info === "bash" ? [`${level} ${content.trim()}`] : [],
  );
}

authors("swallows nothing of the page: what stands behind it is what it is without it", async () => {
  const look = step("look", "Look", sh.read`echo look`);
  const without = tokensOf(await pageOf(() => [look]));
  await fc.assert(
    fc.asyncProperty(written, async (text) => {
      const page = await pageOf(() => [look, prose(text)]);
      const own = headings(tokensOf(page)).filter((words) => headings(without).includes(words));
      assert.equal(own, headings(without), page);
      const before = await pageOf(() => [prose(text), look]);
      assert.equal(commands(tokensOf(before)), commands(without), before);
    }),
    {
      numRuns: 150,
      examples: [["- do:\n\n  ```sh\n  foo"], ["- do:\n\n  ```sh\n  foo\n    ```"], ["```\n<!-- x\n```"]],
    },
  );
});

authors("swallows no step that is nested beside it", async () => {
  const look = step("look", "Look", sh.read`echo look`);
  const nested = (...blocks: Block[]) => pageOf((yes) => [when(yes, blocks)]);
  const without = commands(tokensOf(await nested(look)));
  assert.is(without.length, 2);
  await fc.assert(
    fc.asyncProperty(written, async (text) => {
      const page = await nested(prose(text), look);
      assert.equal(commands(tokensOf(page)), without, page);
    }),
    { numRuns: 150 },
  );
});

authors("is written as it stands where nothing of it is open", async () => {
  for (const text of [
    "```\n<!-- x\n```",
    "Say `<!-- x` to hide it.",
    "> ```\n> quoted",
    "```sh\nfoo\n```\n\nWords.",
    "<!-- left out -->\n\nWords.",
    "a <!-- x\n\nb",
  ]) {
    const page = await pageOf(() => [prose(text), step("look", "Look", sh.read`echo look`)]);
    assert.ok(page.includes(`\n\n${text}\n\n- [ ] <a id="look">`), page);
  }
});

authors("is closed on a line of its own where something of it is open", async () => {
  for (const [text, end] of [
    ["```sh\nfoo", "```"],
    ["~~~~\nfoo\n~~~", "~~~~"],
    ["<!-- x", "-->"],
    ["<script>\nlet a;", "</script>"],
    ["<?php", "?>"],
    ["<![CDATA[\nx", "]]>"],
    ["<!DOCTYPE", ">"],
  ]) {
    const page = await pageOf(() => [prose(text as string), step("look", "Look", sh.read`echo look`)]);
    assert.ok(page.includes(`\n\n${text}\n${end}\n\n- [ ] <a id="look">`), page);
  }
});

authors("keeps its own list apart from the steps", async () => {
  const look = step("look", "Look", sh.read`echo look`);
  for (const list of ["- x", "- x\nstill x", "1. x\n\n   still x", "* x\n  - y\n\n        code"]) {
    const tokens = tokensOf(await pageOf(() => [look, prose(list), step("more", "More", sh.read`echo more`)]));
    const lists = tokens.filter(({ type, level }) => level === 0 && /^(bullet|ordered)_list_open$/.test(type));
    // before the section, the three of it, and the one of the other section
    assert.is(lists.length, 5, list);
  }
});

authors("stands on lines of its own where it is the first of what a condition decides", async () => {
  const page = await pageOf((yes) => [when(yes, [prose("===\nWords."), step("look", "Look", sh.read`echo look`)])]);
  assert.match(page, "- **If `yes` is yes:**\n\n    ===\n    Words.\n\n    - [ ]");
  assert.equal(headings(tokensOf(page)), ["Told", "Parameters", "Before you begin", "1 First", "2 Second"]);
});

authors.run();
