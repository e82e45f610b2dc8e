import {
  background,
  choose,
  is,
  measurement,
  milliseconds,
  minutes,
  notNeeded,
  onlyNumber,
  orElse,
  output,
  percent,
  type Requirement,
  repeat,
  seconds,
  section,
  sh,
  step,
  wait,
} from "../../../dsl/index.ts";
import { bodyRefusal, type Refusal, refusalOf } from "../../support/load-errors.ts";

const look = () => step("look", "Look", sh.read`ls`, { outputs: { name: output.text() } });
const undo = notNeeded("a test");
const change = (id = "change") => step(id, "Change", sh`touch ${id}`, { undo: sh`rm ${id}`, timeout: minutes(1) });
const rate = measurement("rate", "Rate", { measures: "errors", unit: "%", query: sh.read`rate`, reading: onlyNumber });
const load = measurement("load", "Load", { measures: "jobs", query: sh.read`load`, reading: onlyNumber });

/** By the code, and what is wrong. */
export const settingCases: Readonly<Record<string, () => Refusal>> = {
  "shell-keeps-state: in a step": () => bodyRefusal(() => [step("a", "A", sh.read`cd /tmp`)]),
  "shell-keeps-state: in a probe": () =>
    bodyRefusal(() => [step("a", "A", sh`touch a`, { undo, probe: sh.read`export A=1` })]),
  "bad-setting: a repeat without an end": () =>
    bodyRefusal(() => [repeat("r", "R", { limit: 0 }, () => ({ body: [look()], until: is(look().outputs.name, "") }))]),
  "bad-setting: a retry of nothing": () =>
    bodyRefusal(() => [step("a", "A", sh.read`ls`, { retry: { attempts: 0, every: seconds(1) } })]),
  "bad-setting: a length of time that is none": () => bodyRefusal(() => [wait("wait", "Wait", minutes(-1))]),
  "bad-setting: a bound that is none": () => refusalOf(() => rate.above(percent(Number.NaN))),
  "bad-setting: a bound without a unit": () => refusalOf(() => rate.above(5 as never)),
  "bad-setting: a bound without a unit, of a plain number": () => refusalOf(() => load.below(5 as never)),
  "bad-setting: a bound that is a length of time": () => refusalOf(() => rate.below(minutes(5) as never)),
  "bad-setting: a bound in another unit": () => refusalOf(() => rate.above(milliseconds(500) as never)),
  "bad-setting: a bound with a unit, of a plain number": () => refusalOf(() => load.above(percent(5) as never)),
  "bad-setting: what is required changes something": () =>
    bodyRefusal(() => [section("a", "A", { requires: [change() as unknown as Requirement] }, [look()])]),
  "bad-setting: what happens on failure": () =>
    bodyRefusal(() => [step("a", "A", sh.read`ls`, { onFailure: "stop" as never })]),
  "bad-setting: nothing is expected": () => bodyRefusal(() => [step("a", "A", sh.read`ls`, { expect: "" })]),
  "bad-setting: a background step that is never ready": () =>
    bodyRefusal(() => [background("serve", "Serve", sh.read`serve`, { ready: undefined as never })]),
  "bad-setting: orElse of no ref": () => refusalOf(() => orElse("a" as never, "b")),
  "bad-setting: a choice of no ref": () => bodyRefusal(() => [choose("way", "a" as never, {} as never)]),
  "bad-action: an object in a command": () => bodyRefusal(() => [step("a", "A", sh.read`echo ${{} as never}`)]),
  "shell-value-place: in a heredoc": () => bodyRefusal(() => [step("a", "A", sh.read`cat <<END\n${"a value"}\nEND`)]),
  "shell-syntax: a quote that is left open": () => bodyRefusal(() => [step("a", "A", sh.read`echo "a`)]),
  "shell-syntax: nothing": () => bodyRefusal(() => [step("a", "A", sh.read` `)]),
  "shell-nul: in a value": () => bodyRefusal(() => [step("a", "A", sh.read`echo ${"a\0b"}`)]),
};
