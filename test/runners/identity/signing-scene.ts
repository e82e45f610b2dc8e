import type { Test } from "uvu";
import * as assert from "uvu/assert";
import { type AnyRunbook, approval, runbook, sh, step } from "../../../dsl/index.ts";
import type { Answer, Question } from "../../../runners/questions/question.ts";
import { type SignedQuestion, signedText } from "../../../runners/questions/signed-text.ts";
import type { RunOptions } from "../../../runners/run-options.ts";
import { writeInbox } from "../../../runners/store/inbox.ts";
import { createRunFixture, ofType, type RunFixture, type RunStory } from "../../support/run-fixture.ts";
import { type SigningPeople, signingPeople } from "../../support/signing-people.ts";

/** What the helpers of a suite work on; `openScene` makes it anew before each test. */
export const scene = {} as { people: SigningPeople; project: RunFixture; options: Partial<RunOptions> };

/** Registers the hooks of a suite whose people sign. */
export function openScene(test: Test): void {
  test.before(() => {
    scene.people = signingPeople();
  });
  test.before.each(() => {
    scene.project = createRunFixture();
    scene.options = settings(
      ["alice", "bo", "eva", "mallory"].map((name) => `${name} ${scene.people.publicKeyOf(name)}`),
    );
  });
  test.after.each(() => scene.project.clean());
  test.after(() => scene.people.clean());
}

export const alice = { user: "alice", host: "here" };
export const undo = sh`true`;

export function settings(
  lines: readonly string[],
  users: Readonly<Record<string, readonly string[]>> = {},
): Partial<RunOptions> {
  const file = scene.people.allow(...lines);
  return { by: alice, signers: { file, users }, roles: { "release-manager": ["alice", "bo", "eva"] }, vouched: false };
}

export const write = (id: string) =>
  step(id, `Do ${id}`, sh`echo ${id} >> effects`, { undo: sh`echo undo-${id} >> effects` });

export function approved(
  terms: { readonly quorum?: number; readonly secondPerson?: true } = {},
  command = "one",
): AnyRunbook {
  return runbook({ id: "approved", title: "Approved" }, () => [
    approval("go", "Go on", { by: ["release-manager"], ...terms }),
    write(command),
  ]);
}

export function lastQuestion(story: RunStory): SignedQuestion {
  const question = ofType(story.events, "asked").at(-1)?.question;
  if (question === undefined || !("procedure" in question)) throw new Error("nothing was asked");
  return question;
}

export const yesTo = (question: Question): Answer => ({
  say: "approve",
  digest: question.kind === "approval" ? question.digest : "",
});

/** Signs an answer to what a run asked last, and hands it in. */
export async function handIn(
  story: RunStory,
  person: string,
  { answer = yesTo(lastQuestion(story)), text = signedText(lastQuestion(story), answer), namespace = "lockstep" } = {},
): Promise<void> {
  const signature = scene.people.sign(person, text, namespace);
  const { step: key, id } = lastQuestion(story);
  const letter = { step: key, question: id, by: "whoever", answer: { ...answer, signature } };
  await writeInbox(await scene.project.folder(), { kind: "answer", ...letter });
}

export function noted(story: RunStory): string {
  return ofType(story.events, "noted")
    .map(({ text }) => text)
    .join("\n");
}

/** Runs it, hands something in, and says why that does not count. */
export async function refusalOf(given: (story: RunStory) => Promise<void>, plan = approved()): Promise<string> {
  await given(await scene.project.run(plan, scene.options));
  const story = await scene.project.resume(plan, scene.options);
  assert.is(story.exitCode, 75, story.message);
  assert.equal(ofType(story.events, "answered"), []);
  assert.equal(scene.project.effects(), []);
  return noted(story);
}
