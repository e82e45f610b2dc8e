import { resumable } from "../runs/resumable-run.ts";
import { followRun } from "../runs/run-follower.ts";
import {
  addOutputOptions,
  addTerminalOptions,
  attendanceOf,
  type OutputOptions,
  verbosityOf,
} from "../runs/run-output-options.ts";
import type { CommandModule } from "./command-module.ts";

const resumeCommand: CommandModule = {
  about:
    "What is done stays done; a step that still runs is followed. A runbook that was edited since is shown as a difference, and needs --accept-changes.",
  examples: ["lockstep resume", "lockstep resume 7k3m", "lockstep resume 7k3m --accept-changes"],
  define(command) {
    command.argument("[RUN]", "id of a run, or its beginning; the newest that has not ended unless given");
    command.option("--accept-changes", "go on with the runbook as it is now; what is done stays done");
    addTerminalOptions(command);
    addOutputOptions(command).action(
      async (id: string | undefined, options: OutputOptions & { acceptChanges?: boolean }) => {
        const attendance = attendanceOf(options);
        const found = await resumable(id, { withRunbook: true, attendance });
        if (found === undefined) {
          process.exitCode = 130;
          return;
        }
        const { run, root, recorded, plan, settings } = found;
        const { resume } = await import("../../runners/index.ts");
        await followRun(
          (attended) => resume({ ...settings, ...attended, run, plan, acceptChanges: options.acceptChanges ?? false }),
          {
            plan,
            root,
            run,
            recorded,
            purpose: "resume",
            roles: settings.roles,
            json: options.json === true,
            verbosity: verbosityOf(options),
            attendance,
          },
        );
      },
    );
  },
};

export default resumeCommand;
