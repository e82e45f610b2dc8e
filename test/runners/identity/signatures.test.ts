import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type AnyRunbook, approval, checklist, manual, runbook, secondPerson, sh, step } from "../../../dsl/index.ts";
import type { Answer, Question } from "../../../runners/questions/question.ts";
import { type SignedQuestion, signedText } from "../../../runners/questions/signed-text.ts";
import type { RunOptions } from "../../../runners/run-options.ts";
import { writeInbox } from "../../../runners/store/inbox.ts";
import { createRunFixture, ofType, type RunFixture, type RunStory } from "../../support/run-fixture.ts";
import { type SigningPeople, signingPeople } from "../../support/signing-people.ts";

const test = suite("a signature");
let people: SigningPeople;
let project: RunFixture;
let options: Partial<RunOptions>;
test.before(() => {
  people = signingPeople();
});
test.before.each(() => {
  project = createRunFixture();
  options = settings(["alice", "bo", "eva", "mallory"].map((name) => `${name} ${people.publicKeyOf(name)}`));
});
test.after.each(() => project.clean());
test.after(() => people.clean());

const alice = { user: "alice", host: "here" };
const undo = sh`true`;

function settings(
  lines: readonly string[],
  users: Readonly<Record<string, readonly string[]>> = {},
): Partial<RunOptions> {
  const file = people.allow(...lines);
  return { by: alice, signers: { file, users }, roles: { "release-manager": ["alice", "bo", "eva"] }, vouched: false };
}

const write = (id: string) => step(id, `Do ${id}`, sh`echo ${id} >> effects`, { undo: sh`echo undo-${id} >> effects` });

function approved(terms: { readonly quorum?: number; readonly secondPerson?: true } = {}, command = "one"): AnyRunbook {
  return runbook({ id: "approved", title: "Approved" }, () => [
    approval("go", "Go on", { by: ["release-manager"], ...terms }),
    write(command),
  ]);
}

function lastQuestion(story: RunStory): SignedQuestion {
  const question = ofType(story.events, "asked").at(-1)?.question;
  if (question === undefined || !("procedure" in question)) throw new Error("nothing was asked");
  return question;
}

const yesTo = (question: Question): Answer => ({
  say: "approve",
  digest: question.kind === "approval" ? question.digest : "",
});

/** Signs an answer to what a run asked last, and hands it in. */
async function handIn(
  story: RunStory,
  person: string,
  { answer = yesTo(lastQuestion(story)), text = signedText(lastQuestion(story), answer), namespace = "lockstep" } = {},
): Promise<void> {
  const signature = people.sign(person, text, namespace);
  const { step: key, id } = lastQuestion(story);
  const letter = { step: key, question: id, by: "whoever", answer: { ...answer, signature } };
  await writeInbox(await project.folder(), { kind: "answer", ...letter });
}

function noted(story: RunStory): string {
  return ofType(story.events, "noted")
    .map(({ text }) => text)
    .join("\n");
}

/** Runs it, hands something in, and says why that does not count. */
async function refusalOf(given: (story: RunStory) => Promise<void>, plan = approved()): Promise<string> {
  await given(await project.run(plan, options));
  const story = await project.resume(plan, options);
  assert.is(story.exitCode, 75, story.message);
  assert.equal(ofType(story.events, "answered"), []);
  assert.equal(project.effects(), []);
  return noted(story);
}

test("tells who approved, whatever the answer says of itself, and stands in the journal", async () => {
  await handIn(await project.run(approved(), options), "bo");
  const story = await project.resume(approved(), options);
  assert.is(story.exitCode, 0, story.message);
  const [answered] = ofType(story.events, "answered");
  assert.is(answered?.by.user, "bo");
  assert.is(answered?.unsigned, false);
  assert.is(answered?.signature?.person, "bo");
  assert.is(answered?.signature?.fingerprint, people.fingerprintOf("bo"));
  assert.match(answered?.answer.say === "approve" ? (answered.answer.signature ?? "") : "", "BEGIN SSH SIGNATURE");
  assert.equal(project.effects(), ["one"]);
});

