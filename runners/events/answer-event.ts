import type { Answer, Question } from "../questions/question.ts";
import type { Actor } from "./run-event.ts";

/** A person is needed. */
export interface AskedEvent {
  readonly type: "asked";
  readonly question: Question;
  /** Id of the machine's boot: what is left of its deadline is measured within one by the monotonic clock. */
  readonly boot: string;
}

/** A person answered, and the answer counts. */
export interface AnsweredEvent {
  readonly type: "answered";
  readonly step: string;
  /** Which question about that step it answers. */
  readonly question: string;
  readonly kind: Question["kind"];
  readonly answer: Answer;
  readonly by: Actor;
  /** True: no signature stands behind the name, only the operating system's word. */
  readonly unsigned: boolean;
  /** Who signed it, and with which key; the signature itself stands in the answer. */
  readonly signature?: SignatureRecord;
  /** How long it lay in the inbox before the run took it; an approval grows old there too. */
  readonly waitedSeconds?: number;
}

/** What is kept of a signature that was verified. */
export interface SignatureRecord {
  /** The name of the signer by the allowed-signers file. */
  readonly person: string;
  /** The key: "SHA256:...". */
  readonly fingerprint: string;
  /** SHA-256 of the text that was signed. */
  readonly signed: string;
}
