import { suite } from "uvu";
import * as assert from "uvu/assert";
import { approval, notNeeded, section, sh, step } from "../../../dsl/index.ts";
import type { Plan, PlanBlock } from "../../../dsl/plan/plan.ts";
import { coverDigest } from "../../../runners/engine/approval-cover.ts";
import { planOf } from "../../support/compiled.ts";

const test = suite("what approvals cover");

/** How often the steps of a runbook with so many approvals are looked at to tell what each of them covers. */
function looksFor(count: number): number {
  let looks = 0;
  const counted = <T extends object>(node: T): T =>
    new Proxy(node, {
      get: (target, property, receiver) => {
        looks += 1;
        return Reflect.get(target, property, receiver);
      },
    });
  const ids = Array.from({ length: count }, (_, index) => index);
  const plan = planOf(() => [
    section(
      "all",
      "All",
      ids.flatMap((id) => [
        approval(`go-${id}`, "Go", { by: ["boss"] }),
        step(`do-${id}`, "Do", sh`touch ${id}`, { undo: notNeeded("a test") }),
      ]),
    ),
  ]);
  const watched = {
    ...plan,
    body: plan.body.map(
      (block): PlanBlock => (block.block === "section" ? { ...block, body: block.body.map(counted) } : block),
    ),
  } satisfies Plan;
  const digests = ids.map((id) => coverDigest(watched, `go-${id}`));
  assert.is(new Set(digests).size, count);
  return looks;
}

test("are told without looking at every step again for each of them", () => {
  const [few, many] = [looksFor(20), looksFor(200)];
  assert.ok(few >= 20 * 2);
  assert.ok(many <= few * 10 * 1.1, `${few} looks for 20, ${many} for 200`);
});

test.run();
