import {
  gate,
  guard,
  irreversible,
  measurement,
  minutes,
  notNeeded,
  onlyNumber,
  output,
  percent,
  rollback,
  seconds,
  sh,
  step,
} from "../../../dsl/index.ts";
import { bodyRefusal, type Refusal } from "../../support/load-errors.ts";

const look = () => step("look", "Look", sh.read`ls`, { outputs: { name: output.text() } });
const undo = notNeeded("a test");
const change = (id = "change") => step(id, "Change", sh`touch ${id}`, { undo: sh`rm ${id}`, timeout: minutes(1) });
const rate = measurement("rate", "Rate", { measures: "errors", unit: "%", query: sh.read`rate`, reading: onlyNumber });
const alerts = [rate.above(percent(1))] as const;

/** By the code, and what is wrong. */
export const guardCases: Readonly<Record<string, () => Refusal>> = {
  "guard-until: mistyped": () =>
    bodyRefusal(() => [guard("watch", "Watch", { alerts, until: "chnage", onTrip: rollback }), change()]),
  "guard-until: before it": () =>
    bodyRefusal(() => [
      change(),
      guard("watch", "Watch", { alerts, until: "change", onTrip: rollback }),
      change("other"),
    ]),
  "guard-range: an irreversible step": () =>
    bodyRefusal(() => [
      guard("watch", "Watch", { alerts, onTrip: rollback }),
      change(),
      step("gone", "Delete", sh.destructive`rm a`, { undo: irreversible("it is gone"), timeout: minutes(1) }),
    ]),
  "guard-range: a write without a time-out": () =>
    bodyRefusal(() => [guard("watch", "Watch", { alerts, onTrip: rollback }), step("a", "A", sh`touch a`, { undo })]),
  "guard-range: no write": () => bodyRefusal(() => [guard("watch", "Watch", { alerts, onTrip: rollback }), look()]),
  "guard-range: in an answer": () =>
    bodyRefusal(() => [
      step("a", "A", sh.read`ls`, { onFailure: [guard("watch", "Watch", { alerts, onTrip: rollback }), change()] }),
      change("other"),
    ]),
  "bad-setting: an answer in an answer": () =>
    bodyRefusal(() => [
      step("a", "A", sh.read`ls`, { onFailure: [step("b", "B", sh.read`ls`, { onFailure: rollback })] }),
    ]),
  "bad-setting: a guard without alerts": () =>
    bodyRefusal(() => [guard("watch", "Watch", { alerts: [] as never, onTrip: rollback }), change()]),
  "bad-setting: a guard that never counts": () =>
    bodyRefusal(() => [guard("watch", "Watch", { alerts, onTrip: rollback, failures: 0 }), change()]),
  "bad-setting: a gate without an interval": () =>
    bodyRefusal(() => [gate("gate", "Gate", { failIf: alerts, hold: minutes(1), interval: seconds(0) })]),
};
