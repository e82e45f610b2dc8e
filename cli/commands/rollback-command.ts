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

const rollbackCommand: CommandModule = {
  about:
    "Runs the undo that was recorded when each step ran, whatever the runbook says today. Exit code 4 when all is undone.",
  examples: ["lockstep rollback 7k3m"],
  define(command) {
    command.argument("[RUN]", "id of a run, or its beginning; the newest unless given");
    command.option("--accept-place", "go on here, although the folder or the cluster is not the one of before");
    addTerminalOptions(command, { stepping: false });
    addOutputOptions(command).action(
      async (id: string | undefined, options: OutputOptions & { acceptPlace?: boolean }) => {
        const attendance = attendanceOf(options);
        const found = await resumable(id, { withRunbook: false, attendance });
        if (found === undefined) {
          process.exitCode = 130;
          return;
        }
        const { run, root, recorded, plan, settings } = found;
        const { rollback } = await import("../../runners/index.ts");
        await followRun(
          (attended) => rollback({ ...settings, ...attended, run, plan, acceptPlace: options.acceptPlace ?? false }),
          {
            plan,
            root,
            place: settings.place,
            run,
            recorded,
            purpose: "rollback",
            roles: settings.roles,
            ...(settings.signers === undefined ? {} : { signers: settings.signers }),
            json: options.json === true,
            verbosity: verbosityOf(options),
            attendance,
          },
        );
      },
    );
  },
};

export default rollbackCommand;
