import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { mustBeSigned } from "../../runners/identity/identify.ts";
import { signText } from "../../runners/identity/sign-text.ts";
import type { Signers } from "../../runners/identity/signers.ts";
import type { Answer, Question } from "../../runners/questions/question.ts";
import { type SignedQuestion, signedText } from "../../runners/questions/signed-text.ts";
import { signingKey } from "./signing-key.ts";

/** How `approve` makes, prints or takes a signature. */
export interface SigningOptions {
  readonly request?: boolean;
  readonly signature?: string;
  readonly key?: string;
}

/** What is to be signed, for `--request`. */
export function requestText(question: Question, answer: Answer | undefined): string {
  return signedText(requireSignable(question), answer ?? onlyAnswer(question));
}

/** The answer that a signature file is for, with the signature. */
export async function withSignature(question: Question, answer: Answer | undefined, file: string): Promise<Answer> {
  requireSignable(question);
  return { ...(answer ?? onlyAnswer(question)), signature: await readSignature(file) } as Answer;
}

/** Signs an answer that must be signed, if there is a key to sign it with. */
export async function signIfNeeded(
  question: Question,
  answer: Answer,
  { signers, key, root }: { readonly signers?: Signers; readonly key?: string; readonly root: string },
): Promise<Answer> {
  if (signers === undefined || !mustBeSigned(question, answer)) {
    if (key !== undefined) throw unusedKey(signers);
    return answer;
  }
  const found = await signingKey(key, root);
  if (found === undefined) return answer;
  return { ...answer, signature: await signText(signedText(question, answer), found) } as Answer;
}

function unusedKey(signers: Signers | undefined): LockstepError {
  if (signers !== undefined)
    return new LockstepError({
      code: "bad-argument",
      message: "this answer is not signed",
      hint: "Leave --key out",
    });
  return new LockstepError({
    code: "bad-argument",
    message: "--key signs for the signers of lockstep.config.ts, and it names none",
    hint: "Leave it out, or add approvals: { allowedSigners: ... }",
  });
}

/** What can be meant without a flag that says it. */
function onlyAnswer(question: Question): Answer {
  if (question.kind === "approval") return { say: "approve", digest: question.digest };
  if (question.kind === "manual" && question.asks.length === 0) return { say: "done", asks: {} };
  const hint =
    question.kind === "manual"
      ? `Add ${question.asks.map(({ name }) => `--answer ${name}=...`).join(" ")}`
      : "Add --tick ITEMS";
  throw new LockstepError({ code: "bad-argument", message: "a signature is for an answer, and none is given", hint });
}

function requireSignable(question: Question): SignedQuestion {
  if (question.kind === "approval" || question.kind === "checklist" || question.kind === "manual") return question;
  throw new LockstepError({
    code: "bad-argument",
    message: `${question.number} is not answered by a signature`,
    hint: "Answer without --request and --signature",
  });
}

async function readSignature(file: string): Promise<string> {
  if (file === "-") return text(process.stdin);
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new LockstepError({
      code: "unreadable-file",
      message: `the signature cannot be read: ${file} (${error.code})`,
      hint: "ssh-keygen -Y sign -n lockstep -f KEY FILE writes it to FILE.sig",
    });
  });
}
