import {
  type Block,
  group,
  include,
  output,
  parallel,
  param,
  type Runbook,
  runbook,
  section,
  sh,
  step,
  text,
  when,
  within,
} from "../../../dsl/index.ts";
import { bodyRefusal, type Refusal, runbookRefusal } from "../../support/load-errors.ts";

const look = () => step("look", "Look", sh.read`ls`, { outputs: { name: output.text() } });
const sample = (params: object, body: (p: never) => readonly Block[] = () => [step("look", "Look", sh.read`ls`)]) =>
  runbook({ id: "sample", title: "Sample", params: params as never }, body as never);

/** By the code, and what is wrong. */
export const blockCases: Readonly<Record<string, () => Refusal>> = {
  "empty-title: of a step": () => bodyRefusal(() => [step("look", " ", sh.read`ls`)]),
  "empty-title: of a text without words": () => bodyRefusal(() => [step("look", text``, sh.read`ls`)]),
  "empty-title: of a group": () => bodyRefusal(() => [group("", [look()])]),
  "empty-title: of the runbook": () => runbookRefusal(runbook({ id: "sample", title: "" }, () => [look()])),
  "empty-section: without blocks": () => bodyRefusal(() => [section("prepare", "Prepare", [])]),
  "empty-group: a group": () => bodyRefusal(() => [group("Several", [])]),
  "empty-group: a parallel": () => bodyRefusal(() => [parallel("checks", "Checks", [])]),
  "empty-group: a when": () =>
    runbookRefusal(sample({ quick: param.boolean() }, (p: never) => [when((p as { quick: never }).quick, [])])),
  "empty-group: a within": () => bodyRefusal(() => [within({ cwd: "a" }, [])]),
  "not-a-block: an action": () => bodyRefusal(() => [sh.read`ls` as never]),
  "not-a-block: nothing": () => bodyRefusal(() => [undefined as never]),
  "not-a-block: a section in a group": () =>
    bodyRefusal(() => [group("Several", [section("a", "A", [look()]) as never])]),
  "parallel-steps-only: a section": () =>
    bodyRefusal(() => [parallel("checks", "Checks", [section("a", "A", [look()]) as never])]),
  "not-a-block: nothing, in a parallel": () => bodyRefusal(() => [parallel("checks", "Checks", [undefined as never])]),
  "parallel-needs-later: by after": () =>
    bodyRefusal(() => [
      parallel("checks", "Checks", [step("a", "A", sh.read`ls`, { after: ["b"] }), step("b", "B", sh.read`ls`)]),
    ]),
  "bad-setting: after a step that does not exist": () =>
    bodyRefusal(() => [parallel("checks", "Checks", [look(), step("b", "B", sh.read`ls`, { after: ["lock"] })])]),
  "bad-setting: after outside of a parallel": () =>
    bodyRefusal(() => [look(), step("b", "B", sh.read`ls`, { after: ["look"] })]),
  "cycle: runbooks include each other": () => {
    const one: Runbook<Record<never, never>> = runbook({ id: "one", title: "One" }, () => [include("two", two)]);
    const two = runbook({ id: "two", title: "Two" }, () => [include("one", one)]);
    return runbookRefusal(one);
  },
};
