import MarkdownIt from "markdown-it";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { approval, ask, manual, notNeeded, runbook, sh, step } from "../../dsl/index.ts";
import type { Prompter, Question } from "../../runners/questions/question.ts";
import { suspend } from "../../runners/questions/question.ts";
import { writeInbox } from "../../runners/store/inbox.ts";
import { lockstep } from "../support/lockstep-command.ts";
import { createRunFixture, ofType } from "../support/run-fixture.ts";

const test = suite("hostile names of people and machines");
let project = createRunFixture();
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const evil =
  "\x1b]0;owned\x07\x1b[2J\x9b31m\r\nbo\u202e <script>alert(1)</script> [x](javascript:alert(1)) **b** | {{constructor}}";
const undo = notNeeded("a test");
const steering = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

test("steer no terminal and make nothing of their own in a report, whoever ran it, answered it or wrote to it", async () => {
  const source = runbook({ id: "r", title: "R" }, () => [
    approval("go", "Go on", { by: [evil] }),
    manual("look", "Look", { asks: { seen: ask.line("What is seen") } }),
    step("write", "Write", sh`echo done`, { undo }),
    step("fails", "Fails", sh.read`false`),
  ]);
  const by = { user: evil, host: evil };
  const questions: Question[] = [];
  const prompter: Prompter = {
    by,
    ask: async (question) => {
      questions.push(question);
      if (question.kind === "approval") return { say: "approve", digest: question.digest };
      if (question.kind === "manual") return { say: "done", asks: { seen: evil } };
      return suspend;
    },
  };
  const story = await project.run(source, { by, prompter, mode: "interactive", roles: { [evil]: [evil] } });
  assert.equal(
    ofType(story.events, "answered").map(({ by: { user } }) => user),
    [evil, evil],
  );
  const folder = await project.folder();
  const letter = { kind: "answer", step: "fails", question: "fails#9", by: evil, answer: { say: "stop" } } as const;
  await writeInbox(folder, { ...letter, host: evil } as never);
  await project.resume(source, { vouched: false });
  for (const args of [
    ["log"],
    ["log", "--json"],
    ["runs"],
    ["runs", "--json"],
    ["report"],
    ["verify"],
    ["approve", folder.id, "4"],
  ]) {
    const { stdout, stderr } = await lockstep(...args)
      .in(project.root)
      .exits(args[0] === "approve" ? 75 : 0)
      .prints(/^/)
      .says(/^/);
    for (const text of [stdout, stderr]) {
      const at = text.search(steering);
      assert.is(at, -1, `${args.join(" ")} shows ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 40))}`);
    }
    if (args[0] === "report") {
      const tokens = new MarkdownIt({ html: true })
        .parse(stdout, {})
        .flatMap((token) => [token, ...(token.children ?? [])]);
      const own = tokens.filter(({ type, content }) => type.startsWith("html") && /script|alert/.test(content));
      assert.equal(own, []);
      const hrefs = tokens.flatMap(({ type, attrs }) => (type === "link_open" ? (attrs ?? []) : [])).flat();
      assert.equal(
        hrefs.filter((href) => /javascript/.test(href)),
        [],
      );
      assert.match(stdout, "alert(1)");
    }
  }
});

/** What every object of JavaScript has. */
const inherited = ["constructor", "toString", "hasOwnProperty", "__proto__", "valueOf"];

test("that objects have of their own are names as any other: of a role, of a person, of what is asked", async () => {
  for (const name of inherited) {
    const fresh = createRunFixture();
    try {
      const source = runbook({ id: "r", title: "R" }, () => [approval("go", "Go on", { by: [name] })]);
      const options = { roles: { others: ["eva"] }, by: { user: name, host: "here" } };
      const answering = (user: string): Prompter => {
        let isAsked = false;
        return {
          by: { user, host: "here" },
          ask: async (question) => {
            if (isAsked || question.kind !== "approval") return suspend;
            isAsked = true;
            return { say: "approve", digest: question.digest };
          },
        };
      };
      const story = await fresh.run(source, { ...options, prompter: answering("bo"), mode: "interactive" });
      assert.is(story.exitCode, 75, story.message);
      assert.match(
        ofType(story.events, "noted")
          .map(({ text }) => text)
          .join(),
        `bo is no ${name}`,
      );
      const signers = { file: `${fresh.root}/signers`, users: {} };
      fresh.write("signers", "");
      // a person of that name holds what is called like them
      assert.is(
        (await fresh.resume(source, { ...options, prompter: answering(name), mode: "interactive" })).exitCode,
        0,
      );
      assert.is(
        (
          await fresh.run(
            runbook({ id: "s", title: "S" }, () => [manual("m", "M")]),
            { ...options, signers },
          )
        ).exitCode,
        75,
      );
    } finally {
      await fresh.clean();
    }
  }
});

test.run();
