import { stripVTControlCharacters } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { renderShow } from "../../../renderers/index.ts";
import { allCommands, everyPlan, helloPlan } from "../sample-plans.ts";

const show = suite("show");

show("wraps words at the width and commands never", () => {
  const lines = renderShow(everyPlan, { width: 50 }).split("\n");
  const commands = new Set(allCommands(everyPlan).flatMap((command) => command.split("\n")));
  const long = lines.filter((line) => line.length > 50 && !commands.has(line.trim()));
  // Long words and what gates, folders and quotes print stand whole as well.
  assert.equal(
    long.filter((line) => line.trim().includes(" ") && !/^\s*(curl|kill|async|git|kubectl)/.test(line)),
    [],
  );
  for (const command of commands)
    assert.ok(
      lines.some((line) => line.trim() === command.trim()),
      command,
    );
});

show("wraps a title", () => {
  const title = "A title that is longer than twenty columns";
  const lines = renderShow({ ...helloPlan, title }, { width: 20 }).split("\n");
  assert.equal(lines.slice(0, 4), ["A title that is", "longer than twenty", "columns", ""]);
});

show("has neither HTML nor Markdown links", () => {
  const text = renderShow(everyPlan);
  assert.not.match(text, /<a |\]\(|\*\*[A-Z]/);
});

show("colours only when it may", () => {
  assert.not.match(renderShow(everyPlan, { color: false }), "\u001b");
  const coloured = renderShow(everyPlan, { color: true });
  assert.match(coloured, "\u001b[1m");
  assert.is(stripVTControlCharacters(coloured), renderShow(everyPlan, { color: false }));
});

show("is a few lines for a small runbook", () => {
  assert.is(
    renderShow(helloPlan),
    `Hello\n\nRun lockstep run hello, or by hand:\n\n[ ] 1 Build\n    make build\n\nLeft in place: 1 (nothing that runs is changed).\n\ndigest ${helloPlan.runbookDigest.slice(0, 12)}\n`,
  );
});

show.run();
