import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import MarkdownIt from "markdown-it";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";

const test = suite("hostile text");
test.after.each(closeTerminals);
const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** CSI, OSC 8, OSC 52, DCS, C1, a title, a carriage return, bidirectional controls, and what Markdown, HTML, Handlebars and Mermaid would take for theirs. */
const evil = [
  "\x1b[35;7mred\x1b[2J",
  "\x1b]8;;http://evil.example\x07link\x1b]8;;\x07",
  "\x1b]52;c;ZXZpbA==\x07\x1bPq#0;2\x1b\\\x1bc\x9b31m\x9d0;title\x9c",
  "ok\rfake \u202egpj.exe\u2066\u200f",
  "<script>alert(1)</script><img src=x onerror=alert(1)><!-- -->",
  "[a](javascript:alert(1)) ![i](http://evil.example/i) **bold** | cell",
  '{{constructor}}{{{__proto__}}} %%{init: {}}%% "]; click s1 "javascript:alert(1)" end',
  "``` ~~~ `tick` &lt; &#60; \\",
].join(" ");
const literal = JSON.stringify(evil);

const runbook = `import { approval, ask, caution, checklist, environment, irreversible, manual, measurement, guard, note, notNeeded, onlyNumber, output, param, prose, quantity, rollback, runbook, section, sh, step, text, when } from "lockstep";
const evil = ${literal};
const load = measurement("load", evil, { measures: evil, unit: evil, query: sh.read\`echo 0\`, reading: onlyNumber });
export default runbook({
  id: "hostile", title: evil, summary: evil, sections: evil,
  params: { value: param.string({ default: evil, meaning: evil }), on: param.boolean({ default: true, phrase: evil }) },
  environments: [environment("one", evil, { values: { value: evil }, facts: { [evil]: evil } }), environment("two", evil, { values: { value: "v" } })],
  follows: { title: evil, href: evil },
}, (p) => [
  section("first", evil, [
    note(evil), caution(evil),
    step("print", text\`\${p.value} \${evil}\`, sh.read\`printf '%s\\n' \${p.value}; printf '%s\\n' \${p.value} >&2\`, { outputs: { said: output.text({ example: evil, gives: evil }) } }),
    step("make", evil, sh\`touch made; echo \${evil}\`, { undo: sh\`rm made; echo \${evil}\` }),
    when(p.on, [step("gone", evil, sh\`true\`, { undo: irreversible(evil) }), step("kept", evil, sh\`true\`, { undo: notNeeded(evil) })]),
    step("fails", evil, sh.read\`printf '%s\\n' \${p.value} >&2; test -e mended\`, { expect: evil.slice(0, 3) + "x" }),
  ]),
  section("people", evil, [
    checklist("list", evil, [evil, text\`\${p.value}\`]),
    manual("by-hand", evil, { asks: { what: ask.line(evil) } }),
    approval("go", evil, { by: [evil] }),
  ]),
]);
`;

/** Whatever steers a terminal or turns the order of characters around; a tab and a newline are text. */
const steering = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

function assertInert(what: string, shown: string): void {
  const at = shown.search(steering);
  assert.is(at, -1, `${what} shows ${JSON.stringify(shown.slice(Math.max(0, at - 60), at + 40))}`);
}

async function hostileProject() {
  const root = await project({ [`runbooks/${"a\x1b[31m\u202eb"}.runbook.ts`]: runbook });
  const tell = (...args: readonly string[]) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [binary, ...args], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    assertInert(`standard output of ${args[0]} ${args[1] ?? ""}`, stdout);
    assertInert(`standard error of ${args[0]} ${args[1] ?? ""}`, stderr);
    assert.not.match(stderr, /LOCKSTEP_DEBUG|^ {4}at /m, stderr);
    return { stdout, stderr, status, both: stdout + stderr };
  };
  return { root, tell };
}

test("hides no part of a command that is shown before it runs", async () => {
  const text = `import { param, runbook, sh, step, notNeeded, approval } from "lockstep";
export default runbook({ id: "sly", title: "Sly", params: { msg: param.string({}) } }, (p) => [
  approval("go", "Go on", { by: ["boss"] }),
  step("say", "Say", sh\`echo \${p.msg} done\`, { undo: notNeeded("a test") }),
]);
`;
  const folder = await project({ "runbooks/sly.runbook.ts": text });
  const value = "msg=rm -rf /srv \rhello \x1b[8mworld\x1b[0m";
  const whole = /^ *echo 'rm -rf \/srv <U\+000D>hello <U\+001B>\[8mworld<U\+001B>\[0m' done$/m;
  for (const args of [
    ["plan", "sly"],
    ["run", "sly", "--dry-run"],
  ])
    await lockstep(...args, "-p", value)
      .in(folder)
      .prints(whole);
  await lockstep("run", "sly", "-p", value)
    .in(folder)
    .says(/approve/)
    .prints(/./)
    .exits(75);
  const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
  await lockstep("approve", run, "go").in(folder).says(whole).exits(75);
});

