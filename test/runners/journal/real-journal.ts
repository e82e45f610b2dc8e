import { readFileSync } from "node:fs";
import {
  approval,
  type Block,
  code,
  guard,
  is,
  measurement,
  onlyNumber,
  output,
  parallel,
  percent,
  repeat,
  rollback,
  runbook,
  seconds,
  section,
  sh,
  step,
  wait,
  when,
} from "../../../dsl/index.ts";
import type { RunFixture } from "../../support/run-fixture.ts";

const rate = measurement("rate", "Error rate", {
  measures: "errors",
  unit: "%",
  query: sh.read`echo 0`,
  reading: onlyNumber,
});

const append = (id: string): Block =>
  step(id, `Append ${id} – "é"`, sh`echo ${id} >> effects`, {
    undo: sh`echo undo-${id} >> effects`,
    timeout: seconds(60),
  });

/** With events of nearly every type; it fails at its end, and is undone. */
const source = runbook({ id: "real", title: "Real", onFailure: rollback }, () => {
  const look = step("look", "Look", sh.read`echo yes`, { outputs: { word: output.text() } });
  return [
    look,
    when(is(look.outputs.word, "yes"), [append("then")]),
    when(is(look.outputs.word, "no"), [append("else")]),
    section("watched", "Watched", [
      guard("rates", "Watch the rate", {
        alerts: [rate.above(percent(1))],
        onTrip: rollback,
        interval: seconds(0.02),
        until: "linger",
      }),
      append("watched-write"),
      wait("linger", "Linger", seconds(0.3)),
    ]),
    parallel("beside", "Beside", ["a", "b", "c", "d", "e", "f", "g"].map(append) as never),
    repeat("again", "Again", { limit: 40 }, () => {
      let passes = 0;
      const count = step(
        "count",
        "Count",
        code.read(async () => `pass ${++passes}`),
        { outputs: { n: output.regex(/pass (\d+)/) } },
      );
      return { body: [count], until: is(count.outputs.n, "40") };
    }),
    approval("go", "Go on", { by: ["release-manager"] }),
    append("last"),
    step("fail", "Fail", sh.read`echo no >&2; false`),
  ];
});

/** The bytes of the journal of a run that was really made: some 200 events. */
export async function realJournal(project: RunFixture): Promise<{ readonly file: string; readonly bytes: Buffer }> {
  const story = await project.run(source);
  if (story.exitCode !== 75) throw new Error(`it did not come to its approval: ${JSON.stringify(story.message)}`);
  const asked = (await project.journal()).findLast((event) => event.type === "asked");
  if (asked?.type !== "asked" || asked.question.kind !== "approval") throw new Error("it did not ask");
  await project.answer("go", { say: "approve", digest: asked.question.digest });
  const ended = await project.resume(source);
  if (ended.exitCode !== 4) throw new Error(`it was not undone: ${JSON.stringify(ended.message)}`);
  const { journalFile } = await project.folder();
  return { file: journalFile, bytes: readFileSync(journalFile) };
}
