import { appendFileSync } from "node:fs";
import {
  type AnyRunbook,
  type Block,
  checklist,
  parallel,
  runbook,
  seconds,
  sh,
  step,
  wait,
} from "../../../dsl/index.ts";
import { guarded, watchRate, write } from "./guarded-runbooks.ts";

process.on("warning", ({ name, message }) =>
  appendFileSync(
    `${String((JSON.parse(process.argv[2] ?? "{}") as { root?: string }).root)}/warnings`,
    `${name}: ${message}\n`,
  ),
);

const many = (make: (index: number) => Block): readonly Block[] =>
  Array.from({ length: 14 }, (_, index) => make(index));

/** Waits, reads and parallel steps, more than any limit of listeners, in the range of two guards. */
export const busy = (): AnyRunbook =>
  runbook({ id: "busy", title: "Busy" }, () => [
    watchRate({}, "outer"),
    write("one"),
    watchRate({}, "inner"),
    write("two"),
    ...many((index) => wait(`wait-${index}`, `Wait ${index}`, seconds(0.2))),
    parallel(
      "reads",
      "Reads",
      Array.from({ length: 14 }, (_, index) => step(`read-${index}`, `Read ${index}`, sh.read`sleep 0.3`)),
    ),
  ]);

export const suspending = (): AnyRunbook =>
  runbook({ id: "suspending", title: "Suspending" }, () => [checklist("look", "Look", ["It is so"])]);

/** Its write makes the alert true. */
export const tripping = (): AnyRunbook =>
  guarded([
    write("one"),
    step("break", "Break it", sh`echo 9 > rate`, { undo: sh`echo 0 > rate`, timeout: seconds(9) }),
    wait("linger", "Linger", seconds(600)),
  ]);
