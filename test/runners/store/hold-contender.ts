import { createInterface } from "node:readline";
import type { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import { holdRun } from "../../../runners/store/run-hold.ts";
import { openRunStore } from "../../../runners/store/run-store.ts";

/** Tries to hold each run that it is told the id of, and says whether it does. Holds until it ends. */
const store = openRunStore(process.argv[2] ?? "");
console.log("ready");
for await (const id of createInterface(process.stdin)) {
  const run = await store.find(id);
  const outcome = await holdRun(run).then(
    ({ takenOverFrom }) => `won from ${takenOverFrom?.pid}`,
    (error: LockstepError) => `${error.code}: ${error.message}`,
  );
  console.log(outcome);
}
