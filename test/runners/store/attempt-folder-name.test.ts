import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { attemptFolderName } from "../../../runners/store/attempt-folder-name.ts";

const test = suite("attempt folder name");

test("names stay readable", () => {
  assert.is(attemptFolderName("green-rollout", 1), "green-rollout.1");
  assert.is(attemptFolderName("rollback/undo-image", 2), "rollback+undo-image.2");
  assert.is(attemptFolderName("id[2]", 1), "id@2~.1");
  assert.is(attemptFolderName("undo:to-green", 12), "undo=to-green.12");
});

const anyStep = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.stringMatching(/^[a-zA-Z0-9+=@~_./:[\]h-]{1,12}$/),
  fc.string({ unit: fc.constantFrom("a", "/", "_"), minLength: 150, maxLength: 400 }),
  fc.constantFrom("..", ".", "\0", "\ud800", "\udc00", "\ud800\udc00", "é", "e\u0301", "a.1", "A", "a"),
);

test("every name is one name, that a shell needs no quotes for", () => {
  fc.assert(
    fc.property(anyStep, fc.integer({ min: 1, max: 1e6 }), (step, attempt) => {
      const name = attemptFolderName(step, attempt);
      assert.match(name, /^[a-z0-9+=@~_-]+\.[1-9][0-9]*$/);
      assert.ok(name.length <= 255);
    }),
  );
});

test("no two attempts share a name", () => {
  fc.assert(
    fc.property(anyStep, anyStep, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), (a, b, m, n) => {
      assert.is(attemptFolderName(a, m) === attemptFolderName(b, n), a === b && m === n);
    }),
    { numRuns: 2000 },
  );
});

test("steps that differ only far behind do not share a name", () => {
  const long = "a".repeat(300);
  assert.is.not(attemptFolderName(`${long}b`, 1), attemptFolderName(`${long}c`, 1));
});

test("what is no attempt has no name", () => {
  for (const [step, attempt] of [
    ["", 1],
    ["a", 0],
    ["a", 1.5],
    ["a", Number.NaN],
  ] as const) {
    assert.throws(() => attemptFolderName(step, attempt), RangeError);
  }
});

test.run();
