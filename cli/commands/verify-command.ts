import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { jsonText } from "../../renderers/json/json-text.ts";
import { verifyRecord } from "../../runners/engine/record-reader.ts";
import { damageError } from "../../runners/journal/journal-reader.ts";
import { openRunStore } from "../../runners/store/run-store.ts";
import { readRun } from "../history/run-reader.ts";
import { checkSignatures, type SignatureCheck } from "../history/signature-check.ts";
import { openProject } from "../loading/project.ts";
import { signersOf } from "../loading/project-signers.ts";
import type { CommandModule } from "./command-module.ts";

const verifyCommand: CommandModule = {
  about:
    "Every line of a journal carries the hash of the one before, so a changed, removed or added line shows. Signatures are verified again, against what was asked.",
  examples: ["lockstep verify 7k3m", "lockstep verify --json"],
  define(command) {
    command
      .argument("[RUN]", "id of a run, or its beginning; the newest unless given")
      .option("--json", "as JSON")
      .action(async (id: string | undefined, { json }: { json?: boolean }) => {
        const { root, settings } = await openProject();
        const folder = await openRunStore(root).find(id);
        const verdict = await verifyRecord(folder);
        if (!verdict.ok) {
          if (!json) throw damageError(folder.journalFile, verdict);
          process.stdout.write(`${jsonText({ run: folder.id, ...verdict }, 2)}\n`);
          process.exitCode = 1;
          return;
        }
        const signatures = await checkSignatures(await readRun(folder), signersOf(root, settings).signers);
        if (json) {
          process.stdout.write(`${jsonText({ run: folder.id, ...verdict, signatures }, 2)}\n`);
          if (signatures.problems.length > 0) process.exitCode = 1;
          return;
        }
        if (signatures.problems.length > 0) throw signatureError(folder.id, signatures);
        const torn = verdict.torn ? "; a last line that was half written is cut off at the next resume" : "";
        const said = signatureWords(signatures);
        process.stdout.write(`${folder.id}: ${verdict.lines} lines, none changed${torn}${said}\n`);
      });
  },
};

export default verifyCommand;

function signatureWords({ signed, unsigned }: SignatureCheck): string {
  const verified = signed === 0 ? "" : `; ${signed} signature${signed === 1 ? "" : "s"} verified`;
  return `${verified}${unsigned === 0 ? "" : `; ${unsigned} approval${unsigned === 1 ? "" : "s"} unsigned`}`;
}

function signatureError(run: string, { problems }: SignatureCheck): LockstepError {
  return new LockstepError({
    code: "bad-signature",
    message: `${run}: ${problems.join("; ")}`,
    hint: "Ask who is named whether they signed it. A key that is no longer used stays in the allowed signers, with valid-before",
  });
}
