import { getEventListeners } from "node:events";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  ask,
  background,
  check,
  checklist,
  gate,
  manual,
  measurement,
  notNeeded,
  onlyNumber,
  param,
  quantity,
  runbook,
  seconds,
  section,
  sh,
  step,
  text,
} from "../../../dsl/index.ts";
import { dryRun } from "../../../runners/engine/dry-run.ts";
import type { Question } from "../../../runners/questions/question.ts";
import { scriptedPrompter } from "../../../runners/testing/index.ts";
import { createRunFixture, finishedOf } from "../../support/run-fixture.ts";

const test = suite("secrets in words");
const secret = "hunter2-and-more";
let project = createRunFixture();
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const listing = runbook(
  { id: "listing", title: "Listing", params: { token: param.secret(), place: param.string({ example: "here" }) } },
  (p) => [
    step("use", "Use it", sh`test -n "$TOKEN"`, { env: { TOKEN: p.token }, undo: notNeeded("nothing is changed") }),
    checklist("list", "Look", [text`Look at ${p.place}`, check(text`Truth holds at ${p.place}`, sh.read`true`)]),
  ],
);

test("a question that is put to a person has no secret in its words", async () => {
  const asked: Question[] = [];
  const prompter = {
    ask: async (question: Question) => {
      asked.push(question);
      return { say: "tick", items: [1] } as const;
    },
  };
  const story = await project.run(listing, {
    values: { place: `a ${secret} place` },
    secrets: { token: secret },
    mode: "interactive",
    prompter,
  });
  assert.is(story.exitCode, 0, JSON.stringify(story));
  assert.is(asked.length, 1);
  assert.not.match(JSON.stringify(asked), secret);
  assert.match(JSON.stringify(asked), "Look at a *** place");
});

test("what a person types is masked before it is kept, or used: asked for, sent from elsewhere, and as a reason", async () => {
  const source = runbook({ id: "asking", title: "Asking", params: { token: param.secret() } }, (p) => {
    const look = manual("look", "Look", { asks: { said: ask.line("what it said") } });
    return [
      look,
      step("use", "Use it", sh`echo ${look.outputs.said} > used; test -n "$TOKEN"`, {
        env: { TOKEN: p.token },
        undo: notNeeded("a test"),
      }),
      manual("later", "Later", { asks: { said: ask.line("what it said") } }),
      manual("last", "Last"),
    ];
  });
  const typed = `its password is ${secret}!`;
  const prompter = scriptedPrompter({
    look: { say: "done", asks: { said: typed } },
    last: { say: "refuse", reason: typed },
  });
  const run = project.start(source, { secrets: { token: secret }, mode: "interactive", prompter });
  await run.waitFor((event) => event.type === "asked" && event.question.step === "later");
  const story = await run.story;
  assert.is(story.exitCode, 75, story.message);
  assert.is(project.read("used"), "its password is ***!\n");
  await project.answer("later", { say: "done", asks: { said: typed } });
  const refused = await project.resume(source, { secrets: { token: secret }, mode: "interactive", prompter });
  assert.is(refused.exitCode, 3, refused.message);
  for (const kept of [project.stateText(), JSON.stringify(story), JSON.stringify(refused)])
    assert.not.match(kept, typed);
  assert.equal(finishedOf(await project.journal(), "later")[0]?.outputs, { said: "its password is ***!" });
});

test("what a person chooses is what the runbook offers, and stays as it is", async () => {
  const source = runbook({ id: "asking", title: "Asking", params: { token: param.secret() } }, (p) => [
    manual("look", "Look", { asks: { way: ask.oneOf("which", ["postgres", "mysql"]) } }),
    step("use", "Use it", sh`test -n "$TOKEN"`, { env: { TOKEN: p.token }, undo: notNeeded("a test") }),
  ]);
  const prompter = scriptedPrompter({ look: { say: "done", asks: { way: "postgres" } } });
  const story = await project.run(source, { secrets: { token: "postgres" }, mode: "interactive", prompter });
  assert.equal(finishedOf(story.events, "look")[0]?.outputs, { way: "postgres" });
});

test("what was checked is journaled as people read it, with its values", async () => {
  const { events } = await project.run(listing, { values: { place: "home" }, secrets: { token: secret } });
  const checked = events.find((event) => event.type === "item-checked");
  assert.is(checked?.type === "item-checked" && checked.text, "Truth holds at home");
});

test("an evaluated dry run runs no check and no read whose secret is missing", async () => {
  const plan = project.plan(
    runbook({ id: "dry", title: "Dry", params: { token: param.secret() } }, (p) => [
      section("with", "With it", { env: { TOKEN: p.token } }, [
        checklist("list", "Look", [check("Truth holds", sh.read`touch ${`${project.root}/checked`}`)]),
      ]),
      step("read", "Read", sh.read`touch ${`${project.root}/read`}`, { stdin: p.token }),
    ]),
  );
  const remarks: unknown[] = [];
  for await (const event of dryRun(plan, { root: project.root, evaluate: true }))
    if (event.type === "step") remarks.push(event.seen?.remark);
  assert.equal(remarks, Array(2).fill("not run: the secret token has no value"));
  assert.not(project.exists("checked") || project.exists("read"));
});

test("the variable that a secret comes from is inherited by no command of run(), rollback() and dryRun()", async () => {
  const look = (name: string) => sh.read`printf %s "\${SOURCE_OF_TOKEN-none} \${OWN-none}" > ${name}`;
  const quiet = measurement("quiet", "Quiet", {
    measures: "noise",
    query: sh.read`echo "\${SOURCE_OF_TOKEN-none}" > sampled; echo 0`,
    reading: onlyNumber,
  });
  const source = runbook(
    { id: "r", title: "R", params: { token: param.secret({ from: { env: "SOURCE_OF_TOKEN" } }) } },
    (p) => [
      step("make", "Make", sh`printf %s "\${SOURCE_OF_TOKEN-none} \${OWN-none}" > made`, {
        env: { OWN: p.token },
        undo: look("undone"),
        probe: look("probed"),
      }),
      step("same", "By the same name", look("same"), { env: { SOURCE_OF_TOKEN: p.token } }),
      background("beside", "Beside", sh.read`echo "\${SOURCE_OF_TOKEN-none}" > beside; echo ready; sleep 300`, {
        ready: "ready",
      }),
      checklist("list", "Look", [check("Truth holds", look("checked"))]),
      gate("steady", "Steady", { failIf: [quiet.above(quantity(1))], hold: seconds(0) }),
    ],
  );
  process.env["SOURCE_OF_TOKEN"] = secret;
  try {
    const secrets = { token: secret };
    for await (const _event of dryRun(project.plan(source), { root: project.root, evaluate: true, secrets }));
    assert.is(project.read("checked"), "none none");
    const story = await project.run(source, { secrets });
    assert.is(story.exitCode, 0, JSON.stringify(story));
    await project.rollback({ secrets });
    assert.is(process.env["SOURCE_OF_TOKEN"], secret);
  } finally {
    delete process.env["SOURCE_OF_TOKEN"];
  }
  assert.is(project.read("made"), `none ${secret}`);
  assert.is(project.read("undone"), `none ${secret}`);
  assert.is(project.read("same"), `${secret} none`);
  for (const name of ["beside", "sampled"]) assert.is(project.read(name), "none\n", name);
  assert.is(project.read("checked"), "none none");
});

test("a run that is over listens to nothing any more", async () => {
  const { signal } = new AbortController();
  await project.run(listing, { values: { place: "home" }, secrets: { token: secret }, signal });
  assert.equal(getEventListeners(signal, "abort"), []);
});

test.run();
