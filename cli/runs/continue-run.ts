import type { Run } from "../../runners/run-options.ts";
import { type ResumableRun, resumable } from "./resumable-run.ts";
import { type Attended, followRun } from "./run-follower.ts";
import { attendanceOf, type OutputOptions, verbosityOf } from "./run-output-options.ts";

/**
 * Finds a run, goes on with it, and follows it to its end.
 *
 * @param begin How it goes on; given what was found, and then who attends.
 */
export async function continueRun(
  id: string | undefined,
  purpose: "resume" | "rollback",
  options: OutputOptions,
  begin: (found: ResumableRun) => Promise<(attended: Attended) => Run>,
): Promise<void> {
  const attendance = attendanceOf(options);
  const found = await resumable(id, { withRunbook: purpose === "resume", attendance });
  if ("left" in found) {
    process.exitCode = found.left;
    return;
  }
  const { run, root, recorded, plan, settings } = found;
  const { place, roles, signers } = settings;
  await followRun(await begin(found), {
    plan,
    root,
    place,
    run,
    recorded,
    purpose,
    roles,
    ...(signers === undefined ? {} : { signers }),
    json: options.json === true,
    verbosity: verbosityOf(options),
    attendance,
  });
}
