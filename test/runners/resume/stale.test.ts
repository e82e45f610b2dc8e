import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  approval,
  type Block,
  is,
  notNeeded,
  orElse,
  output,
  type Ref,
  repeat,
  runbook,
  section,
  sh,
  step,
  when,
} from "../../../dsl/index.ts";
import type { Executor } from "../../../runners/executors/executor.ts";
import { localExecutors } from "../../../runners/executors/executors.ts";
import type { Question } from "../../../runners/questions/question.ts";
import { approveIt, scriptedPrompter } from "../../../runners/testing/index.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("an output that comes out different");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const mend = () => step("mend", "Fail until it is mended", sh`test -e mended`, { undo });
const of = (blocks: readonly Block[]) => runbook({ id: "stale", title: "Stale" }, () => blocks);

/** Gives what stands in its file, with what it used. */
const gives = (id: string, used: Ref<string> | string = "") =>
  step(id, `Give ${id}`, sh`echo ${id} >> effects; echo "$(cat ${id}.version)-${used}"`, {
    undo,
    outputs: { it: output.text() },
  });
const uses = (id: string, used: Ref<string>) =>
  step(id, `Use it for ${id}`, sh`echo ${id}:${used} >> effects`, { undo });

/** `make` gives v1, which the others use; then it is to run again, and gives v2. */
async function madeAgain(blocks: readonly Block[], version = "v2"): Promise<void> {
  project.write("make.version", "v1");
  const story = await project.run(of([...blocks, mend()]), { prompter: scriptedPrompter({ approval: approveIt }) });
  assert.is(story.step, "mend", story.message);
  project.write("make.version", version);
  project.write("mended", "");
}

function chain(): readonly Block[] {
  const make = gives("make");
  return [make, uses("one", make.outputs.it), step("other", "Other", sh`echo other >> effects`, { undo })];
}

test("makes the finished steps that used it stale: unattended the run is suspended there, and nothing runs", async () => {
  await madeAgain(chain());
  const story = await project.resume(of([...chain(), mend()]), { again: ["make"] });
  assert.equal([story.exitCode, story.state, story.step], [75, "suspended", "one"]);
  assert.match(story.message ?? "", "Use it for one");
  const [question] = ofType(story.events, "asked").map((event) => event.question);
  assert.equal(question?.kind, "stale");
  assert.match(JSON.stringify(question), "it used it of 1, which came out different since");
  assert.match(ofType(story.events, "noted")[0]?.text ?? "", "it of 1 came out different; used by 2");
  assert.equal(project.effects(), ["make", "one:v1-", "other", "make"]);
});

test("nothing is stale when it comes out the same", async () => {
  await madeAgain(chain(), "v1");
  const story = await project.resume(of([...chain(), mend()]), { again: ["make"] });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["make", "one:v1-", "other", "make"]);
});

for (const [say, line] of [
  ["keep", []],
  ["again", ["one:v2-"]],
] as const)
  test(`is decided about from elsewhere, and once: ${say}`, async () => {
    await madeAgain(chain());
    const blocks = of([...chain(), mend()]);
    assert.is((await project.resume(blocks, { again: ["make"] })).exitCode, 75);
    await project.answer("one", { say }, "alice");
    const story = await project.resume(blocks);
    assert.is(story.exitCode, 0, story.message);
    assert.equal(project.effects(), ["make", "one:v1-", "other", "make", ...line]);
    const answered = ofType(story.events, "answered").map(({ answer, by }) => [answer.say, by.user]);
    assert.equal(answered, [[say, "alice"]]);
  });

test("is decided by --again on the next resume", async () => {
  await madeAgain(chain());
  const blocks = of([...chain(), mend()]);
  assert.is((await project.resume(blocks, { again: ["make"] })).exitCode, 75);
  assert.is((await project.resume(blocks, { again: ["one"] })).exitCode, 0);
  assert.equal(project.effects(), ["make", "one:v1-", "other", "make", "one:v2-"]);
});

test("is still asked about when lockstep was ended before it could ask", async () => {
  await madeAgain(chain());
  const blocks = of([...chain(), mend()]);
  const end = new AbortController();
  const shell: Executor = async (engine, attempt) => {
    const result = await localExecutors.shell(engine, attempt);
    if (attempt.step.id === "make") end.abort("SIGTERM");
    return result;
  };
  const ended = await project.resume(blocks, { again: ["make"], signal: end.signal, executors: { shell } });
  assert.is(ended.exitCode, 143, ended.message);
  const story = await project.resume(blocks);
  assert.equal([story.exitCode, story.step], [75, "one"]);
});

test("what was decided by it is named, and asked about in its turn", async () => {
  const make = gives("make");
  const blocks = [make, when(is(make.outputs.it, "v1-"), [step("then", "Then", sh`echo then >> effects`, { undo })])];
  await madeAgain(blocks);
  const story = await project.resume(of([...blocks, mend()]), { again: ["make"] });
  assert.equal([story.exitCode, story.step], [75, "when:then"]);
  assert.match(ofType(story.events, "noted")[0]?.text ?? "", "decided by it: 2");
  assert.equal(project.effects(), ["make", "then", "make"]);
});

