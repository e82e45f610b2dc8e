import { indexSteps } from "../history/step-numbers.ts";
import { continueRun } from "../runs/continue-run.ts";
import { addOutputOptions, addTerminalOptions, type OutputOptions } from "../runs/run-output-options.ts";
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
      "a step that is done runs again, in its turn: its number or id, of a repeated one with its last pass (2.1[3]); may be given several times",
      (value: string, before: readonly string[] = []) => [...before, value],
    );
    command.option("--accept-place", "go on here, although the folder or the cluster is not the one of before");
    addTerminalOptions(command);
    addOutputOptions(command).action(
      (
        id: string | undefined,
        options: OutputOptions & { acceptChanges?: boolean; acceptPlace?: boolean; again?: readonly string[] },
      ) =>
        continueRun(id, "resume", options, async ({ run, plan, settings }) => {
          const { resume } = await import("../../runners/index.ts");
          const { keyOf } = indexSteps(plan);
          const again = (options.again ?? []).map((step) => keyOf(step) ?? step);
          const { acceptChanges = false, acceptPlace = false } = options;
          return (attended) => resume({ ...settings, ...attended, run, plan, acceptChanges, acceptPlace, again });
        }),
    );
  },
};

export default resumeCommand;
