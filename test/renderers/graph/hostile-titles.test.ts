import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { approval, compile, notNeeded, param, runbook, section, sh, step, text } from "../../../dsl/index.ts";
import { renderGraph } from "../../../renderers/index.ts";

const test = suite("a graph of hostile titles");

/** What means something to Mermaid, to XML, to Graphviz or to HTML, and what XML has no place for. */
const pieces = [
  ..."abz0159 #&<>\"';:/\\|[](){}%$=-~*_`@!?,.\t\n\r",
  ..."end subgraph default %%{init:{}}%% --> -.-> ==> o--o :::x @{ &quot; #quot; #34; &amp; <br> </text> ]]> <!-- --> <?xml".split(
    " ",
  ),
  ..."\u0000\u0001\u0008\u000b\u000c\u001b\u007f\u0085\u2028\ufeff\u202e\ufffe\uffff\ufdd0\ud800\udc00é日🙂",
  "click s1 href",
  "<![CDATA[",
];
const title = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(""))
  .filter((words) => words.trim() !== "");

function graphOf(one: string, two: string, format: "svg" | "mermaid"): Promise<string> {
  const undo = notNeeded("a test");
  const params = { value: param.string({ default: two.replaceAll("\0", "") }) };
  const source = runbook({ id: "r", title: one, params }, (p) => [
    section("one", one, [step("a", "A", sh`true`, { undo })]),
    section("two", text`${p.value} ${two}`, [approval("go", one, { by: ["bo"] }), step("b", "B", sh`true`, { undo })]),
  ]);
  return renderGraph(compile(source), format);
}

/** Characters of XML 1.0 (production 2). */
const isText = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
/** A tag, a comment, a declaration, a reference, or a character that is itself. */
const pieceOfXml =
  /<(?<name>[a-z]+)(?:\s+[a-z:-]+="[^"<]*")*(?<closed>\/)?>|<\/(?<end>[a-z]+)>|<!--(?:(?!--)[\s\S])*-->|<\?xml [^>]*\?>|<!DOCTYPE [^>]*>|&(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);|[^<&]/giuy;

/** The elements of a document, in order; fails for what is no well-formed XML of the kind that Graphviz writes. */
function elementsOf(xml: string): readonly string[] {
  assert.match(xml, isText);
  const open: string[] = [];
  const elements: string[] = [];
  pieceOfXml.lastIndex = 0;
  while (pieceOfXml.lastIndex < xml.length) {
    const at = pieceOfXml.lastIndex;
    const groups = pieceOfXml.exec(xml)?.groups;
    assert.ok(groups !== undefined, `no XML: ${JSON.stringify(xml.slice(at, at + 80))}`);
    if (groups?.["end"] !== undefined) assert.is(open.pop(), groups["end"]);
    if (groups?.["name"] === undefined) continue;
    elements.push(groups["name"]);
    if (groups["closed"] === undefined) open.push(groups["name"]);
  }
  assert.equal(open, []);
  return elements;
}

test("is well-formed XML with the elements that a harmless one has", async () => {
  const harmless = elementsOf(await graphOf("One", "Two", "svg"));
  await fc.assert(
    fc.asyncProperty(title, title, async (one, two) => {
      assert.equal(elementsOf(await graphOf(one, two, "svg")), harmless);
    }),
    { numRuns: 150, examples: [["a\ufffeb", "a\uffffb"]] },
  );
});

test("has in Mermaid two nodes and the approval between them, on a line of its own", async () => {
  const label = '"(?:[^#"<>&`;\\\\*_[\\]{}|$~\\n]|#\\d+;)*"';
  const whole = new RegExp(`^flowchart LR\\n {2}s1\\[${label}\\] -- "2\\.1 Approval" --> s2\\[${label}\\]\\n$`, "u");
  await fc.assert(
    fc.asyncProperty(title, title, async (one, two) => {
      assert.match(await graphOf(one, two, "mermaid"), whole);
    }),
    { numRuns: 300 },
  );
});

test.run();
