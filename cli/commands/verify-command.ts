import { jsonText } from "../../renderers/json/json-text.ts";
import { verifyRecord } from "../../runners/engine/record-reader.ts";
import { damageError } from "../../runners/journal/journal-reader.ts";
import { openRunStore } from "../../runners/store/run-store.ts";
import { openProject } from "../loading/project.ts";
import type { CommandModule } from "./command-module.ts";

const verifyCommand: CommandModule = {
  about: "Every line of a journal carries the hash of the one before, so a changed, removed or added line shows.",
  examples: ["lockstep verify 7k3m", "lockstep verify --json"],
  define(command) {
    command
      .argument("[RUN]", "id of a run, or its beginning; the newest unless given")
      .option("--json", "as JSON")
      .action(async (id: string | undefined, { json }: { json?: boolean }) => {
        const folder = await openRunStore((await openProject()).root).find(id);
        const verdict = await verifyRecord(folder);
        if (json) {
          process.stdout.write(`${jsonText({ run: folder.id, ...verdict }, 2)}\n`);
          if (!verdict.ok) process.exitCode = 1;
          return;
        }
        if (!verdict.ok) throw damageError(folder.journalFile, verdict);
        const torn = verdict.torn ? "; a last line that was half written is cut off at the next resume" : "";
        process.stdout.write(`${folder.id}: ${verdict.lines} lines, none changed${torn}\n`);
      });
  },
};

export default verifyCommand;
