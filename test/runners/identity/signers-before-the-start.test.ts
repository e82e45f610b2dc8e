import { userInfo } from "node:os";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  approval,
  type Block,
  checklist,
  compile,
  manual,
  param,
  runbook,
  secondPerson,
  when,
} from "../../../dsl/index.ts";
import type { Prompter } from "../../../runners/questions/question.ts";
import { suspend } from "../../../runners/questions/question.ts";
import { rejectionOf } from "../../support/lockstep-errors.ts";
import { handIn, openScene, scene, settings, write } from "./signing-scene.ts";

const test = suite("signers before the start");
openScene(test);

const me = userInfo().username;
const asking = (...blocks: readonly Block[]): AnyRunbook => runbook({ id: "asking", title: "Asking" }, () => blocks);
const go = (terms: { readonly quorum?: number; readonly secondPerson?: true } = {}) =>
  approval("go", "Go on", { by: ["release-manager"], ...terms });

/** What takes somebody whom a name alone cannot be, and where it says so. */
const takers: readonly (readonly [AnyRunbook, RegExp])[] = [
  [asking(write("one"), go({ secondPerson: true })), /^2 go takes somebody other than who runs it, and without/],
  [asking(write("one"), go({ quorum: 2 })), /^2 go takes 2 people, and without signatures nobody can tell/],
  [asking(write("one"), manual("cut", "Cut it", { by: "secondPerson" })), /^2 cut takes somebody other than/],
  [asking(checklist("gates", "Gates", ["Tested", secondPerson("Reviewed")])), /^1 gates takes somebody other than/],
];

const runOf = (source: AnyRunbook, options: object) => rejectionOf(scene.project.run(source, options));

test("are wanted wherever a name alone will not do: nothing begins without, and the refusal says what to write", async () => {
  for (const [source, words] of takers) {
    const { code, message, hint } = await runOf(source, { vouched: false });
    assert.is(code, "signers-missing");
    assert.match(message, words);
    assert.is(
      hint,
      'Name the allowed signers in lockstep.config.ts: approvals: { allowedSigners: "ops/allowed_signers" }',
    );
  }
  assert.not(scene.project.exists(".lockstep/runs"));
  assert.equal(scene.project.effects(), []);
});

test("are wanted of a program that knows its people by no other way, and of no other", async () => {
  const bot: Prompter = { by: { user: "bo", host: "chat" }, ask: async () => suspend };
  const nobody: Prompter = { ask: async () => suspend };
  for (const [source] of takers) {
    assert.is((await scene.project.run(source, { vouched: true })).exitCode, 75);
    assert.is((await scene.project.run(source, { vouched: false, prompter: bot, mode: "interactive" })).exitCode, 75);
    assert.is((await runOf(source, { vouched: false, prompter: nobody, mode: "interactive" })).code, "signers-missing");
  }
});

test("are wanted only where they will be asked for: a branch that values close asks nobody", async () => {
  const source = runbook({ id: "asking", title: "Asking", params: { careful: param.boolean() } }, (p) => [
    when(p.careful, [go({ quorum: 2 })]),
    write("one"),
  ]);
  const careful = compile(source, { root: scene.project.root, values: { careful: true } });
  const careless = compile(source, { root: scene.project.root, values: { careful: false } });
  assert.is((await rejectionOf(scene.project.run(careful, { vouched: false }))).code, "signers-missing");
  assert.is((await scene.project.run(careless, { vouched: false })).exitCode, 0);
});

test("are wanted of what answers a failure as well", async () => {
  const source = runbook({ id: "asking", title: "Asking", onFailure: [go({ secondPerson: true })] }, () => [
    write("one"),
  ]);
  const { code, message } = await runOf(source, { vouched: false });
  assert.is(code, "signers-missing");
  assert.match(message, / go takes somebody other than who runs it/);
});

test("are wanted on a resume, as long as there is somebody to ask; a rollback wants none", async () => {
  const source = asking(write("one"), go({ secondPerson: true }), write("two"));
  await scene.project.run(source, scene.options);
  const { signers: _none, ...unsigned } = scene.options;
  const before = (await scene.project.journal()).length;
  assert.is((await rejectionOf(scene.project.resume(source, unsigned))).code, "signers-missing");
  assert.is((await scene.project.journal()).length, before);
  assert.is((await scene.project.rollback(unsigned)).exitCode, 4);
  assert.equal(scene.project.effects(), ["one", "undo-one"]);
});

test("are not wanted any more once all of that is answered", async () => {
  const source = asking(go({ secondPerson: true }), manual("look", "Look"), write("two"));
  const options = settings([`bo ${scene.people.publicKeyOf("bo")}`], { alice: [], [me]: [] });
  const story = await scene.project.run(source, options);
  await handIn(story, "bo");
  assert.is((await scene.project.resume(source, options)).step, "look");
  await scene.project.answer("look", { say: "done", asks: {} }, me);
  const { signers: _none, ...unsigned } = options;
  assert.is((await scene.project.resume(source, unsigned)).exitCode, 0);
});

test("that cannot be read are told before the start too, wherever anything must be signed", async () => {
  const signers = { file: `${scene.people.folder}/nowhere`, users: {} };
  const { code, message } = await runOf(asking(write("one"), go()), { ...scene.options, signers });
  assert.is(code, "unreadable-file");
  assert.is(message, `the allowed signers cannot be read: ${signers.file}`);
  assert.is((await scene.project.run(asking(manual("look", "Look")), { ...scene.options, signers })).exitCode, 75);
});

test("must know who runs it, where that must be somebody else", async () => {
  const source = asking(go({ secondPerson: true }), write("one"));
  const lines = [`bo ${scene.people.publicKeyOf("bo")}`];
  const { code, message, hint } = await runOf(source, settings(lines));
  assert.is(code, "signers-missing");
  assert.is(message, "1 go takes somebody other than who runs it, and nobody can tell which signer alice is");
  assert.is(
    hint,
    'Write approvals: { users: { "alice": ["..."] } } in lockstep.config.ts, an empty list for one who signs nothing',
  );
  const story = await scene.project.run(source, settings(lines, { alice: [] }));
  assert.is(story.exitCode, 75);
  const stranger = { ...settings(lines, { alice: [] }), by: { user: "carol", host: "here" } };
  assert.match((await rejectionOf(scene.project.resume(source, stranger))).message, /which signer carol is$/);
  // two people may be any two: whoever runs it may be one of them
  assert.is((await scene.project.run(asking(go({ quorum: 2 })), settings(lines))).exitCode, 75);
});

test.run();
