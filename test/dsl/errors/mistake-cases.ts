import {
  approval,
  background,
  caution,
  check,
  checklist,
  choose,
  gate,
  group,
  guard,
  http,
  ifCreated,
  include,
  manual,
  measurement,
  minutes,
  notNeeded,
  onlyNumber,
  output,
  param,
  percent,
  repeat,
  rollback,
  runbook,
  section,
  sh,
  step,
  undoBy,
  wait,
  watch,
  when,
} from "../../../dsl/index.ts";
import { kubectl } from "../../../dsl/kubernetes/index.ts";
import { bodyRefusal, type Refusal, refusalOf, runbookRefusal } from "../../support/load-errors.ts";

const read = sh.read`ls`;
const look = () => step("look", "Look", read, { outputs: { name: output.text() } });
const rate = measurement("rate", "Rate", { measures: "errors", unit: "%", query: read, reading: onlyNumber });
const alerts = [rate.above(percent(1))] as const;
/** What an author wrote whose editor showed no types. */
const wrong = (value: unknown): never => value as never;
const stepWith = (settings: object) => () => bodyRefusal(() => [step("build", "Build", read, wrong(settings))]);

/** By the code, and what is wrong. */
export const mistakeCases: Readonly<Record<string, () => Refusal>> = {
  "bad-setting: a time-out that is a number": stepWith({ timeout: 3 }),
  "bad-setting: a time-out that is words": stepWith({ timeout: "1 minute" }),
  "bad-setting: a wait of a number": () => bodyRefusal(() => [wait("settle", "Settle", wrong(5))]),
  "bad-setting: a pause of a number": () =>
    bodyRefusal(() => [
      repeat("r", "R", wrong({ limit: 2, every: 5 }), () => ({ body: [look()], until: wrong(true) })),
    ]),
  "bad-setting: an interval of a number": () =>
    bodyRefusal(() => [watch("w", "W", read, wrong({ until: "it is calm", interval: 2 }))]),
  "bad-setting: a gate that holds for a number": () =>
    bodyRefusal(() => [gate("g", "G", wrong({ failIf: alerts, hold: 60 }))]),
  "bad-setting: a retry that is a number": stepWith({ retry: 3 }),
  "bad-setting: a retry without a pause": stepWith({ retry: { attempts: 3 } }),
  "unknown-setting: of a step": stepWith({ expct: "ok" }),
  "unknown-setting: of a step, like none": stepWith({ zebra: 1 }),
  "unknown-setting: of a retry": stepWith({ retry: { attempts: 3, evry: minutes(1) } }),
  "unknown-setting: of a runbook": () =>
    refusalOf(() => runbook(wrong({ id: "a", title: "A", sumary: "b" }), () => [look()])),
  "unknown-setting: of a section": () => bodyRefusal(() => [section("s", "S", wrong({ onFailiure: rollback }), [])]),
  "unknown-setting: of a guard": () =>
    bodyRefusal(() => [guard("g", "G", wrong({ alerts, onTrip: rollback, intervall: minutes(1) }))]),
  "unknown-setting: of a parameter": () => refusalOf(() => param.string(wrong({ meening: "a" }))),
  "unknown-setting: of a check": () =>
    bodyRefusal(() => [checklist("c", "C", [check("It works", read, wrong({ expects: "ok" }))])]),
  "unknown-setting: of an undo": () => refusalOf(() => undoBy("Back", sh`a`, wrong({ idempotant: true }))),
  "bad-setting: yes in quotes": stepWith({ sensitive: "yes" }),
  "bad-setting: a variable that is a number": stepWith({ env: { PORT: 8080 } }),
  "bad-setting: an undo where the settings are": stepWith(notNeeded("a test")),
  "bad-setting: an output that is no output": stepWith({ outputs: { name: "text" } }),
  "bad-setting: a guard without an answer": () => bodyRefusal(() => [guard("g", "G", wrong({ alerts }))]),
  "bad-setting: a guard of a measurement": () =>
    bodyRefusal(() => [guard("g", "G", wrong({ alerts: [rate], onTrip: rollback }))]),
  "bad-setting: an approval by nobody": () => bodyRefusal(() => [approval("go", "Go", wrong({}))]),
  "bad-setting: a runbook without a function": () => refusalOf(() => runbook({ id: "a", title: "A" }, wrong([look()]))),
  "bad-setting: a choice without branches": () =>
    runbookRefusal(
      runbook({ id: "a", title: "A", params: { way: param.oneOf(["a"]) } }, (p) => [choose("c", p.way, wrong({}))]),
    ),
  "empty-title: of a section, left out": () =>
    bodyRefusal(() => [section("prepare", wrong([look()]), wrong(undefined))]),
  "empty-title: an id left out": () => bodyRefusal(() => [step("Build it", wrong(read), wrong(undefined))]),
  "empty-title: of a group, left out": () =>
    bodyRefusal(() => [group(wrong([look()]), wrong(undefined), wrong(undefined))]),
  "bad-id: nothing": () => bodyRefusal(() => [step(wrong(undefined), "Build", read)]),
  "bad-action: none": () => bodyRefusal(() => [step("build", "Build", wrong(undefined))]),
  "bad-action: words": () => bodyRefusal(() => [step("build", "Build", wrong("make build"))]),
  "bad-action: a check that is words": () => bodyRefusal(() => [checklist("c", "C", [check("It works", wrong("ls"))])]),
  "bad-action: a probe that changes something": () =>
    bodyRefusal(() => [step("a", "A", sh`touch a`, { undo: sh`rm a`, probe: wrong(sh`touch b`) })]),
  "bad-action: an item that is no item": () => bodyRefusal(() => [checklist("c", "C", [wrong(read)])]),
  "bad-action: a checklist without a list": () => bodyRefusal(() => [checklist("c", "C", wrong("Reviewed"))]),
  "not-a-block: words": () => bodyRefusal(() => [section("s", "S", [look(), wrong("and then")])]),
  "not-a-block: false": () => bodyRefusal(() => [section("s", "S", [wrong(false)])]),
  "not-a-block: a list in a list": () => bodyRefusal(() => [section("s", "S", [wrong([look()])])]),
  "not-a-block: no list": () => bodyRefusal(() => [section("s", "S", wrong(undefined))]),
  "not-a-block: in a condition": () =>
    runbookRefusal(
      runbook({ id: "a", title: "A", params: { quick: param.boolean() } }, (p) => [when(p.quick, [wrong(undefined)])]),
    ),
  "not-a-block: a caution that is not called": () => bodyRefusal(() => [wrong(caution)]),
  "not-a-block: a runbook": () => {
    const other = runbook({ id: "b", title: "B" }, () => [look()]);
    return bodyRefusal(() => [wrong(other)]);
  },
  "unknown-parameter: in a command": () =>
    runbookRefusal(
      runbook({ id: "a", title: "A", params: { name: param.string() } }, (p) => [
        step("say", "Say", sh.read`echo ${wrong((p as { nam?: unknown }).nam)}`),
      ]),
    ),
  "unknown-output: in a command": () =>
    bodyRefusal(() => {
      const one = look();
      return [one, step("say", "Say", sh.read`echo ${wrong((one.outputs as { nam?: unknown }).nam)}`)];
    }),
  "bad-action: nothing in a command": () => bodyRefusal(() => [step("say", "Say", sh.read`echo ${wrong(undefined)}`)]),
  "bad-setting: nothing in a text": () => bodyRefusal(() => [caution(wrong(undefined))]),
  "bad-setting: an include of a section": () =>
    bodyRefusal(() => [include("i", wrong(section("s", "S", [look()])), wrong(undefined))]),
  "bad-setting: a background step without ready": () => bodyRefusal(() => [background("b", "B", read, wrong({}))]),
  "bad-setting: what a person is asked for": () =>
    bodyRefusal(() => [manual("m", "M", wrong({ asks: { impact: output.text() } }))]),
  "bad-setting: an undo that is a step": () => refusalOf(() => ifCreated(wrong(look()))),
  "unknown-setting: of kubectl": () => refusalOf(() => kubectl.get("pods", wrong({ namespce: "shop" }))),
  "unknown-setting: of another verb of kubectl": () =>
    refusalOf(() => kubectl.rollout.status("deployment/web", wrong({ replicas: 3 }))),
  "bad-setting: a time-out of kubectl": () =>
    refusalOf(() => kubectl.rollout.status("deployment/web", wrong({ timeout: "300s" }))),
  "bad-setting: an apply without a file": () => refusalOf(() => kubectl.apply(wrong({ namespace: "shop" }))),
  "bad-action: kubectl about nothing": () => refusalOf(() => kubectl.delete(wrong(undefined))),
  "bad-action: kubectl exec of words": () => refusalOf(() => kubectl.exec.read("db-0", wrong("pg_isready"))),
  "unknown-setting: of a request": () => refusalOf(() => http.get("http://a", wrong({ header: {} }))),
  "unknown-setting: of an output": () => refusalOf(() => output.text(wrong({ exampel: "a" }))),
  "bad-setting: outputs of a sensitive step": stepWith({ sensitive: true, outputs: { all: output.text() } }),
  "bad-setting: what a sensitive step must show": stepWith({ sensitive: true, expect: "ok" }),
  "bad-setting: what a step in a person's terminal must show": stepWith({ terminal: true, expect: "ok" }),
  "bad-setting: standard input of a step in a person's terminal": stepWith({ terminal: true, stdin: "yes" }),
  "bad-setting: what a sensitive step created": () =>
    bodyRefusal(() => [step("a", "A", sh`touch a`, { undo: ifCreated(sh`rm a`), sensitive: true })]),
  "bad-setting: the words of a sensitive background step": () =>
    bodyRefusal(() => [background("b", "B", read, { ready: "listening", sensitive: true })]),
};