test("is asked about in the last pass of a repeat that used it; the passes before have happened", async () => {
  const make = gives("make");
  const passes = () =>
    repeat("drain", "Drain", { limit: 2 }, () => {
      const look = step("look", "Look", sh`echo look:${make.outputs.it} >> effects; grep -c look effects`, {
        undo,
        outputs: { times: output.integer() },
      });
      return { body: [look], until: is(look.outputs.times, 2) };
    });
  await madeAgain([make, passes()]);
  const prompter = scriptedPrompter({ stale: { say: "again" }, decision: { say: "keep" } });
  const story = await project.resume(of([make, passes(), mend()]), { again: ["make"], prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(
    prompter.asked.map(({ kind, step: key }) => [kind, key]),
    [
      ["stale", "look[2]"],
      ["decision", "drain[2]"],
    ],
  );
  assert.equal(project.effects(), ["make", "look:v1-", "look:v1-", "make", "look:v2-"]);
});

test("an approval of what is still to come with the old value is void", async () => {
  const make = gives("make");
  const blocks = [make, approval("go", "Go", { by: ["boss"] }), mend(), uses("late", make.outputs.it)];
  project.write("make.version", "v1");
  assert.is((await project.run(of(blocks), { prompter: scriptedPrompter({ approval: approveIt }) })).step, "mend");
  project.write("make.version", "v2");
  project.write("mended", "");
  const story = await project.resume(of(blocks), { again: ["make"] });
  assert.equal([story.exitCode, story.step], [75, "go"]);
});

test("a step that runs again needs the approval that it ran under again, right before it does", async () => {
  const make = gives("make");
  const blocks = [make, approval("go", "Go", { by: ["boss"] }), uses("one", make.outputs.it)];
  await madeAgain(blocks);
  const prompter = scriptedPrompter({ stale: { say: "again" }, approval: approveIt });
  const story = await project.resume(of([...blocks, mend()]), { again: ["make"], prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(
    prompter.asked.map(({ kind }) => kind),
    ["stale", "approval"],
  );
});

test("makes stale also what had gone on without it, since its step was left out", async () => {
  const looked = step("look", "Look", sh.read`cat found`, { outputs: { word: output.text() } });
  const found = step("one", "One", sh`echo one >> effects; echo given`, { undo, outputs: { it: output.text() } });
  const inner = when(is(looked.outputs.word, "new"), () => ({ body: [found], outputs: { it: found.outputs.it } }));
  const use = step("use", "Use", sh`echo use-${orElse(inner.outputs.it, "nothing")} >> effects`, { undo });
  const blocks = [looked, inner, use];
  project.write("found", "old");
  assert.is((await project.run(of([...blocks, mend()]))).step, "mend");
  project.write("found", "new");
  project.write("mended", "");
  const prompter = scriptedPrompter({ decision: { say: "again" }, stale: { say: "again" } });
  const story = await project.resume(of([...blocks, mend()]), { again: ["look"], prompter });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["use-nothing", "one", "use-given"]);
});

interface Spec {
  /** For each step which of the earlier ones it uses, and what it says when it is found stale. */
  readonly steps: readonly { readonly uses: number; readonly says: "keep" | "again"; readonly differs: boolean }[];
  readonly again: number;
  readonly sections: boolean;
}

const spec: fc.Arbitrary<Spec> = fc.record({
  steps: fc.array(
    fc.record({ uses: fc.nat(6), says: fc.constantFrom("keep" as const, "again" as const), differs: fc.boolean() }),
    { minLength: 2, maxLength: 6 },
  ),
  again: fc.nat(5),
  sections: fc.boolean(),
});

function generated({ steps, sections }: Spec): readonly Block[] {
  const made: ReturnType<typeof gives>[] = [];
  for (const [index, { uses: used }] of steps.entries())
    made.push(gives(`s${index}`, made.length === 0 || used > 4 ? "none" : made[used % made.length]?.outputs.it));
  return sections ? made.map((each, index) => section(`in-${index}`, "In", [each])) : made;
}

/** By the rule alone: which steps are asked about, and which run again. */
function expected({ steps, again }: Spec): { readonly asked: string[]; readonly ran: string[] } {
  const [asked, ran, differs]: [string[], string[], Set<number>] = [[], [], new Set()];
  for (const [index, { uses: used, says, differs: itself }] of steps.entries()) {
    const from = index === 0 || used > 4 ? undefined : used % index;
    const isStale = from !== undefined && differs.has(from);
    const isChosen = index === again % steps.length;
    if (isStale && !isChosen) asked.push(`s${index}`);
    if (!isChosen && !(isStale && says === "again")) continue;
    ran.push(`s${index}`);
    if (isStale || itself) differs.add(index);
  }
  return { asked, ran };
}

test("is asked about for exactly the steps that used it, however they hang together; none runs undecided", async () => {
  await fc.assert(
    fc.asyncProperty(spec, async (given) => {
      const own = createRunFixture();
      try {
        for (const index of given.steps.keys()) own.write(`s${index}.version`, "v1");
        const blocks = of([...generated(given), mend()]);
        assert.is((await own.run(blocks)).exitCode, 1);
        own.write("mended", "");
        for (const [index, { differs }] of given.steps.entries()) if (differs) own.write(`s${index}.version`, "v2");
        const first = own.effects().length;
        const say = ({ step: key }: Question) => ({ say: given.steps[Number(key.slice(1))]?.says ?? "keep" }) as const;
        const prompter = scriptedPrompter({ stale: say });
        const story = await own.resume(blocks, { again: [`s${given.again % given.steps.length}`], prompter });
        assert.is(story.exitCode, 0, story.message);
        const { asked, ran } = expected(given);
        assert.equal(
          prompter.asked.map(({ step: key }) => key),
          asked,
        );
        assert.equal(own.effects().slice(first), ran);
        const decided = ofType(story.events, "reopened").map((event) => event.step);
        assert.equal([...decided].sort(), [...ran].sort());
      } finally {
        await own.clean();
      }
    }),
    { numRuns: 25 },
  );
});

test.run();
