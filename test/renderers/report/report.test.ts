import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type ReportEvent, renderReport } from "../../../renderers/index.ts";
import { htmlOf } from "../markdown/read-markdown.ts";
import { everyPlan } from "../sample-plans.ts";

const alice = { user: "alice", host: "bastion" };
const at = (time: string): string => `2026-11-24T${time}Z`;
const ok = (step: string, time: string, more: object = {}): ReportEvent => ({
  type: "finished",
  at: at(time),
  step,
  attempt: 1,
  outcome: "ok",
  seconds: 2.04,
  ...more,
});
const look = (value: number | undefined, bad = false): ReportEvent => ({
  type: "sampled",
  at: at("03:15:00"),
  guard: "thresholds",
  samples: [
    {
      title: "Error rate",
      alert: "> 1%",
      unit: "%",
      bound: 1,
      op: "above",
      bad,
      ...(value === undefined ? {} : { value }),
    },
  ],
});

const events: readonly ReportEvent[] = [
  {
    type: "created",
    at: at("03:00:00"),
    run: "7k3m",
    planDigest: "ab".repeat(32),
    values: { version: "v1.2.3", password: "hunter2" },
    secrets: ["token"],
    by: alice,
  },
  {
    type: "answered",
    at: at("03:01:00"),
    step: "gates",
    answer: { say: "tick", items: [1, 3] },
    by: alice,
    unsigned: true,
  },
  { type: "item-checked", at: at("03:01:01"), step: "gates", item: 2, ok: true },
  ok("gates", "03:01:02", { by: alice }),
  {
    type: "finished",
    at: at("03:02:00"),
    step: "clean",
    attempt: 1,
    outcome: "skipped",
    seconds: 0,
    remark: "nobody works here",
    by: alice,
  },
  {
    type: "finished",
    at: at("03:03:00"),
    step: "find",
    attempt: 1,
    outcome: "failed",
    seconds: 1,
    remark: "exit code 1",
    retryIn: 10,
  },
  ok("find", "03:03:11", { attempt: 2, outputs: { pod: "pod/web-7" } }),
  { type: "started", at: at("03:04:00"), step: "logs", attempt: 1, command: "kubectl logs pod/web-7" },
  {
    type: "finished",
    at: at("03:04:01"),
    step: "logs",
    attempt: 1,
    outcome: "overruled",
    seconds: 1,
    remark: "the line is there, further up",
    by: alice,
  },
  {
    type: "answered",
    at: at("03:05:00"),
    step: "assess",
    answer: { say: "done", asks: { impact: "Nothing | at all", level: "low" } },
    by: alice,
    unsigned: true,
  },
  ok("assess", "03:05:01", { outputs: { impact: "Nothing | at all" } }),
  { type: "answered", at: at("03:06:00"), step: "go", answer: { say: "approve" }, by: alice, unsigned: true },
  ok("go", "03:06:00"),
  { type: "noted", at: at("03:07:00"), step: "patch", text: "looks **good**", by: alice },
  ok("patch", "03:07:01"),
  look(0.2),
  look(0.5),
  look(undefined),
  look(3.4, true),
  { type: "guard-tripped", at: at("03:15:10"), guard: "thresholds", why: "Error rate 3.4% is above 1%" },
  { type: "rollback-started", at: at("03:15:11"), why: "the guard thresholds tripped" },
  ok("undo:patch.1", "03:15:20"),
  ok("left[1]", "03:08:00"),
  ok("left[2]", "03:09:00"),
  { type: "ended", at: at("03:16:00"), result: "rolled-back", exitCode: 4 },
];

const report = suite("report");
const page = await renderReport(everyPlan, events, { redact: (words) => words.replaceAll("hunter2", "•••") });

report("says the result first, with the exit code, who, when and with what", () => {
  const head = page.slice(0, page.indexOf("## Parameters"));
  assert.match(head, "# Every kind of step: run 7k3m\n");
  assert.match(head, "- **Result:** not done, and rolled back; exit code 4\n");
  assert.match(head, "`7k3m` by alice@bastion");
  assert.match(head, "- **Time:** 2026-11-24 03:00:00 UTC to 2026-11-24 03:16:00 UTC, 16 minutes\n");
  assert.match(head, "`version=v1.2.3`, `password=•••`, `token` (secret)");
  assert.match(head, "- **Rolled back:** 03:15:11, because the guard thresholds tripped");
});

