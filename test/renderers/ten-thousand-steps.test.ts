import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type AnyRunbook, compile, runbook, section, sh, step, undoBy } from "../../dsl/index.ts";
import { type ReportEvent, renderMarkdown, renderReport, renderShow } from "../../renderers/index.ts";

const many = runbook({ id: "many", title: "Many" }, () =>
  Array.from({ length: 100 }, (_part, part) =>
    section(
      `part-${part}`,
      `Part ${part}`,
      Array.from({ length: 100 }, (_step, index) =>
        step(`step-${part}-${index}`, `Step ${index}`, sh`echo ${index}`, { undo: undoBy("Undo it", sh`echo back`) }),
      ),
    ),
  ),
) as unknown as AnyRunbook;

const scale = suite("ten thousand steps");
const plan = compile(many);

scale("are all on the page, with their undo", async () => {
  const page = await renderMarkdown(plan);
  assert.is(page.split("- [ ] ").length - 1, 20_000);
});

scale("are all in the terminal and in the report", async () => {
  assert.is(renderShow(plan).split("[ ] ").length - 1, 20_000);
  const events = Array.from(
    { length: 10_000 },
    (_event, index): ReportEvent => ({
      type: "finished",
      at: "2026-11-24T03:00:00Z",
      step: `step-${Math.floor(index / 100)}-${index % 100}`,
      attempt: 1,
      outcome: "ok",
      seconds: 1,
    }),
  );
  assert.is((await renderReport(plan, events)).split("- [x] ").length - 1, 10_000);
});

scale.run();
