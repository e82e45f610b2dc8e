import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  choose,
  compile,
  notNeeded,
  param,
  runbook,
  section,
  sh,
  step,
  when,
} from "../../../dsl/index.ts";
import { renderGraph } from "../../../renderers/index.ts";
import { everyPlan, helloPlan } from "../sample-plans.ts";

const graph = suite("graph");
const part = (id: string) =>
  section(id, id.toUpperCase(), [step(`${id}-step`, "Do it", sh`true`, { undo: notNeeded("it does nothing") })]);

graph("has sections as nodes, approvals on edges and guards dotted", async () => {
  const mermaid = await renderGraph(everyPlan, "mermaid");
  assert.is(
    mermaid,
    `flowchart LR
  s1["1 Prepare"] --> s2["2 Verify"]
  s2 -- "3.1 Approval" --> s3["3 Switch"]
  s3 --> s4["4 Validate"]
  s3 & s4 -. "above a threshold" .-> back(["Rollback"])
`,
  );
});

graph("of a runbook without sections has its steps", async () => {
  assert.is(await renderGraph(helloPlan, "mermaid"), 'flowchart LR\n  s1["1 Build"]\n');
});

graph("forks where sections are chosen or conditional, and joins after them", async () => {
  const forked = runbook(
    { id: "forked", title: "Forked", params: { way: param.oneOf(["x", "y"]), more: param.boolean() } },
    (p) => [part("a"), choose("way", p.way, { x: [part("b")], y: [part("c")] }), when(p.more, [part("d")]), part("e")],
  ) as unknown as AnyRunbook;
  const { edges } = JSON.parse(await renderGraph(compile(forked), "json")) as { edges: { from: string; to: string }[] };
  assert.equal(
    edges.map(({ from, to }) => `${from}${to}`),
    ["s1s2", "s1s3", "s2s4", "s3s4", "s2s5", "s3s5", "s4s5"],
  );
});

graph("goes down the page when it is too wide for it", async () => {
  const long = runbook({ id: "long", title: "Long" }, () =>
    ["a", "b", "c", "d", "e", "f"].map(part),
  ) as unknown as AnyRunbook;
  assert.match(await renderGraph(compile(long), "mermaid"), "flowchart TD");
});

graph("is drawn by Graphviz", async () => {
  const svg = await renderGraph(everyPlan, "svg");
  assert.match(svg, "<svg");
  assert.match(svg, "3.1 Approval");
});

graph.run();