test("reaches a run that waits", async () => {
  const run = project.start(approved(), { ...options, prompter: { ask: () => new Promise(() => {}) } });
  const asked = await run.waitFor(({ type }) => type === "asked");
  await handIn({ events: [asked] } as unknown as RunStory, "bo");
  assert.is((await run.story).exitCode, 0);
});

test("is of a text that says what is done, where, how it is undone, and to which question", async () => {
  const text = signedText(lastQuestion(await project.run(approved(), options)), { say: "approve", digest: "" });
  const { id } = await project.folder();
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
  const { id } = await project.folder().catch(() => ({ id: "" }));
  assert.is(id, "");
  const said = await refusalOf((story) => project.answer("go", yesTo(lastQuestion(story)), "bo"));
  assert.match(
    said,
    /it is not signed: sign what lockstep approve \w+ 1 --request prints, and hand it in by --signature FILE/,
  );
});

test("of another run does not count", async () => {
  const other = createRunFixture();
  try {
    const elsewhere = await other.run(approved(), options);
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
  const first = await project.run(approved(), options);
  const text = signedText(lastQuestion(first), yesTo(lastQuestion(first)));
  await project.resume(approved({}, "uno"), { ...options, acceptChanges: true });
  const back = await project.resume(approved(), { ...options, acceptChanges: true });
  assert.is(lastQuestion(back).id, "go#3");
  await handIn(back, "bo", { text });
  assert.match(noted(await project.resume(approved(), options)), "it signs another text");
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
  assert.match(said, `the key ${people.fingerprintOf("stranger")} is none of `);
});

test("by a key that has expired does not count", async () => {
  options = settings([`bo valid-before="20200101" ${people.publicKeyOf("bo")}`]);
  assert.match(await refusalOf((story) => handIn(story, "bo")), /the key SHA256:\S+ has expired, by /);
});

test("by a key that is not valid yet does not count", async () => {
  options = settings([`bo valid-after="29990101" ${people.publicKeyOf("bo")}`]);
  assert.match(await refusalOf((story) => handIn(story, "bo")), /the key SHA256:\S+ is not yet valid, by /);
});

test("by a key that is allowed for other things only does not count", async () => {
  options = settings([`bo namespaces="git" ${people.publicKeyOf("bo")}`]);
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
      await writeInbox(await project.folder(), {
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
  options = settings([
    `bo,bob ${people.publicKeyOf("bo")}`,
    `robert ${people.publicKeyOf("bo")}`,
    `bo ${people.publicKeyOf("spare")}`,
    `eva ${people.publicKeyOf("eva")}`,
  ]);
  const story = await project.run(two, options);
  for (const key of ["bo", "bo", "spare"]) await handIn(story, key);
  const half = await project.resume(two, options);
  assert.is(half.exitCode, 75);
  assert.match(noted(half), "that person has approved already");
  assert.is(noted(half).split("\n").length, 2);
  await handIn(story, "eva");
  assert.is((await project.resume(two, options)).exitCode, 0);
});

test("of who runs it does not count under another name, where it takes somebody else", async () => {
  const foreign = approved({ secondPerson: true });
  options = settings([`release,alice ${people.publicKeyOf("alice")}`, `bo ${people.publicKeyOf("bo")}`]);
  assert.match(
    await refusalOf((story) => handIn(story, "alice"), foreign),
    "alice runs this, and it takes somebody else",
  );
  options = settings([`al@example.com ${people.publicKeyOf("alice")}`], { alice: ["al@example.com"] });
  const story = await project.resume(foreign, options);
  await handIn(story, "alice");
  assert.match(noted(await project.resume(foreign, options)), "al@example.com runs this");
});

test("of anybody may be that of who runs it, as long as nobody says which signer that is", async () => {
  const foreign = approved({ secondPerson: true });
  options = settings([`bo ${people.publicKeyOf("bo")}`]);
  const said = await refusalOf((story) => handIn(story, "bo"), foreign);
  assert.match(
    said,
    'nobody can tell which signer alice is, who runs this: write approvals: { users: { "alice": ["..."] } }',
  );
  options = settings([`bo ${people.publicKeyOf("bo")}`], { alice: [] });
  const story = await project.resume(foreign, options);
  await handIn(story, "bo");
  assert.is((await project.resume(foreign, options)).exitCode, 0);
});

test("of a second person ticks, and stands for the items that it names", async () => {
  const list = runbook({ id: "r", title: "R" }, () => [
    checklist("gates", "Gates", ["Tested", secondPerson("Reviewed"), secondPerson("Announced")]),
    write("one"),
  ]);
  const story = await project.run(list, options);
  const answer: Answer = { say: "tick", items: [2, 3] };
  const text = signedText(lastQuestion(story), { say: "tick", items: [2] });
  await handIn(story, "bo", { answer, text });
  await project.answer("gates", answer, "bo");
  assert.match(noted(await project.resume(list, options)), /it signs another text[\s\S]*it is not signed/);
  await handIn(story, "alice", { answer });
  assert.match(noted(await project.resume(list, options)), "alice runs this");
  await handIn(story, "bo", { answer });
  const { userInfo } = await import("node:os");
  await project.answer("gates", { say: "tick", items: [1] }, userInfo().username);
  assert.is((await project.resume(list, options)).exitCode, 0);
});

test("of a second person says that a manual step is done", async () => {
  const plan = runbook({ id: "r", title: "R" }, () => [
    manual("look", "Look at it", { by: "secondPerson", instructions: "Twice", command: sh.read`cat it` }),
    step("next", "Next", sh`echo next >> effects`, { undo }),
  ]);
  const answer: Answer = { say: "done", asks: {} };
  assert.match(await refusalOf((story) => handIn(story, "alice", { answer }), plan), "alice runs this");
  await handIn(await project.resume(plan, options), "bo", { answer });
  assert.is((await project.resume(plan, options)).exitCode, 0);
});

test("without signers is refused, and a name alone cannot be a second person's or one of two", async () => {
  const { signers: _none, ...unsigned } = options;
  for (const terms of [{ secondPerson: true as const }, { quorum: 2 }]) {
    const fresh = createRunFixture();
    try {
      const story = await fresh.run(approved(terms), unsigned);
      await fresh.answer("go", yesTo(lastQuestion(story)), "bo");
      const refused = await fresh.resume(approved(terms), unsigned);
      assert.is(refused.exitCode, 75);
      assert.match(
        noted(refused),
        "without a signature nobody can tell: name the allowed signers in lockstep.config.ts",
      );
    } finally {
      await fresh.clean();
    }
  }
  options = unsigned;
  const said = await refusalOf((story) => handIn(story, "bo"));
  assert.match(said, "it is signed, and lockstep.config.ts names no allowed signers");
});

test("is what a message by hand lacks: a name in it is worth no more than the owner of its file", async () => {
  const { signers: _none, ...unsigned } = options;
  options = unsigned;
  const { userInfo } = await import("node:os");
  const me = userInfo().username;
  const said = await refusalOf((story) => project.answer("go", yesTo(lastQuestion(story)), "bo"));
  assert.is(said, `the answer of bo does not count: it is not signed, and came in a file of ${me}`);
  const story = await project.resume(approved(), { ...options, roles: {} });
  await project.answer("go", yesTo(lastQuestion(story)), me);
  const went = await project.resume(approved(), { ...options, roles: {} });
  assert.is(went.exitCode, 0);
  assert.is(ofType(went.events, "answered")[0]?.unsigned, true);
});

test.run();
