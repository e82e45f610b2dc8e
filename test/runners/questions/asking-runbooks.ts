import { type AnyRunbook, ask, checklist, manual, runbook } from "../../../dsl/index.ts";

export const asked = (): AnyRunbook =>
  runbook({ id: "asked", title: "Asked" }, () => [checklist("look", "Look", ["Users are served"])]);

export const byHand = (): AnyRunbook =>
  runbook({ id: "hand", title: "Hand" }, () => [
    manual("hand", "By hand", { asks: { impact: ask.line("What users see") } }),
  ]);
