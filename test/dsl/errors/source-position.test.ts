import { suite } from "uvu";
import * as assert from "uvu/assert";
import { positionOf } from "../../../dsl/errors/source-position.ts";

const test = suite("the position of a call");

for (const [frame, file] of [
  ["at book (/app/a.runbook.ts:3:7)", "/app/a.runbook.ts"],
  ["at /app/a.runbook.ts:3:7", "/app/a.runbook.ts"],
  ["at async file:///app/a.runbook.ts:3:7", "/app/a.runbook.ts"],
  ["at Object.<anonymous> (/me/app (copy)/a (1).runbook.ts:3:7)", "/me/app (copy)/a (1).runbook.ts"],
  ["at file:///me/app%20(copy)/a.runbook.ts:3:7", "/me/app (copy)/a.runbook.ts"],
  ["at async Promise.all (file:///me/app%20(copy)/a.runbook.ts:3:7)", "/me/app (copy)/a.runbook.ts"],
] as const)
  test(frame, () => {
    assert.equal(positionOf({ stack: `Error\n    at Array.map (<anonymous>)\n    ${frame}` }), {
      file,
      line: 3,
      column: 7,
    });
  });

test("is unknown where no frame is in a file", () => {
  assert.is(positionOf({ stack: "Error\n    at eval (eval at run (/app/x.js:1:2), <anonymous>:1:1)" }), undefined);
});

test.run();
