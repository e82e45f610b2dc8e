import { suite } from "uvu";
import * as assert from "uvu/assert";
import { signedText } from "../../../runners/questions/signed-text.ts";
import { writeInbox } from "../../../runners/store/inbox.ts";
import { createRunFixture, ofType, type RunStory } from "../../support/run-fixture.ts";
import {
  approved,
  handIn,
  lastQuestion,
  noted,
  openScene,
  refusalOf,
  scene,
  settings,
  yesTo,
} from "./signing-scene.ts";

const test = suite("a signature");
openScene(test);

test("tells who approved, whatever the answer says of itself, and stands in the journal", async () => {
  await handIn(await scene.project.run(approved(), scene.options), "bo");
  const story = await scene.project.resume(approved(), scene.options);
  assert.is(story.exitCode, 0, story.message);
  const [answered] = ofType(story.events, "answered");
  assert.is(answered?.by.user, "bo");
  assert.is(answered?.unsigned, false);
  assert.is(answered?.signature?.person, "bo");
  assert.is(answered?.signature?.fingerprint, scene.people.fingerprintOf("bo"));
  assert.match(answered?.answer.say === "approve" ? (answered.answer.signature ?? "") : "", "BEGIN SSH SIGNATURE");
  assert.equal(scene.project.effects(), ["one"]);
});

test("reaches a run that waits", async () => {
  const run = scene.project.start(approved(), { ...scene.options, prompter: { ask: () => new Promise(() => {}) } });
  const asked = await run.waitFor(({ type }) => type === "asked");
  await handIn({ events: [asked] } as unknown as RunStory, "bo");
  assert.is((await run.story).exitCode, 0);
});

test("is of a text that says what is done, where, how it is undone, and to which question", async () => {
  const text = signedText(lastQuestion(await scene.project.run(approved(), scene.options)), {
    say: "approve",
    digest: "",
  });
  const { id } = await scene.project.folder();
  for (const line of [
    new RegExp(`^run +${id}$`, "m"),
    /^runbook +approved: Approved$/m,
    /^environment +\(none\)$/m,
    /^step +1 Go on$/m,
    /^question +go#1$/m,
    /^digest +[0-9a-f]{64}$/m,
    /^2 Do one$/m,
    /^ {2}effect +write$/m,
    /^ {2}on +this machine$/m,
    /^ {2}command +echo one >> effects$/m,
    /^ {2}undo +echo undo-one >> effects$/m,
  ])
    assert.match(text, line);
});

test("is needed where signers are named: a name alone does not count, and the refusal says what to do", async () => {
  const { id } = await scene.project.folder().catch(() => ({ id: "" }));
  assert.is(id, "");
  const said = await refusalOf((story) => scene.project.answer("go", yesTo(lastQuestion(story)), "bo"));
  assert.match(
    said,
    /it is not signed: sign what lockstep approve \w+ 1 --request prints, and hand it in by --signature FILE/,
  );
});

test("of another run does not count", async () => {
  const other = createRunFixture();
  try {
    const elsewhere = await other.run(approved(), scene.options);
    const text = signedText(lastQuestion(elsewhere), yesTo(lastQuestion(elsewhere)));
    assert.match(
      await refusalOf((story) => handIn(story, "bo", { text })),
      "it signs another text than what is asked here",
    );
  } finally {
    await other.clean();
  }
});

test("of another step does not count", async () => {
  const said = await refusalOf((story) => {
    const question = { ...lastQuestion(story), number: "2", id: "more#1" };
    return handIn(story, "bo", { text: signedText(question, yesTo(question)) });
  });
  assert.match(said, "it signs another text");
});

test("of an earlier round does not count: what an edit made void cannot be handed in again", async () => {
  const first = await scene.project.run(approved(), scene.options);
  const text = signedText(lastQuestion(first), yesTo(lastQuestion(first)));
  await scene.project.resume(approved({}, "uno"), { ...scene.options, acceptChanges: true });
  const back = await scene.project.resume(approved(), { ...scene.options, acceptChanges: true });
  assert.is(lastQuestion(back).id, "go#3");
  await handIn(back, "bo", { text });
  assert.match(noted(await scene.project.resume(approved(), scene.options)), "it signs another text");
});

test("of what a changed journal asks does not count", async () => {
  const said = await refusalOf((story) => {
    const question = lastQuestion(story);
    const changed = { ...question, ...(question.kind === "approval" ? { covers: [] } : {}) };
    return handIn(story, "bo", { text: signedText(changed, yesTo(question)) });
  });
  assert.match(said, "it signs another text");
});

test("by a key that nobody knows does not count", async () => {
  const said = await refusalOf((story) => handIn(story, "stranger"));
  assert.match(said, `the key ${scene.people.fingerprintOf("stranger")} is none of `);
});

test("by a key that has expired does not count", async () => {
  scene.options = settings([`bo valid-before="20200101" ${scene.people.publicKeyOf("bo")}`]);
  assert.match(await refusalOf((story) => handIn(story, "bo")), /the key SHA256:\S+ has expired, by /);
});

test("by a key that is not valid yet does not count", async () => {
  scene.options = settings([`bo valid-after="29990101" ${scene.people.publicKeyOf("bo")}`]);
  assert.match(await refusalOf((story) => handIn(story, "bo")), /the key SHA256:\S+ is not yet valid, by /);
});

test("by a key that is allowed for other things only does not count", async () => {
  scene.options = settings([`bo namespaces="git" ${scene.people.publicKeyOf("bo")}`]);
  assert.match(await refusalOf((story) => handIn(story, "bo")), /does not count: /);
});

test("by somebody without the role does not count", async () => {
  const said = await refusalOf((story) => handIn(story, "mallory"));
  assert.match(said, "mallory is no release-manager by lockstep.config.ts");
});

test("that was made for something else, such as a commit, does not count", async () => {
  const said = await refusalOf((story) => handIn(story, "bo", { namespace: "git" }));
  assert.match(said, "it is no signature for the namespace lockstep");
});

test("that is none does not count", async () => {
  const said = await refusalOf(async (story) => {
    const { step: key, id } = lastQuestion(story);
    for (const signature of ["", "yes", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----"])
      await writeInbox(await scene.project.folder(), {
        kind: "answer",
        step: key,
        question: id,
        by: "bo",
        answer: { ...yesTo(lastQuestion(story)), signature },
      });
  });
  assert.is(said.split("\n").length, 3);
  for (const line of said.split("\n")) assert.match(line, "it is no SSH signature");
});

test("counts once for a person, by whatever name and key", async () => {
  const two = approved({ quorum: 2 });
  scene.options = settings([
    `bo,bob ${scene.people.publicKeyOf("bo")}`,
    `robert ${scene.people.publicKeyOf("bo")}`,
    `bo ${scene.people.publicKeyOf("spare")}`,
    `eva ${scene.people.publicKeyOf("eva")}`,
  ]);
  const story = await scene.project.run(two, scene.options);
  for (const key of ["bo", "bo", "spare"]) await handIn(story, key);
  const half = await scene.project.resume(two, scene.options);
  assert.is(half.exitCode, 75);
  assert.match(noted(half), "that person has approved already");
  assert.is(noted(half).split("\n").length, 2);
  await handIn(story, "eva");
  assert.is((await scene.project.resume(two, scene.options)).exitCode, 0);
});

test.run();
