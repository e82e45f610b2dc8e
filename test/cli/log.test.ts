import { readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, readingRunbook } from "../support/lockstep-command.ts";
import { inTerminal } from "../support/terminal-command.ts";

const log = suite("log");

const passes = `import { above, notNeeded, output, repeat, runbook, sh, step } from "lockstep";
export default runbook({ id: "passes", title: "Passes" }, () => [
  step("write", "Write", sh\`echo written > file && echo wrote\`, { undo: [sh\`rm file && echo removed\`, sh\`echo swept\`] }),
  repeat("poll", "Poll", { limit: 5 }, () => {
    const count = step("count", "Count", sh\`echo x >> counted; wc -l < counted\`, { outputs: { lines: output.integer() }, undo: notNeeded("a test") });
    return { body: [count], until: above(count.outputs.lines, 2) };
  }),
]);
`;

async function ranIn(folder: string): Promise<string> {
  const [run = ""] = readdirSync(join(folder, ".lockstep/runs"));
  return run;
}

log("takes every name of a step that it prints", async () => {
  const folder = await project({ "runbooks/passes.runbook.ts": passes });
  await lockstep("run", "passes", "-q").in(folder).says(/./).prints(/^Done/);
  const run = await ranIn(folder);
  await lockstep("rollback", run)
    .in(folder)
    .says(/undone/)
    .prints(/./)
    .exits(4);
  const { stdout } = await lockstep("log", run)
    .in(folder)
    .prints(/Undo 1/, /\[3\]/);
  const names = stdout.split("\n").flatMap((line) => /^\S+ {2}(Undo \S+|[\d.]+\S*) {2}/.exec(line)?.[1] ?? []);
  assert.ok(names.length >= 5, stdout);
  const printed = new Map<string, string>();
  for (const name of names) printed.set(name, (await lockstep("log", run, name).in(folder).prints(/./)).stdout);
  const last = names.filter((name) => name.endsWith("[3]"));
  assert.is(last.length, 1, stdout);
  assert.is(printed.get(last[0] ?? ""), "3\n");
  assert.is(printed.get((last[0] ?? "").replace("[3]", "[1]")), "1\n");
  assert.is(printed.get("Undo 1"), "removed\nswept\n");
  // two words, as they stand there
  await lockstep("log", run, "Undo", "1").in(folder).prints("removed\nswept\n");
  await lockstep("log", run, "undo:write").in(folder).prints("removed\nswept\n");
  await lockstep("log", run, "undo:write.2").in(folder).prints("swept\n");
  await lockstep("log", run, "Undo", "7")
    .in(folder)
    .says(new RegExp(`^error: run ${run} has no step Undo 7\\. `))
    .exits(2);
});

log("shows of a step in a repeat its last pass unless it says another", async () => {
  const folder = await project({ "runbooks/passes.runbook.ts": passes });
  await lockstep("run", "passes", "-q").in(folder).says(/./).prints(/^Done/);
  const run = await ranIn(folder);
  await lockstep("log", run, "count").in(folder).prints("3\n");
  await lockstep("log", run, "count[2]").in(folder).prints("2\n");
});

log("reads a log of any size, as far as somebody wants it", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  await lockstep("run", "hello", "-q").in(folder).says(/./).prints(/^Done/);
  const run = await ranIn(folder);
  const file = join(folder, ".lockstep/runs", run, "attempts/look.1/log");
  truncateSync(file, 3 * 2 ** 30);
  await lockstep("log", run, "look").in(folder).through(["bash", "-c", '"$@" | head -c 5', "-"]).prints("seen\n");
  const text = Array.from({ length: 60_000 }, (_, at) => `line ${at} of many\n`).join("");
  writeFileSync(file, text);
  await lockstep("log", run, "look").in(folder).prints(text);
});

log("shows a terminal no control sequence of an output, wherever it is cut", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  await lockstep("run", "hello", "-q").in(folder).says(/./).prints(/^Done/);
  const run = await ranIn(folder);
  // without an end of its line, in pieces that a stream would read in several
  const text = `${"é".repeat(300_000)}\x1b[2Jend\x1b[5mno`;
  writeFileSync(join(folder, ".lockstep/runs", run, "attempts/look.1/log"), text);
  const { screen } = await inTerminal(folder, ["log", run, "look"]);
  assert.not.match(screen, /\x1b|\ufffd/);
  assert.match(screen, /éendno\s*$/);
  assert.is(screen.match(/é/g)?.length, 300_000);
});

log.run();
