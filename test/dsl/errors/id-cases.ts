import {
  type Block,
  gate,
  include,
  measurement,
  minutes,
  onlyNumber,
  output,
  param,
  percent,
  runbook,
  seconds,
  section,
  sh,
  step,
} from "../../../dsl/index.ts";
import { bodyRefusal, type Refusal, runbookRefusal } from "../../support/load-errors.ts";

const look = () => step("look", "Look", sh.read`ls`, { outputs: { name: output.text() } });
const change = (id = "change") => step(id, "Change", sh`touch ${id}`, { undo: sh`rm ${id}`, timeout: minutes(1) });
const rate = measurement("rate", "Rate", { measures: "errors", unit: "%", query: sh.read`rate`, reading: onlyNumber });
const sample = (params: object, body: (p: never) => readonly Block[] = () => [step("look", "Look", sh.read`ls`)]) =>
  runbook({ id: "sample", title: "Sample", params: params as never }, body as never);

/** By the code, and what is wrong. */
export const idCases: Readonly<Record<string, () => Refusal>> = {
  "bad-id: words": () => bodyRefusal(() => [step("Build it!", "Build", sh.read`make`)]),
  "bad-id: of a section": () => bodyRefusal(() => [section("2nd", "Second", [look()])]),
  "bad-id: of a measurement": () =>
    bodyRefusal(() => [
      gate("gate", "Gate", {
        failIf: [
          measurement("Error Rate", "Rate", { measures: "a", unit: "%", query: sh.read`a`, reading: onlyNumber }).above(
            percent(1),
          ),
        ],
        hold: seconds(1),
      }),
    ]),
  "bad-id: of the runbook": () => runbookRefusal(runbook({ id: "", title: "Sample" }, () => [look()])),
  "bad-id: of a parameter": () => runbookRefusal(sample({ "dry run": param.boolean() })),
  "duplicate-id: two steps": () =>
    bodyRefusal(() => [look(), section("more", "More", [step("look", "Look", sh.read`ls -l`)])]),
  "duplicate-id: a step and a section": () => bodyRefusal(() => [look(), section("look", "Look", [change()])]),
  "duplicate-id: a heading of the page": () => bodyRefusal(() => [section("rollback", "Roll back", [look()])]),
  "duplicate-id: the undo of a step": () => bodyRefusal(() => [change(), step("undo-change", "Undo", sh.read`ls`)]),
  "duplicate-id: two flags": () => runbookRefusal(sample({ fooBar: param.string(), fooBAR: param.string() })),
  "duplicate-id: one step in two includes": () => {
    const shared = look();
    const inner = runbook({ id: "inner", title: "Inner" }, () => [shared]);
    return bodyRefusal(() => [include("one", inner), include("two", inner)]);
  },
  "duplicate-id: two measurements": () => {
    const other = measurement("rate", "Rate", {
      measures: "errors",
      unit: "%",
      query: sh.read`other`,
      reading: onlyNumber,
    });
    return bodyRefusal(() => [
      gate("one", "One", { failIf: [rate.above(percent(1))], hold: seconds(1) }),
      gate("two", "Two", { failIf: [other.above(percent(1))], hold: seconds(1) }),
    ]);
  },
};
