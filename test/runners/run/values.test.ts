import { suite } from "uvu";
import * as assert from "uvu/assert";
import { notNeeded, orElse, output, runbook, type StepOptions, section, sh, step } from "../../../dsl/index.ts";
import { createRunFixture, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("values that are not known");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");

for (const where of ["command", "env", "cwd", "stdin"] as const)
  test(`no placeholder reaches a step: the output of a step that was skipped, by ${where}`, async () => {
    const plan = runbook({ id: "skipping", title: "Skipping" }, () => {
      const pod = step("pod", "Find a pod", sh.read`false`, { outputs: { name: output.text({ example: "pod-1" }) } });
      const name = pod.outputs.name;
      const options: StepOptions = {
        undo,
        ...(where === "env" ? { env: { POD: name } } : {}),
        ...(where === "cwd" ? { cwd: name } : {}),
        ...(where === "stdin" ? { stdin: name } : {}),
      };
      const use = where === "command" ? sh`echo ${name} >> effects` : sh`echo used >> effects`;
      return [pod, step("use", "Use it", use, options as never)];
    });
    const story = await project.run(plan, {
      mode: "interactive",
      prompter: {
        ask: async (question) => (question.step === "pod" ? { say: "skip", reason: "there is none" } : { say: "stop" }),
      },
    });
    assert.is(story.exitCode, 3, story.message);
    assert.equal(project.effects(), []);
    const failed = story.events.find((event) => event.type === "finished" && event.step === "use");
    assert.match(failed?.type === "finished" ? (failed.remark ?? "") : "", "has no value");
  });

test("an answer to a failure goes on without what the failed step would have given", async () => {
  const answering = runbook({ id: "answering", title: "Answering" }, () => {
    const pod = step("pod", "Find a pod", sh.read`false`, { outputs: { name: output.text() } });
    const tell = step("tell", "Tell", sh`echo ${orElse(pod.outputs.name, "no pod")} >> effects`, { undo });
    return [section("look", "Look", { onFailure: [tell] }, [pod])];
  });
  const story = await project.run(answering);
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["no pod"]);
});

test.run();
