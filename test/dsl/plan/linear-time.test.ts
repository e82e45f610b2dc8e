import { suite } from "uvu";
import * as assert from "uvu/assert";
import { output, section, sh, step, undoBy } from "../../../dsl/index.ts";
import { planOf } from "../../support/compiled.ts";

const linear = suite("compiling");

/** What the compiler reads of the body: every look at a property of a step. */
function readsFor(count: number): number {
  let reads = 0;
  const counted = <T extends object>(node: T): T =>
    new Proxy(node, {
      get: (target, property, receiver) => {
        reads += 1;
        return Reflect.get(target, property, receiver);
      },
    });
  planOf(() => {
    const first = step("first", "First", sh.read`ls`, { outputs: { name: output.text() } });
    const steps = Array.from({ length: count }, (_, index) =>
      counted(
        step(`step-${index}`, `Step ${index}`, sh`touch ${index} ${first.outputs.name}`, {
          env: { NAME: first.outputs.name },
          undo: undoBy("Back", sh`rm ${index}`),
        }),
      ),
    );
    return [first, section("all", "All", steps)];
  });
  return reads;
}

linear("looks as often at a step of a long runbook as at one of a short one", () => {
  const [short, long] = [readsFor(50), readsFor(500)];
  assert.ok(short >= 50 * 10);
  assert.ok(long <= short * 10, `${short} looks at 50 steps, ${long} at 500`);
});

linear.run();
