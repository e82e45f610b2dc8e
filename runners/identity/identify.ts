import type { Actor, SignatureRecord } from "../events/run-event.ts";
import { sha256 } from "../journal/journal-line.ts";
import type { Answer, Question } from "../questions/question.ts";
import { type SignedQuestion, signedText } from "../questions/signed-text.ts";
import { namesOf, type Signers } from "./signers.ts";
import { unknownOperator } from "./unknown-operator.ts";
import { verifySignature } from "./verify-signature.ts";

/** Who gave an answer, with what proves it; or why nobody can tell. */
export type Identified = { readonly by: Actor; readonly signature?: SignatureRecord } | { readonly refusal: string };

export interface Given {
  readonly question: Question;
  readonly answer: Answer;
  /** Who it says that it is from. */
  readonly by: Actor;
  readonly signers: Signers | undefined;
  /** Users who started or resumed the run. */
  readonly operators: ReadonlySet<string>;
  /** Somebody who knows who `by` is stands behind the name. */
  readonly vouched: boolean;
}

/**
 * Finds out who answers. With signers, the key that signed tells it. Without, a name is the operating system's word,
 * which is enough only where who runs it may answer too.
 *
 * @throws LockstepError `missing-tool` without ssh-keygen.
 */
export async function identify({ question, answer, by, signers, operators, vouched }: Given): Promise<Identified> {
  const signature = "signature" in answer ? answer.signature : undefined;
  if (!mayBeSigned(question)) return signature === undefined ? { by } : { refusal: "what it answers is not signed" };
  if (signature !== undefined) {
    if (signers === undefined) return { refusal: "it is signed, and lockstep.config.ts names no allowed signers" };
    return identifySigner(question, answer, by, signers, operators, signature);
  }
  if (signers !== undefined && mustBeSigned(question, answer)) return { refusal: unsignedWords(question) };
  if (signers === undefined && !vouched && takesOthers(question, answer)) return { refusal: nobodyElseWords };
  return { by };
}

/** Whether an answer must be signed where signatures can be verified: an approval, and what a second person says. */
export function mustBeSigned(question: Question, answer: Answer): question is SignedQuestion {
  return question.kind === "approval" ? answer.say === "approve" : takesOthers(question, answer);
}

/** Whether it takes somebody other than who runs it. */
function takesOthers(question: Question, answer: Answer): boolean {
  switch (question.kind) {
    case "approval":
      return answer.say === "approve" && (question.secondPerson === true || question.quorum > 1);
    case "manual":
      return answer.say === "done" && question.secondPerson === true;
    case "checklist": {
      const named = "items" in answer ? (answer.items ?? []) : [];
      return question.items.some(({ item, by }) => by === "secondPerson" && named.includes(item as never));
    }
    default:
      return false;
  }
}

function mayBeSigned({ kind }: Question): boolean {
  return kind === "approval" || kind === "checklist" || kind === "manual";
}

async function identifySigner(
  question: Question,
  answer: Answer,
  by: Actor,
  signers: Signers,
  operators: ReadonlySet<string>,
  signature: string,
): Promise<Identified> {
  const text = signedText(question as SignedQuestion, answer);
  const signer = await verifySignature({ file: signers.file, text, signature });
  if ("refusal" in signer) return signer;
  const { person, names, fingerprint } = signer;
  if (isForOthers(question, answer)) {
    const own = namesOf(signers, operators);
    const same = names.find((name) => own.has(name));
    if (same !== undefined) return { refusal: `${same} runs this, and it takes somebody else` };
    const stranger = await unknownOperator(signers, operators);
    if (stranger !== undefined) return { refusal: strangerWords(stranger) };
  }
  return { by: { user: person, host: by.host }, signature: { person, fingerprint, signed: sha256(text) } };
}

/** Nobody who runs it may say it, whatever they are called. */
function isForOthers(question: Question, answer: Answer): boolean {
  return question.kind === "approval" ? question.secondPerson === true : takesOthers(question, answer);
}

const nobodyElseWords =
  "it takes somebody other than who runs it, and without a signature nobody can tell: name the allowed signers in lockstep.config.ts";

function unsignedWords(question: Question): string {
  const { procedure } = question as SignedQuestion;
  const approve = `lockstep approve ${procedure.run} ${question.number}`;
  return `it is not signed: sign what ${approve} --request prints, and hand it in by --signature FILE, or give --key FILE`;
}

function strangerWords(user: string): string {
  return `nobody can tell which signer ${user} is, who runs this: write approvals: { users: { ${JSON.stringify(user)}: ["..."] } } in lockstep.config.ts, an empty list if none`;
}
