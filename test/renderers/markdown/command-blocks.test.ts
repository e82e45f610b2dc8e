import { execFileSync } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Plan } from "../../../dsl/index.ts";
import { renderMarkdown } from "../../../renderers/index.ts";
import { allCommands, everyPlan, helloPlan } from "../sample-plans.ts";
import { blocksOf } from "./read-markdown.ts";

const blocks = suite("command blocks");

for (const plan of [helloPlan, everyPlan]) {
  blocks(`of ${plan.id} hold every command once, character for character`, async () => {
    const found = [...blocksOf(await renderMarkdown(plan), "bash"), ...blocksOf(await renderMarkdown(plan), "ts")];
    for (const command of allCommands(plan)) {
      const holding = found.filter((block) => block === command || block.split("\n").includes(command));
      assert.ok(holding.length >= 1, `${command} stands in no block`);
      const times = allCommands(plan).filter((other) => other === command).length;
      assert.is(holding.length, times + queriesOfGates(plan, command), command);
    }
  });

  blocks(`of ${plan.id} are shell text that bash and a pasting person can take`, async () => {
    for (const block of blocksOf(await renderMarkdown(plan), "bash")) {
      const text = block.replace(/<[a-z-]+>/g, "value");
      assert.not.throws(() => execFileSync("bash", ["-n"], { input: text }), text);
      assert.not.match(text, /^\s*#/m);
    }
  });
}

/** A gate with one measurement shows its query itself; with several they stand under Measurements alone. */
function queriesOfGates(plan: Plan, command: string): number {
  const gates = JSON.stringify(plan).split('"kind":"gate"').length - 1;
  return gates > 0 && command === "queue length" ? 1 : 0;
}

blocks("are fenced by more backticks than any run inside", async () => {
  assert.ok(blocksOf(await renderMarkdown(everyPlan), "ts").some((block) => block.includes("````")));
});

blocks("that only show an original line are no bash blocks", async () => {
  const page = await renderMarkdown(everyPlan);
  assert.equal(blocksOf(page, "text"), ["curl -s http://x/q?{a}", "curl http://x/{a}"]);
  assert.not.ok(blocksOf(page, "bash").some((block) => block.includes("{a}")));
});

blocks.run();
