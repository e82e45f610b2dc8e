import { resumable } from "../runs/resumable-run.ts";
import { followRun } from "../runs/run-follower.ts";
import {
  addOutputOptions,
  addTerminalOptions,
  attendanceOf,
  type OutputOptions,
  verbosityOf,
} from "../runs/run-output-options.ts";
import { indexSteps } from "../runs/step-numbers.ts";
import type { CommandModule } from "./command-module.ts";

const resumeCommand: CommandModule = {
  about:
    "What is done stays done; a step that still runs is followed. A runbook that was edited since is shown as a difference, and needs --accept-changes: what is done is kept as done, unless --again names it.",
  examples: [
    "lockstep resume",
    "lockstep resume 7k3m",
    "lockstep resume 7k3m --accept-changes",
    "lockstep resume 7k3m --accept-changes --again 1.5",
  ],
  define(command) {
    command.argument("[RUN]", "id of a run, or its beginning; the newest that has not ended unless given");
    command.option("--accept-changes", "go on with the runbook as it is now; what is done stays done");
    command.option(
      "--again <STEP>",
      "a step that is done runs again, in its turn: its number or id; may be given several times",
      (value: string, before: readonly string[] = []) => [...before, value],
    );
    command.option("--accept-place", "go on here, although the folder or the cluster is not the one of before");
    addTerminalOptions(command);
    addOutputOptions(command).action(
      async (
        id: string | undefined,
        options: OutputOptions & { acceptChanges?: boolean; acceptPlace?: boolean; again?: readonly string[] },
      ) => {
        const attendance = attendanceOf(options);
        const found = await resumable(id, { withRunbook: true, attendance });
        if (found === undefined) {
          process.exitCode = 130;
          return;
        }
        const { run, root, recorded, plan, settings } = found;
        const { resume } = await import("../../runners/index.ts");
        const { idOf } = indexSteps(plan);
        const again = (options.again ?? []).map((step) => idOf(step) ?? step);
        const { acceptChanges = false, acceptPlace = false } = options;
        const decided = { acceptChanges, acceptPlace, again };
        await followRun((attended) => resume({ ...settings, ...attended, run, plan, ...decided }), {
          plan,
          root,
          place: settings.place,
          run,
          recorded,
          purpose: "resume",
          roles: settings.roles,
          ...(settings.signers === undefined ? {} : { signers: settings.signers }),
          json: options.json === true,
          verbosity: verbosityOf(options),
          attendance,
        });
      },
    );
  },
};

export default resumeCommand;
