import { askPlace } from "../rollback/run-undo-action.ts";
import type { ResumeOptions } from "../run-options.ts";
import { ask } from "./ask.ts";
import type { Engine } from "./engine.ts";
import { placeDifferences, type Standing } from "./place-differences.ts";

/** Nothing runs in another folder, or against another cluster, than before unless somebody decided so. */
export async function decidePlace(
  engine: Engine,
  { root, place, acceptPlace }: Pick<ResumeOptions, "root" | "place" | "acceptPlace">,
): Promise<void> {
  const before = engine.state.standing;
  const now: Standing = { folder: root, ...(place === undefined ? {} : { place }) };
  const differences = before === undefined ? [] : placeDifferences(before, now);
  if (differences.length === 0) return;
  let { by } = engine;
  if (!acceptPlace) {
    const title = `another ${differences.map(({ what }) => what).join(" and another ")} than before`;
    const question = { kind: "elsewhere", step: "place", number: "place", title, differences } as const;
    const where = askPlace({ id: "place", number: "place", title: "" });
    ({ by } = await ask(engine, where, question, engine.endIdle));
  }
  await engine.recorder.record({ type: "place-changed", by, differences, ...now });
}