report("counts steps alone, and calls what ended early so", async () => {
  const early = await renderReport(everyPlan, [
    ...events.slice(0, 1),
    ok("patch", "03:07:01"),
    { type: "answered", at: at("03:07:02"), step: "runbook", answer: { say: "accept" }, by: alice, unsigned: true },
    ok("watch-it", "03:08:00", { outcome: "not-started" }),
  ]);
  assert.match(early, "- **Steps:** 1 ok, 1 ended early\n");
});

report("ticks what was done, and only that", () => {
  assert.match(page, '- [x] <a id="gates"></a>**0.1 Gates**\n    - [x] Reviewed\n    - [x] Tests passed');
  assert.match(page, '- [ ] <a id="clean"></a>**0.2');
  assert.match(page, '- [x] <a id="patch"></a>');
  assert.match(page, '- [ ] <a id="namespace"></a>');
});

report("tells how each step went, and why it was skipped or overruled, and by whom", () => {
  assert.match(page, "    - **skipped**, 03:02:00, by alice@bastion: nobody works here\n");
  assert.match(
    page,
    "    - **failed** after 1 s, 03:03:00: exit code 1 (attempt 1; again in 10 s)\n    - ok after 2 s, 03:03:11\n    - gave `pod`: `pod/web-7`\n",
  );
  assert.match(page, "    - **ok (overruled)** after 1 s, 03:04:01, by alice@bastion: the line is there, further up\n");
  assert.match(page, "    - approved by alice@bastion, 03:06:00, unsigned\n");
  assert.match(page, "    - pass 2: ok after 2 s, 03:09:00\n");
});

report("shows the command that ran, with its values", () => {
  assert.match(page, "kubectl logs pod/web-7");
  assert.not.match(page, "kubectl logs pod/web-1");
});

report("has answers where they were asked for, and notes as text", () => {
  assert.match(page, "    - **What users see:** Nothing | at all\n    - **How bad it is:** low\n");
  assert.match(page, "alice noted at 03:07:00: looks \\*\\*good\\*\\*");
});

report("draws what a guard saw", () => {
  assert.match(page, "Error rate > 1%  ▂▅?!  lowest 0.2%, highest 3.4%");
  assert.match(page, "03:15:10 The guard tripped: Error rate 3.4% is above 1%.");
});

report("draws an alert on what is too low: nearer the lower it is, and beyond it below", async () => {
  const pods = (value: number, bad = false): ReportEvent => ({
    type: "sampled",
    at: at("03:15:00"),
    guard: "thresholds",
    samples: [{ title: "Ready pods", alert: "< 3", unit: "", bound: 3, op: "below", bad, value }],
  });
  const low = await renderReport(everyPlan, [...events.slice(0, 1), pods(24), pods(6), pods(3), pods(2, true)]);
  assert.match(low, "Ready pods < 3  ▂▅█!  lowest 2, highest 24");
  assert.match(low, " bottom far from the alert, top at it; ! an alert, ? no number\n");
  assert.match(page, " bottom 0, top the alert; ! an alert, ? no number\n");
});

report("tells at the step and in Rollback what was undone", () => {
  assert.match(page, /- \[x\] <a id="undo-patch"><\/a>\*\*Undo 3\.2/);
  assert.match(page, "    - undone: ok after 2 s, 03:15:20\n");
});

report("writes times of another zone", async () => {
  assert.match(
    await renderReport(everyPlan, events, { timeZone: "Europe/Berlin" }),
    "2026-11-24 04:00:00 Europe/Berlin",
  );
});

report("of a run that has not ended says so", async () => {
  assert.match(await renderReport(everyPlan, events.slice(0, 3)), "- **Result:** still going on, or killed\n");
});

report("is the page in all else", () => {
  assert.match(htmlOf(page), "<h2>Rollback</h2>");
});

report.run();
