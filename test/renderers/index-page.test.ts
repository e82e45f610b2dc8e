import { suite } from "uvu";
import * as assert from "uvu/assert";
import { renderIndex } from "../../renderers/index.ts";
import { anchorsOf, tokensOf } from "./markdown/read-markdown.ts";
import { everyPlan, helloPlan } from "./sample-plans.ts";

const index = suite("index page");
const plans = [
  { ...everyPlan, source: "runbooks/web-shop/every-kind.runbook.ts" },
  { ...helloPlan, source: "runbooks/hello.runbook.ts" },
];

index("groups runbooks by their folder, with links and summaries", async () => {
  const page = await renderIndex(plans, { linkTo: (id) => `pages/${id}.md` });
  assert.match(page, "## Runbooks\n\n- [Hello](pages/hello.md)\n");
  assert.match(page, "## web-shop\n\n- [Every kind of step](pages/every-kind.md): Shows `every` kind once.");
});

index("has the environments with their facts, one row a fact", async () => {
  const page = await renderIndex(plans);
  assert.ok(anchorsOf(page).has("environments"));
  assert.match(page, "| Replicas | 3+ (auto-scaling) | 1 |");
  assert.match(page, "| Owner |  | team `ops` |");
  assert.is(tokensOf(page).filter(({ type }) => type === "table_open").length, 1);
});

index("of runbooks without environments has no table", async () => {
  assert.not.match(await renderIndex([helloPlan]), "|");
});

index.run();
