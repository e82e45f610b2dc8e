import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runbook, sh, step } from "../../../dsl/index.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("hooks");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const two = () =>
  runbook({ id: "two", title: "Two" }, () => [
    step("one", "One", sh`echo one >> effects`, { undo: sh`true` }),
    step("two", "Two", sh`echo two >> effects`, { undo: sh`true` }),
  ]);

test("hear the events of a run in order, with its id, and only those that they name", async () => {
  const heard: string[] = [];
  const some: string[] = [];
  const story = await project.run(two(), {
    hooks: [
      {
        name: "slow",
        run: async ({ type, run }) => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          heard.push(`${type} ${run}`);
        },
      },
      { name: "some", on: ["ended"], run: ({ type }) => void some.push(type) },
    ],
  });
  assert.is(story.exitCode, 0);
  assert.equal(
    heard,
    ["created", "started", "finished", "started", "finished", "ended"].map((type) => `${type} ${story.run}`),
  );
  assert.equal(some, ["ended"]);
});

for (const [how, hook] of [
  [
    "throws",
    () => {
      throw new Error("no connection");
    },
  ],
  ["rejects", async () => Promise.reject(new Error("no connection"))],
  ["rejects with what is no error", async () => Promise.reject("no connection")],
] as const)
  test(`one that ${how} is reported, and stops nothing`, async () => {
    const story = await project.run(two(), { hooks: [{ name: "chat", on: ["started"], run: hook }] });
    assert.is(story.exitCode, 0);
    assert.equal(project.effects(), ["one", "two"]);
    const failed = ofType(story.events, "hook-failed");
    assert.equal(
      failed.map(({ hook: name, event, message }) => [name, event, message]),
      [
        ["chat", "started", "no connection"],
        ["chat", "started", "no connection"],
      ],
    );
  });

test("one that hangs holds up neither the run nor the others, and its end only so long", async () => {
  const heard: string[] = [];
  let told = 0;
  const story = await project.run(two(), {
    hooks: [
      {
        name: "hangs",
        run: () => {
          told += 1;
          return new Promise<void>(() => {});
        },
      },
      { name: "hears", run: ({ type }) => void heard.push(type) },
    ],
  });
  assert.is(story.exitCode, 0);
  // nobody waited until it had hung at each of its six events
  assert.ok(told <= 2, `told ${told} events`);
  assert.is(heard.length, 6);
  const failed = ofType(story.events, "hook-failed");
  assert.ok(failed.length >= 2);
  assert.ok(failed.every(({ hook }) => hook === "hangs"));
  assert.match(failed.at(-1)?.message ?? "", "too slow to hear the last");
});

test.run();
