import { loadById } from "../loading/runbook-finder.ts";
import { renderPlanText } from "../output/plan-text.ts";
import { compileWith } from "../params/compile-with.ts";
import { addValueOptions, type ValueOptions } from "../params/value-options.ts";
import type { CommandModule } from "./command-module.ts";

const planCommand: CommandModule = {
  about: "Every step with its number, effect and exact command. What is not known yet stands as <name>.",
  examples: ["lockstep plan hello", "lockstep plan hello -p version=v1.2.3 --json"],
  define(command) {
    command.argument("ID", "id of a runbook, or path of its file");
    addValueOptions(command)
      .option("--json", "the whole plan, as JSON")
      .action(async (id: string, { json, ...values }: ValueOptions & { json?: boolean }) => {
        const plan = await compileWith(await loadById(id), values, { allowMissing: true });
        if (!json) return void process.stdout.write(renderPlanText(plan));
        const { renderPlanJson } = await import("../../renderers/index.ts");
        process.stdout.write(renderPlanJson(plan));
      });
  },
};

export default planCommand;
