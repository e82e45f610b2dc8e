import { openProject } from "../loading/project.ts";
import { attendanceOf, type OutputOptions } from "../runs/run-output-options.ts";
import type { CommandModule } from "./command-module.ts";

/** What `npm start` is in a checkout. */
const startCommand: CommandModule = {
  about:
    "In a terminal it offers what there is to see: the page, a deployment, one that fails, and a resume after kill -9. Without one it runs the quickstart unattended. Options are given to each run.",
  examples: ["npm start", "npm start -- -p proxy-port=5780"],
  define(command, argv) {
    command
      .option("--plain", "sentences and typed words, for a screen reader")
      .option("--ascii", "no Unicode")
      .option("--auto", "unattended (the default without a terminal)")
      .option("--json", "unattended, with the journal's events on standard output")
      .allowUnknownOption(true)
      .allowExcessArguments(true)
      .action(async (options: OutputOptions) => {
        const attendance = attendanceOf(options);
        if (attendance === undefined) {
          const { runProgram } = await import("../program.ts");
          return runProgram(["run", "quickstart", ...argv]);
        }
        const { root } = await openProject();
        const { takeTour } = await import("../tour/tour.ts");
        const runOptions = argv.filter((word) => word !== "--plain" && word !== "--ascii");
        process.exitCode = await takeTour({ ...attendance, root, runOptions });
      });
  },
};

export default startCommand;
