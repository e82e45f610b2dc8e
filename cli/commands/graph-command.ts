import { Option } from "commander";
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
      .addOption(new Option("--format <FORMAT>", "how it is written").choices(formats).default("mermaid"))
      .action(async (id: string, { format, ...values }: ValueOptions & { format: GraphFormat }) => {
        const plan = await compileWith(await loadById(id), values, { allowMissing: true });
        const { renderGraph } = await import("../../renderers/index.ts");
        process.stdout.write(await renderGraph(plan, format));
      });
  },
};

export default graphCommand;
