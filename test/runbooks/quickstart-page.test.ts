import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { compile, stepsOf } from "lockstep";
import { loadRunbook } from "lockstep/load";
import { renderMarkdown } from "lockstep/render";
import MarkdownIt from "markdown-it";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const file = "runbooks/quickstart/quickstart.runbook.ts";
const page = suite("the page of the quickstart");
const { runbook } = await loadRunbook(file, { root: process.cwd() });
const plan = compile(runbook, { root: process.cwd() });
const markdown = await renderMarkdown(plan);
const blocks = new MarkdownIt({ html: true })
  .parse(markdown, {})
  .filter(({ type, info }) => type === "fence" && info === "bash")
  .map(({ content }) => content);

page("has the characters of each command that runs, and bash can read them", () => {
  const commands = stepsOf(plan).flatMap(({ command }) => (command ? [command.text] : []));
  assert.is(commands.length, 12);
  const shown = blocks.flatMap((block) => block.trimEnd().split("\n"));
  for (const command of commands) assert.ok(shown.includes(command), command);
  for (const block of blocks) assert.is(spawnSync("bash", ["-n"], { input: block }).status, 0, block);
});

page("needs nothing but node, and names no program that is not there", () => {
  const words = blocks.flatMap((block) => block.trimEnd().split("\n")).map((line) => line.split(" "));
  assert.equal([...new Set(words.map(([program]) => program))].sort(), ["kill", "node", "sleep"]);
  for (const [program, script = ""] of words) if (program === "node") assert.ok(existsSync(script), script);
});

page("is the same on every machine", () => {
  assert.not.match(markdown, process.cwd());
  assert.is(plan.source, file);
});

page("is short", () => {
  assert.ok(markdown.split("\n").length < 200);
  assert.ok(readFileSync(file, "utf8").split("\n").length < 200);
});

page.run();
