import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checklist, manual, runbook, secondPerson, sh, step } from "../../../dsl/index.ts";
import type { RunEvent } from "../../../runners/events/run-event.ts";
import { identify } from "../../../runners/identity/identify.ts";
import type { Answer } from "../../../runners/questions/question.ts";
import { type SignedQuestion, signedText } from "../../../runners/questions/signed-text.ts";
import { createRunFixture, ofType } from "../../support/run-fixture.ts";
import {
  alice,
  approved,
  handIn,
  lastQuestion,
  noted,
  openScene,
  refusalOf,
  scene,
  settings,
  undo,
  write,
  yesTo,
} from "./signing-scene.ts";

const test = suite("a second person");
openScene(test);

test("of who runs it does not count under another name, where it takes somebody else", async () => {
  const foreign = approved({ secondPerson: true });
  scene.options = settings([
    `release,alice ${scene.people.publicKeyOf("alice")}`,
    `bo ${scene.people.publicKeyOf("bo")}`,
  ]);
  assert.match(
    await refusalOf((story) => handIn(story, "alice"), foreign),
    "alice runs this, and it takes somebody else",
  );
  scene.options = settings([`al@example.com ${scene.people.publicKeyOf("alice")}`], { alice: ["al@example.com"] });
  const story = await scene.project.resume(foreign, scene.options);
  await handIn(story, "alice");
  assert.match(noted(await scene.project.resume(foreign, scene.options)), "al@example.com runs this");
});

test("of anybody may be that of who runs it, as soon as nobody says any more which signer that is", async () => {
  const foreign = approved({ secondPerson: true });
  const lines = [`bo ${scene.people.publicKeyOf("bo")}`];
  scene.options = settings(lines, { alice: [] });
  const running = scene.project.start(foreign, scene.options);
  const { question } = (await running.waitFor(({ type }) => type === "asked")) as Extract<RunEvent, { type: "asked" }>;
  // what is run is what is named: a file that loses a name while a run waits
  const signature = scene.people.sign("bo", signedText(question as SignedQuestion, yesTo(question)));
  const told = identify({
    question,
    answer: { say: "approve", digest: question.kind === "approval" ? question.digest : "", signature },
    by: alice,
    signers: { file: scene.people.allow(...lines), users: {} },
    operators: new Set(["alice"]),
    vouched: false,
  });
  assert.equal(await told, {
    refusal:
      'nobody can tell which signer alice is, who runs this: write approvals: { users: { "alice": ["..."] } } in lockstep.config.ts, an empty list if none',
  });
  await running.story;
  const story = await scene.project.resume(foreign, scene.options);
  await handIn(story, "bo");
  assert.is((await scene.project.resume(foreign, scene.options)).exitCode, 0);
});

test("of a second person ticks, and stands for the items that it names", async () => {
  const list = runbook({ id: "r", title: "R" }, () => [
    checklist("gates", "Gates", ["Tested", secondPerson("Reviewed"), secondPerson("Announced")]),
    write("one"),
  ]);
  const story = await scene.project.run(list, scene.options);
  const answer: Answer = { say: "tick", items: [2, 3] };
  const text = signedText(lastQuestion(story), { say: "tick", items: [2] });
  await handIn(story, "bo", { answer, text });
  await scene.project.answer("gates", answer, "bo");
  assert.match(noted(await scene.project.resume(list, scene.options)), /it signs another text[\s\S]*it is not signed/);
  await handIn(story, "alice", { answer });
  assert.match(noted(await scene.project.resume(list, scene.options)), "alice runs this");
  await handIn(story, "bo", { answer });
  const { userInfo } = await import("node:os");
  await scene.project.answer("gates", { say: "tick", items: [1] }, userInfo().username);
  assert.is((await scene.project.resume(list, scene.options)).exitCode, 0);
});

test("of a second person says that a manual step is done", async () => {
  const plan = runbook({ id: "r", title: "R" }, () => [
    manual("look", "Look at it", { by: "secondPerson", instructions: "Twice", command: sh.read`cat it` }),
    step("next", "Next", sh`echo next >> effects`, { undo }),
  ]);
  const answer: Answer = { say: "done", asks: {} };
  assert.match(await refusalOf((story) => handIn(story, "alice", { answer }), plan), "alice runs this");
  await handIn(await scene.project.resume(plan, scene.options), "bo", { answer });
  assert.is((await scene.project.resume(plan, scene.options)).exitCode, 0);
});

test("without signers is refused, and a name alone cannot be a second person's or one of two", async () => {
  const { signers: _none, ...unsigned } = scene.options;
  for (const terms of [{ secondPerson: true as const }, { quorum: 2 }]) {
    const fresh = createRunFixture();
    try {
      const question = lastQuestion(await fresh.run(approved(terms), scene.options));
      const given = {
        question,
        answer: yesTo(question),
        by: { user: "bo", host: "here" },
        operators: new Set(["alice"]),
      };
      const { refusal } = (await identify({ ...given, signers: undefined, vouched: false })) as { refusal: string };
      assert.match(refusal, "without a signature nobody can tell: name the allowed signers in lockstep.config.ts");
    } finally {
      await fresh.clean();
    }
  }
  scene.options = unsigned;
  const said = await refusalOf((story) => handIn(story, "bo"));
  assert.match(said, "it is signed, and lockstep.config.ts names no allowed signers");
});

test("is what a message by hand lacks: a name in it is worth no more than the owner of its file", async () => {
  const { signers: _none, ...unsigned } = scene.options;
  scene.options = unsigned;
  const { userInfo } = await import("node:os");
  const me = userInfo().username;
  const said = await refusalOf((story) => scene.project.answer("go", yesTo(lastQuestion(story)), "bo"));
  assert.is(said, `the answer of bo does not count: it is not signed, and came in a file of ${me}`);
  const story = await scene.project.resume(approved(), { ...scene.options, roles: {} });
  await scene.project.answer("go", yesTo(lastQuestion(story)), me);
  const went = await scene.project.resume(approved(), { ...scene.options, roles: {} });
  assert.is(went.exitCode, 0);
  assert.is(ofType(went.events, "answered")[0]?.unsigned, true);
});

test.run();
