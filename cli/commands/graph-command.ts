import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { GraphFormat } from "../../renderers/index.ts";
import { loadById } from "../loading/runbook-finder.ts";
import { compileWith } from "../params/compile-with.ts";
import { addValueOptions, type ValueOptions } from "../params/value-options.ts";
import type { CommandModule } from "./command-module.ts";

const formats: readonly GraphFormat[] = ["mermaid", "dot", "svg", "json"];

const graphCommand: CommandModule = {
  about: "Sections as nodes, approvals on the edges, guards as dotted edges.",
  examples: [
    "lockstep graph hello",
    "lockstep graph hello --format svg > hello.svg",
    "lockstep graph hello --format dot | dot -Tpng > hello.png",
  ],
  define(command) {
    command.argument("ID", "id of a runbook, or path of its file");
    addValueOptions(command)
      .option("--format <FORMAT>", "mermaid, dot, svg or json", "mermaid")
      .action(async (id: string, { format, ...values }: ValueOptions & { format: string }) => {
        const known = formats.find((candidate) => candidate === format);
        if (known === undefined)
          throw new LockstepError({
            code: "bad-argument",
            message: `graph has no format "${format}"`,
            hint: `It has ${formats.join(", ")}`,
          });
        const plan = await compileWith(await loadById(id), values, { allowMissing: true });
        const { renderGraph } = await import("../../renderers/index.ts");
        process.stdout.write(await renderGraph(plan, known));
      });
  },
};

export default graphCommand;
