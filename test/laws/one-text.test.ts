import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../dsl/index.ts";
import { renderMarkdown } from "../../renderers/index.ts";
import { dryRun, openRunStore, readRecord, run } from "../../runners/index.ts";
import { instantWaits } from "../../runners/testing/index.ts";
import { answerAll, checkRun, checkTexts, type Lockstep } from "../support/one-text.ts";
import { createRunbook } from "../support/runbook-arbitrary.ts";
import { runbookSpec, sampleValues } from "../support/runbook-spec.ts";

const lockstep: Lockstep = { compile, renderMarkdown, dryRun, run };
const one = suite("one text, in generated runbooks");

one("the page, the dry run and the plan say the same, whatever the values are", async () => {
  await fc.assert(
    fc.asyncProperty(runbookSpec, sampleValues, (spec, values) =>
      checkTexts(lockstep, compile(createRunbook(spec), { values }), tmpdir()),
    ),
    { numRuns: 60 },
  );
});

one("a run journals and executes what they say", async () => {
  await fc.assert(
    fc.asyncProperty(runbookSpec, sampleValues, async (spec, values) => {
      const root = realpathSync(mkdtempSync(join(tmpdir(), "lockstep-one-text-")));
      try {
        const plan = compile(createRunbook(spec), { values, root });
        const running = run(plan, {
          root,
          prompter: answerAll("first"),
          by: { user: "al", host: "here" },
          mode: "interactive",
          executors: instantWaits,
        });
        const { exitCode, message } = await running.result;
        assert.is(exitCode, 0, message);
        const folder = await openRunStore(root).find();
        const { lines } = await readRecord(folder);
        await checkRun(plan, lines, folder.path);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    }),
    { numRuns: 20 },
  );
});

one.run();
