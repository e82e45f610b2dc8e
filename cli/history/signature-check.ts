import type { AnsweredEvent } from "../../runners/events/run-event.ts";
import { mustBeSigned } from "../../runners/identity/identify.ts";
import type { Signers } from "../../runners/identity/signers.ts";
import { verifySignature } from "../../runners/identity/verify-signature.ts";
import type { Question } from "../../runners/questions/question.ts";
import { signedText } from "../../runners/questions/signed-text.ts";
import type { RecordedRun } from "./run-reader.ts";

/** What became of the signatures of a run. */
export interface SignatureCheck {
  /** Answers with a signature that is good. */
  readonly signed: number;
  /** Approvals, and what a second person said, that nobody signed. */
  readonly unsigned: number;
  /** What is wrong, a line each. */
  readonly problems: readonly string[];
}

type Answered = AnsweredEvent & { readonly at: string };

/** Verifies every signature in a journal again, as of when it was given, against what the journal says was asked. */
export async function checkSignatures(
  { events, folder }: RecordedRun,
  signers: Signers | undefined,
): Promise<SignatureCheck> {
  const asked = new Map<string, Question>();
  const problems: string[] = [];
  let [signed, unsigned] = [0, 0];
  for (const event of events) {
    if (event.type === "asked") asked.set(event.question.id, event.question);
    if (event.type !== "answered") continue;
    const question = asked.get(event.question);
    const verdict = await checkAnswered(event, question, folder.id, signers);
    if (verdict === undefined) continue;
    if (verdict.kind === "signed") signed += 1;
    if (verdict.kind === "unsigned") unsigned += 1;
    if (verdict.problem !== undefined)
      problems.push(`${question?.number ?? event.step}, answered by ${event.by.user}: ${verdict.problem}`);
  }
  return { signed, unsigned, problems };
}

interface Verdict {
  readonly kind: "signed" | "unsigned" | "bad";
  readonly problem?: string;
}

async function checkAnswered(
  { answer, by, at, signature: kept }: Answered,
  question: Question | undefined,
  run: string,
  signers: Signers | undefined,
): Promise<Verdict | undefined> {
  const signature = "signature" in answer ? answer.signature : undefined;
  if (signature === undefined && kept !== undefined) return bad("its signature is gone");
  if (question === undefined || !("procedure" in question))
    return signature === undefined ? undefined : bad("it is signed, and what it answers is gone");
  if (signature === undefined) {
    if (!mustBeSigned(question, answer)) return undefined;
    const problem = signers && "it is not signed, and lockstep.config.ts names allowed signers";
    return { kind: "unsigned", ...(problem === undefined ? {} : { problem }) };
  }
  if (question.procedure.run !== run) return bad(`it was asked in the run ${question.procedure.run}`);
  if (signers === undefined)
    return bad("it is signed, and lockstep.config.ts names no allowed signers to verify it by");
  const text = signedText(question, answer);
  const signer = await verifySignature({ file: signers.file, text, signature, at: new Date(at) });
  if ("refusal" in signer) return bad(`the signature does not hold: ${signer.refusal}`);
  const isSame = signer.person === by.user && signer.person === kept?.person && signer.fingerprint === kept.fingerprint;
  return isSame ? { kind: "signed" } : bad(`it was signed by ${signer.person} (${signer.fingerprint})`);
}

function bad(problem: string): Verdict {
  return { kind: "bad", problem };
}
