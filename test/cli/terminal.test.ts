import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project, readingRunbook, runbookText } from "../support/lockstep-command.ts";
import { inTerminal } from "../support/terminal-command.ts";

const terminal = suite("in a terminal");

terminal("a table is cut at the width, and in a pipe it is not", async () => {
  const summary = "A summary that is much longer than what is left of sixty columns";
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello", `summary: "${summary}"`) });
  await lockstep("list").in(folder).prints(`hello  ${summary}\n`);
  const { screen } = await inTerminal(folder, ["list"]);
  assert.is(screen, `${`hello  ${summary}`.slice(0, 57)}...\n`);
});

terminal("a list with little room has each summary below its runbook", async () => {
  const id = "deploy-everything-to-every-cluster";
  const folder = await project({
    [`runbooks/${id}.runbook.ts`]: readingRunbook(id, 'summary: "Deploys all of it, one by one"'),
  });
  assert.is((await inTerminal(folder, ["list"])).screen, `${id}\n  Deploys all of it, one by one\n`);
});

terminal(
  "a page that is longer than the window is read from its beginning, in the pager; without one it is printed",
  async () => {
    const steps = Array.from({ length: 30 }, (_, at) => `step("s${at}", "Look ${at}", sh.read\`echo ${at}\`)`).join(
      ", ",
    );
    const folder = await project({ "runbooks/long.runbook.ts": runbookText("long", steps) });
    const paged = await inTerminal(folder, ["show", "long"], { env: { PAGER: "head -n 1 | sed 's/^/first: /'" } });
    assert.match(paged.text, /^first: [^\n]+\n$/);
    for (const pager of ["cat", "no-such-pager -R", "", " "]) {
      const { text, exitCode } = await inTerminal(folder, ["show", "long"], { env: { PAGER: pager } });
      assert.match(text, /^\[ \] 30 Look 29/m);
      assert.not.match(text, /not found/);
      assert.is(exitCode, 0);
    }
  },
);

terminal("words are coloured, unless NO_COLOR or --no-color says no", async () => {
  const folder = await project({ "runbooks/hello.runbook.ts": readingRunbook("hello") });
  assert.match((await inTerminal(folder, ["run", "hello", "--auto"])).screen, /\x1b\[32mok\x1b\[39m {8}\d/);
  assert.not.match((await inTerminal(folder, ["run", "hello", "--auto"], { env: { NO_COLOR: "1" } })).screen, /\x1b/);
  assert.not.match((await inTerminal(folder, ["run", "hello", "--auto", "--no-color"])).screen, /\x1b/);
});

terminal("--no-color is for lockstep, and a step does not hear of it", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText("a", 'step("look", "Look", sh.read`echo "colour: \\${NO_COLOR-as ever}"`)'),
  });
  await lockstep("run", "a", "--no-color")
    .in(folder)
    .says(/colour: as ever\n/)
    .prints(/^Done/);
  await lockstep("run", "a")
    .in(folder)
    .env({ NO_COLOR: "1" })
    .says(/colour: 1\n/)
    .prints(/^Done/);
});

terminal("an approval takes the word, and nothing else", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText(
      "a",
      `approval("go", "Go on", { by: ["anybody"] }), step("write", "Write", sh\`echo done\`, { undo: notNeeded("a test") })`,
    ),
  });
  await lockstep("run", "a", "-q")
    .in(folder)
    .says(/asks/)
    .prints(/^Suspended/)
    .exits(75);
  const { stdout } = await lockstep("runs", "--json").in(folder).prints(/./);
  const [{ run }] = JSON.parse(stdout);
  const wrong = await inTerminal(folder, ["approve", run, "1"], { prompt: /approve and Enter\./, keys: "approv\n" });
  assert.match(wrong.text, /Approves exactly this:\n {7}2 {2}WRITE {2}Write\n/);
  assert.match(wrong.text, /"approv" is not "approve"\. Nothing was done\.\n/);
  assert.is(wrong.exitCode, 3);
  const right = await inTerminal(folder, ["approve", run, "1"], { prompt: /approve and Enter\./, keys: "approve\n" });
  assert.match(right.text, /✓ 1 approved by \w+\. Goes on with: lockstep resume \w{4}\n/);
  assert.is(right.exitCode, 0);
  await lockstep("resume")
    .in(folder)
    .says(/2 {5}ok/)
    .prints(/^Done/);
});

terminal.run();
