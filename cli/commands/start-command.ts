import { isTerminal } from "../answers/terminal-answerer.ts";
import { openProject } from "../loading/project.ts";
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
      .allowUnknownOption(true)
      .allowExcessArguments(true)
      .action(async ({ plain, ascii }: { readonly plain?: boolean; readonly ascii?: boolean }) => {
        const runOptions = argv.filter((word) => word !== "--plain" && word !== "--ascii");
        if (!isTerminal() || argv.includes("--auto") || argv.includes("--json")) {
          const { runLockstep } = await import("../tour/lockstep-child.ts");
          process.exitCode = await runLockstep(["run", "quickstart", ...runOptions]);
          return;
        }
        const { root } = await openProject();
        const { takeTour } = await import("../tour/tour.ts");
        process.exitCode = await takeTour({ root, runOptions, plain: plain === true, ascii: ascii === true });
      });
  },
};

export default startCommand;
