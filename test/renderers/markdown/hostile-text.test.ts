import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  approval,
  caution,
  compile,
  note,
  notNeeded,
  output,
  param,
  runbook,
  section,
  sh,
  step,
  table,
  text,
  when,
} from "../../../dsl/index.ts";
import { renderGraph, renderMarkdown, renderShow } from "../../../renderers/index.ts";
import { blocksOf, htmlOf, tokensOf, wordsOf } from "./read-markdown.ts";

const pieces = [
  "**bold**",
  "`",
  "``",
  "[x](javascript:alert(1))",
  "![i](http://x)",
  "<script>alert(1)</script>",
  "<!--",
  "-->",
  "&lt;",
  "&#60;",
  "{{constructor}}",
  "{{{this}}}",
  "{{> page}}",
  "\u202e",
  "\u2066",
  "\u001b[31m",
  "\u001b]0;t\u0007",
  "\u0007",
  "|",
  "\\",
  "#",
  "# h",
  "1. x",
  "- x",
  "> q",
  "~~~",
  "```",
  "_a_",
  "*",
  "$x$",
  "\n",
  "\r\n",
  "\t",
  '"',
  "];",
  "end",
  "\u00a0",
  "a",
  "Ä",
  "🙂",
  "\ud800",
  "x".repeat(40),
];
const hostile = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 })
  .map((parts) => `t${parts.join(" ")}t`);

const inert = suite("hostile text");

const dangerous = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function hostileRunbook(words: string): AnyRunbook {
  return runbook(
    {
      id: "hostile",
      title: words,
      summary: words,
      sections: "Phase",
      params: { value: param.string({ example: words, meaning: words }), yes: param.boolean({ phrase: words }) },
      follows: { title: words, href: `javascript:${words}` },
    },
    (p) => [
      section("one", words, [
        note(words),
        table([words, "b"], [[words, words]]),
        step("first", words, sh`printf '%s' ${words.replaceAll("\0", "")}`, {
          expect: words,
          undo: notNeeded(words),
          outputs: { out: output.text({ gives: words, example: "x" }) },
        }),
      ]),
      section("two", text`${p.value} ${words}`, [
        approval("go", words, { by: [words] }),
        when(p.yes, [caution(words), step("second", words, sh.read`true`)]),
      ]),
    ],
  ) as unknown as AnyRunbook;
}

inert("stays text on the page: no HTML, no link, no picture, no heading and no block of its own", async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (words) => {
      const plan = compile(hostileRunbook(words));
      const page = await renderMarkdown(plan);
      const html = htmlOf(page).replace(/<pre>[\s\S]*?<\/pre>/g, "");
      assert.not.match(html, /<(script|img)\b/i);
      assert.not.match(html, /href="javascript/i);
      assert.not.match(page.replace(/\n/g, ""), dangerous);
      const headings = tokensOf(page).filter(({ type }) => type === "heading_open").length;
      assert.is(headings, 1 + (page.includes("## Parameters") ? 1 : 0) + 1 + 2 + 1, page);
      assert.is(blocksOf(page, "bash").length, 2, page);
      assert.is(tokensOf(page).filter(({ type }) => type === "html_block").length, 1, page);
    }),
    { numRuns: 150 },
  );
});

inert("reads on the page as it was written", async () => {
  const words = "a **b** _c_ [d](e) <f> &lt; # ~g~ $h$ {{i}} |j| \\k !l";
  const page = await renderMarkdown(compile(hostileRunbook(words)));
  assert.ok(wordsOf(page).includes(`1.1 ${words}`), page);
});

inert("steers no terminal", () => {
  fc.assert(
    fc.property(hostile, (words) => {
      const shown = renderShow(compile(hostileRunbook(words)), { width: 60 });
      assert.not.match(shown.replace(/\n/g, ""), dangerous);
    }),
  );
});

inert("cannot leave the label of a graph", async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (words) => {
      const graph = await renderGraph(compile(hostileRunbook(words)), "mermaid");
      for (const line of graph.trim().split("\n").slice(1))
        assert.match(line, /^ {2}s\d+(\["[^"\]]*"\])?( (-->|-- "[^"]*" -->) s\d+(\["[^"\]]*"\])?)?$/);
    }),
  );
});

inert("shows characters that cannot be seen in a command, and warns of them", async () => {
  const trick = compile(
    runbook({ id: "trick", title: "Trick" }, () => [
      step("a", "Look", sh.read`echo 'a\u202eb'`),
    ]) as unknown as AnyRunbook,
  );
  const page = await renderMarkdown({
    ...trick,
    body: trick.body.map((block) =>
      block.block === "step" ? { ...block, command: { text: "echo a\u202eb", template: { parts: [] } } } : block,
    ),
  });
  assert.match(page, "echo a<U+202E>b");
  assert.match(page, "do not paste it");
});

inert.run();
