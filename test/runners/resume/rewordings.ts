import { include, irreversible, notNeeded, output, section, sh, text, undoBy } from "../../../dsl/index.ts";
import { type Edit, go, later, look, one, other, place, repeated, watched } from "./edited-blocks.ts";

/** None is shown. */
export const rewordings: readonly Edit[] = [
  ["titles", () => [later()], () => [later({}, undefined, "Later on")], []],
  [
    "a title with a value in it",
    () => [later()],
    (p) => [later({}, undefined, text`Later, ${p.version}` as never)],
    [],
  ],
  ["how an undo is called", one({ undo: undoBy("Back", sh`b`) }), one({ undo: undoBy("All the way back", sh`b`) }), []],
  ["why no undo is needed", one({ undo: notNeeded("a") }), one({ undo: notNeeded("b") }), []],
  ["why it cannot be undone", one({ undo: irreversible("a") }), one({ undo: irreversible("b") }), []],
  [
    "an example",
    one({ outputs: { a: output.text({ example: "x" }) } }),
    one({ outputs: { a: output.text({ gives: "y" }) } }),
    [],
  ],
  ["a section around it, without settings", () => [later()], () => [section("s", "S", [later()])], []],
  ["how a guard is called", () => [watched(), later()], () => [watched({}, "Watch it"), later()], []],
  ["how a repeat is called", () => [repeated()], () => [repeated({ title: "Drain it" })], []],
  ["how an approval is called", () => [go()], () => [go({}, "Go ahead")], []],
  [
    "how what is included is called",
    () => [include("i", other(), {})],
    () => [include("i", other(undefined, "Else"), {})],
    [],
  ],
  [
    "facts of an environment",
    () => [look()],
    () => [look()],
    [],
    [{ environments: [place("a")] }, { environments: [place("b")] }],
  ],
  ["the title of the runbook", () => [look()], () => [look()], [], [{}, { title: "Edited again", summary: "It is." }]],
];
