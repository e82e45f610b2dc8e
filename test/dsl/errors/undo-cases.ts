import { http, ifCreated, notNeeded, section, sh, step } from "../../../dsl/index.ts";
import { kubectl } from "../../../dsl/kubernetes/index.ts";
import { bodyRefusal, type Refusal } from "../../support/load-errors.ts";

const undo = notNeeded("a test");

/** By the code, and what is wrong. */
export const undoCases: Readonly<Record<string, () => Refusal>> = {
  "undo-missing: a write": () => bodyRefusal(() => [step("build", "Build", sh`make build`)]),
  "undo-missing: destructive": () => bodyRefusal(() => [step("drop", "Drop", sh.destructive`dropdb old`)]),
  "undo-missing: a request": () => bodyRefusal(() => [step("order", "Order", http.post("http://shop"))]),
  "undo-not-needed-destructive: its own": () =>
    bodyRefusal(() => [step("drop", "Drop", sh.destructive`dropdb old`, { undo })]),
  "undo-not-needed-destructive: of its section": () =>
    bodyRefusal(() => [section("old", "Old", { undo }, [step("drop", "Drop", sh.destructive`dropdb old`)])]),
  "undo-plain-delete: its own": () =>
    bodyRefusal(() => [
      step("apply", "Apply", kubectl.apply({ file: "a.yaml" }), { undo: kubectl.delete({ file: "a.yaml" }) }),
    ]),
  "undo-plain-delete: by a function": () =>
    bodyRefusal(() => [
      step("apply", "Apply", kubectl.apply({ file: "a.yaml" }), { undo: () => kubectl.delete({ file: "a.yaml" }) }),
    ]),
  "undo-plain-delete: of its section": () =>
    bodyRefusal(() => [
      section("all", "All", { undo: kubectl.delete({ file: "a.yaml" }) }, [
        step("apply", "Apply", kubectl.apply({ file: "a.yaml" })),
      ]),
    ]),
  "bad-setting: an undo that is words": () =>
    bodyRefusal(() => [step("a", "A", sh`touch a`, { undo: "rm a" as never })]),
  "bad-setting: an undo without an action": () => bodyRefusal(() => [step("a", "A", sh`touch a`, { undo: [] })]),
  "bad-setting: an undo without a reason": () =>
    bodyRefusal(() => [step("a", "A", sh`touch a`, { undo: notNeeded(" ") })]),
  "bad-setting: ifCreated of a section": () =>
    bodyRefusal(() => [section("a", "A", { undo: ifCreated(sh`rm a`) }, [step("b", "B", sh`touch a`)])]),
  "shell-keeps-state: in an undo": () => bodyRefusal(() => [step("a", "A", sh`touch a`, { undo: sh`cd /tmp` })]),
};
