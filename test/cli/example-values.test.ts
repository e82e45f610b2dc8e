import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { wordsOf } from "../renderers/markdown/read-markdown.ts";
import { lockstep, project } from "../support/lockstep-command.ts";

const examples = suite("example values on a page");

const runbook = `import { ask, choose, manual, output, param, runbook, section, sh, step, undoBy } from "lockstep";
export default runbook({ id: "a", title: "A" }, () => {
  const before = step("before", "Note what runs", sh.read\`cat image\`, {
    outputs: { image: output.text({ example: "web:v1.2.2", gives: "the image" }) },
  });
  const pick = manual("pick", "Pick a revision", { asks: { revision: ask.line("The number of the revision", { example: "2" }) } });
  return [
    section("look", "Look", [before, pick]),
    section("change", "Change", { undo: undoBy("Tidy up", sh\`echo tidy \${pick.outputs.revision}\`) }, [
      step("set", "Set the image", sh\`echo new > image\`, {
        outputs: { place: output.text({ example: "there" }) },
        undo: (o) => undoBy("Set it back", [sh\`echo \${before.outputs.image} > image\`, sh\`echo \${o.place}\`]),
      }),
      step("go", "Go to the revision", sh\`echo --to-revision=\${pick.outputs.revision}\`, {
        undo: sh\`echo \${before.outputs.image}\`,
        probe: { action: sh.read\`grep \${pick.outputs.revision} log\`, expect: "done" },
      }),
      step("more", "Do more", sh\`echo more\`),
    ]),
  ];
});
`;

examples("are said to be such wherever they act: in a step, a probe and an undo", async () => {
  const folder = await project({ "runbooks/a.runbook.ts": runbook });
  const { stdout } = await lockstep("docs", "a", "--stdout").in(folder).prints(/./);
  const words = wordsOf(stdout);
  for (const expected of [
    "1.1 Note what runs. Gives the image that Undo 2.1 and Undo 2.2 show as web:v1.2.2",
    "The number of the revision: 2.2 and Undo 2 show it as 2",
    "2.1 Set the image. Gives the place that Undo 2.1 shows as there",
    "Undo 2.1: Set it back. Replace web:v1.2.2 by the image of 1.1, there by the place of 2.1.",
    "Undo 2.2 (Go to the revision). Replace web:v1.2.2 by the image of 1.1.",
    "Undo 2: Tidy up. Replace 2 by the answer of 1.2.",
  ])
    assert.ok(words.includes(expected), `${expected}\n${stdout}`);
});

examples("give way to what really was there in the report of a rollback", async () => {
  const folder = await project({ "runbooks/a.runbook.ts": runbook });
  writeFileSync(join(folder, "image"), "web:v0.9");
  await lockstep("run", "a").in(folder).says(/./).prints(/./).exits(75);
  await lockstep("approve", readdirSync(join(folder, ".lockstep/runs"))[0] ?? "", "1.2", "--answer", "revision=7")
    .in(folder)
    .prints(/./);
  await lockstep("resume").in(folder).says(/./).prints(/./);
  await lockstep("rollback").in(folder).says(/./).prints(/./).exits(4);
  const { stdout } = await lockstep("report").in(folder).prints(/./);
  assert.match(stdout, /echo web:v0\.9 > image/);
  assert.match(stdout, /echo tidy 7/);
  assert.not.match(stdout, /web:v1\.2\.2 > image|Replace/);
});

examples.run();
