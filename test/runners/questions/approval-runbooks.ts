import {
  type AnyRunbook,
  approval,
  type Block,
  guard,
  include,
  measurement,
  onlyNumber,
  param,
  percent,
  rollback,
  runbook,
  seconds,
  section,
  sh,
  step,
  stop,
} from "../../../dsl/index.ts";

export interface Variant {
  readonly command?: string;
  readonly undo?: string;
  readonly sectionUndo?: string;
  readonly bound?: number;
  readonly query?: "rate" | "rate2";
  readonly onTrip?: string;
  readonly title?: string;
  readonly extra?: boolean;
  readonly region?: string;
  readonly after?: string;
  readonly quorum?: number;
}

/** An approval of a section with a guard, and another approval of what follows. */
export function approved({
  command = "one",
  undo = "undo-one",
  sectionUndo = "undo-section",
  bound = 1,
  query = "rate",
  onTrip = "rollback",
  title = "Do it",
  extra = false,
  after = "after",
  quorum = 1,
}: Variant = {}): AnyRunbook {
  const rate = measurement("rate", "Rate", {
    measures: "x",
    unit: "%",
    query: query === "rate" ? sh.read`cat rate` : sh.read`cat rate || true`,
    reading: onlyNumber,
  });
  const mend = step("mend", "Mend", sh`echo ${onTrip} >> effects`, { undo: sh`true` });
  return runbook({ id: "approved", title: "Approved", params: { region: param.string({ default: "eu" }) } }, (p) => [
    step("before", "Before", sh`echo before >> effects`, { undo: sh`echo undo-before >> effects` }),
    approval("go", "Go on", { by: ["release-manager"], quorum, deadline: seconds(60) }),
    section("s", "S", { undo: sh`echo ${sectionUndo} >> effects`, env: { REGION: p.region } }, [
      guard("g", "Watch", {
        alerts: [rate.above(percent(bound))],
        onTrip: onTrip === "rollback" ? rollback : onTrip === "stop" ? stop : mend,
        interval: seconds(0.1),
        until: "two",
      }),
      step("one", title, sh`echo ${command} >> effects`, {
        undo: sh`echo ${undo} >> effects`,
        timeout: seconds(20),
      }),
      step("two", "Covered", sh`echo two >> effects; test -e mended`, { timeout: seconds(20), onFailure: stop }),
      ...((extra ? [step("extra", "Extra", sh.read`true`)] : []) as Block[]),
    ]),
    approval("more", "And more", { by: ["release-manager"], deadline: seconds(60) }),
    step("after", "After", sh`echo ${after} >> effects`, { undo: sh`true` }),
  ]);
}

/** An approval of a step whose failure its section, its included runbook or the runbook answers. */
export function answered(commands: {
  readonly section?: string;
  readonly included?: string;
  readonly runbook?: string;
}): AnyRunbook {
  const answer = (id: string, command = "mend") =>
    step(id, "Answer", sh`echo ${command} >> effects`, { undo: sh`true` });
  const inner = runbook({ id: "inner", title: "Inner", onFailure: answer("of-included", commands.included) }, () => [
    step("in", "In it", sh`echo in >> effects`, { undo: sh`true` }),
  ]);
  return runbook({ id: "answered", title: "Answered", onFailure: answer("of-runbook", commands.runbook) }, () => [
    approval("go", "Go on", { by: ["release-manager"] }),
    section("s", "S", { onFailure: answer("of-section", commands.section) }, [
      step("one", "One", sh`echo one >> effects`, { undo: sh`true` }),
    ]),
    include("i", inner, {}),
  ]);
}
