import { dirname, resolve } from "node:path";
import { openRunStore } from "../../runners/store/run-store.ts";
import { readPartials } from "../docs/project-partials.ts";
import { sourceHref } from "../docs/source-href.ts";
import { readPlan, readRun } from "../history/run-reader.ts";
import { openProject } from "../loading/project.ts";
import { inertText } from "../output/inert-text.ts";
import { writeOutput } from "../output/write-output.ts";
import type { CommandModule } from "./command-module.ts";

const reportCommand: CommandModule = {
  about:
    "The page of the runbook as it was run: ticked boxes with who and when, durations, outputs, what was skipped and why.",
  examples: ["lockstep report 7k3m > report.md", "lockstep report --out reports/7k3m.md"],
  define(command) {
    command
      .argument("[RUN]", "id of a run, or its beginning; the newest unless given")
      .option("--out <FILE>", "write it there; what stands there is replaced, a link is followed")
      .action(async (id: string | undefined, { out }: { out?: string }) => {
        const project = await openProject();
        const run = await readRun(await openRunStore(project.root).find(id));
        const plan = await readPlan(run);
        const { renderReport } = await import("../../renderers/index.ts");
        const file = out === undefined ? undefined : resolve(out);
        const partials = await readPartials(project);
        const text = await renderReport(plan, run.events, {
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          sourceHref: sourceHref(plan, project.root, file === undefined ? project.root : dirname(file)),
          ...(partials === undefined ? {} : { partials }),
        });
        if (file === undefined) return void process.stdout.write(text);
        await writeOutput(file, text, String(out));
        process.stderr.write(`Wrote ${inertText(String(out))}\n`);
      });
  },
};

export default reportCommand;
