import { continueRun } from "../runs/continue-run.ts";
import { addOutputOptions, addTerminalOptions, type OutputOptions } from "../runs/run-output-options.ts";
import type { CommandModule } from "./command-module.ts";

const rollbackCommand: CommandModule = {
  about:
    "Runs the undo that was recorded when each step ran, whatever the runbook says today. Exit code 4 when all is undone.",
  examples: ["lockstep rollback 7k3m"],
  define(command) {
    command.argument("[RUN]", "id of a run, or its beginning; the newest unless given");
    command.option("--accept-place", "go on here, although the folder or the cluster is not the one of before");
    addTerminalOptions(command, { stepping: false });
    addOutputOptions(command).action((id: string | undefined, options: OutputOptions & { acceptPlace?: boolean }) =>
      continueRun(id, "rollback", options, async ({ run, plan, settings }) => {
        const { rollback } = await import("../../runners/index.ts");
        const { acceptPlace = false } = options;
        return (attended) => rollback({ ...settings, ...attended, run, plan, acceptPlace });
      }),
    );
  },
};

export default rollbackCommand;
