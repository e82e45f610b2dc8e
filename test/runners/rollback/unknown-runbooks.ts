import { type AnyRunbook, ifCreated, runbook, sh, step, type Undo, undoBy } from "../../../dsl/index.ts";
import { write } from "./rollback-runbooks.ts";

/** The second write runs until `go-on` is there. */
const unknown = (undo: Undo<never>): AnyRunbook =>
  runbook({ id: "unknown", title: "Unknown" }, () => [
    write("one"),
    step(
      "two",
      "Do two",
      sh`echo two-begins >> effects; until [ -e go-on ]; do sleep 0.02; done; echo two >> effects`,
      {
        undo: undo as never,
      },
    ),
  ]);

const takeBack = sh`echo undo-two >> effects`;
export const unknownIdempotent = (): AnyRunbook => unknown(undoBy("Take two back", takeBack, { idempotent: true }));
export const unknownOther = (): AnyRunbook => unknown(undoBy("Take two back", takeBack));
export const unknownCreated = (): AnyRunbook => unknown(ifCreated(takeBack));

const slow = (idempotent: boolean): AnyRunbook =>
  runbook({ id: "slow-undo", title: "Slow undo" }, () => [
    write("one"),
    step("two", "Do two", sh`echo two >> effects`, {
      undo: undoBy(
        "Take two back",
        sh`echo undo-two-begins >> effects; until [ -e go-on ]; do sleep 0.02; done; echo undo-two >> effects`,
        { idempotent },
      ),
    }),
  ]);

export const slowUndo = (): AnyRunbook => slow(false);
export const slowIdempotentUndo = (): AnyRunbook => slow(true);