test("steers no terminal, whatever command shows it", async () => {
  const { root, tell } = await hostileProject();
  const found: string[] = [];
  const see = (...args: readonly string[]): void => {
    try {
      tell(...args);
    } catch (error) {
      found.push((error as Error).message);
    }
  };
  for (const args of [
    ["list"],
    ["list", "--json"],
    ["show", "hostile"],
    ["docs", "hostile", "--stdout"],
    ["docs"],
    ["docs", "--check"],
    ...["mermaid", "dot", "svg", "json"].map((format) => ["graph", "hostile", "--format", format]),
    ["plan", "hostile"],
    ["plan", "hostile", "--env", "one"],
    ["plan", "hostile", "--json"],
    ["run", "hostile", "--help"],
    ["run", "hostile", "--dry-run"],
    ["run", "hostile", "--dry-run=read"],
    ["run", "hostile", "--dry-run=read", "--json"],
    ["run", "hostile", "--auto"],
    ["run", "hostile", "--auto", "--json", "--env", "one"],
    ["run", "hostile", "--auto", "-v"],
    ["runs"],
    ["runs", "--json"],
    ["log"],
    ["log", "--json"],
    ["report"],
    ["verify"],
    ["resume"],
    ["resume", "--json"],
    ["rollback"],
    ["report"],
    ["__complete", "run", "hos"],
    // what a person types comes back in an error
    ["run", evil],
    ["plan", "hostile", "--env", evil],
    ["run", "hostile", "-p", `on=${evil}`],
    ["run", "hostile", "-p", `${evil}=1`],
    ["run", "hostile", `--${evil}`],
    ["resume", evil],
    ["approve", evil, evil],
    ["report", "--out", evil, evil],
    [evil],
  ])
    see(...args);
  assert.equal(found, []);
  assert.ok(readdirSync(join(root, ".lockstep/runs")).length >= 3);
});

test("asks a person nothing that steers a terminal, and answers of hostile people are shown inert", async () => {
  const { root, tell } = await hostileProject();
  tell("run", "hostile", "--auto");
  spawnSync("touch", [join(root, "mended")]);
  for (const answer of [
    ["list", "--overrule", evil, "--items", "1,2"],
    ["list", "--tick", "all"],
    ["fails", "--skip", evil],
  ]) {
    tell("resume");
    tell("approve", "hostile", ...answer);
    const [run = ""] = readdirSync(join(root, ".lockstep/runs"));
    tell("approve", run, ...answer);
  }
  tell("resume");
  tell("log");
  tell("report");
});

test("is inert in a window that a person works in", async () => {
  const { root } = await hostileProject();
  const window = lockstepTerminal(root, ["run", "hostile"]);
  await window.answer(/r start/, "r");
  await window.answer(/^c caution read/m, "q");
  await window.ended();
  // the window's own colours and titles are lockstep's; what is left of the text must not hold a command of the evil
  const written = window.written();
  assert.not.match(written, /\x1b\]8|\x1b\]52|\x1bP|\x1bc|[\x80-\x9f]|[\u202a-\u202e\u2066-\u2069]/);
  assert.not.match(written, /\x1b\[35;7m|\x1b\[2J/);
});

test("makes no HTML, no link and no heading of its own on the page and in the report", async () => {
  const { root, tell } = await hostileProject();
  const pages = [tell("docs", "hostile", "--stdout").stdout];
  tell("run", "hostile", "--auto");
  pages.push(tell("report").stdout);
  tell("docs");
  pages.push(readFileSync(join(root, "docs/runbooks/README.md"), "utf8"));
  for (const page of pages) {
    const tokens = new MarkdownIt({ html: true, linkify: false })
      .parse(page, {})
      .flatMap((token) => [token, ...(token.children ?? [])]);
    const html = tokens.filter(({ type }) => type.startsWith("html")).map(({ content }) => content.trim());
    assert.equal(
      html.filter(
        (text) => !/^<a id="[a-z0-9/-]+">$|^<\/a>$|^<!-- [^>]*-->$|^<\/?(details|summary|br|sub)>$/.test(text),
      ),
      [],
    );
    const targets = tokens
      .filter(({ type }) => type === "link_open")
      .map(({ attrs }) => attrs?.find(([name]) => name === "href")?.[1] ?? "");
    assert.equal(
      targets.filter((href) => !/^#|^[\w./%-]+$/.test(href)),
      [],
    );
    assert.equal(
      tokens.filter(({ type }) => type === "image"),
      [],
    );
    const headings = tokens.flatMap(({ type }, index) =>
      type === "heading_open" ? [tokens[index + 1]?.content ?? ""] : [],
    );
    assert.ok(headings.length > 0 && headings.every((text) => !/^head$/.test(text)));
  }
});

test("is text in every format of the graph", async () => {
  const { tell } = await hostileProject();
  const svg = tell("graph", "hostile", "--format", "svg").stdout;
  assert.match(svg, /^<svg|^<\?xml/);
  assert.not.match(svg, /<script|<img|onerror=\S*alert\(1\)>|javascript:[^&]*"\s*>/i);
  const mermaid = tell("graph", "hostile", "--format", "mermaid").stdout;
  for (const line of mermaid
    .trimEnd()
    .split("\n")
    .filter((text) => !text.startsWith("```")))
    assert.match(line, /^(flowchart \w+|\s+\w+[[({]|\s+\w+\s|\s+(subgraph|end|classDef|class|style)\b)/, line);
  assert.not.match(mermaid, /^\s*click /m);
  assert.not.match(mermaid, /%%\{/);
});

test.run();
