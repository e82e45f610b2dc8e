import { indexRunbooks, loadById } from "../loading/runbook-finder.ts";
import { colorsFor, widthOf } from "../output/terminal.ts";
import { compileWith } from "../params/compile-with.ts";
import { addValueOptions, type ValueOptions } from "../params/value-options.ts";
import type { CommandModule } from "./command-module.ts";

const showCommand: CommandModule = {
  about:
    "The same page as the Markdown of lockstep docs. Commands stand as they are typed, never wrapped. In a terminal a long page opens in $PAGER.",
  examples: ["lockstep show hello", "lockstep show deploy -p version=v1.2.3"],
  define(command) {
    command.argument("ID", "id of a runbook, or path of its file");
    addValueOptions(command).action(async (id: string, values: ValueOptions) => {
      const loaded = await loadById(id);
      const plan = await compileWith(loaded, values, { allowMissing: true });
      const { runbooks } = await indexRunbooks(loaded.project);
      const titles = new Map(runbooks.map((runbook) => [runbook.id, runbook.title]));
      const { renderShow } = await import("../../renderers/index.ts");
      const width = widthOf(process.stdout);
      const color = colorsFor(process.stdout).isColorSupported;
      const { writePaged } = await import("../output/pager.ts");
      await writePaged(
        renderShow(plan, { color, titleOf: (other) => titles.get(other), ...(width === undefined ? {} : { width }) }),
      );
    });
  },
};

export default showCommand;
