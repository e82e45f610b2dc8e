import { LockstepError } from "../../../dsl/errors/lockstep-error.ts";
import type { Answer } from "../../../runners/questions/question.ts";
import { signIfNeeded } from "../../answers/signed-answer.ts";
import { inertText } from "../../output/inert-text.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import type { Asked } from "./question-view.ts";

/** Signs an approval with the key that git signs with; ssh-keygen has the terminal meanwhile. Undefined: nothing was signed. */
export async function signHere(
  ui: TerminalUi,
  question: Asked<"approval">,
  answer: Answer,
): Promise<Answer | undefined> {
  const { signers, root, screen, facts } = ui;
  if (signers === undefined) return answer;
  try {
    const signed = await screen.suspendFor(() => signIfNeeded(question, answer, { signers, root }));
    if ("signature" in signed) return signed;
    const approve = `lockstep approve ${facts.runId} ${question.number}`;
    screen.print([`     There is no key to sign with: set git's user.signingkey, or: ${approve} --key FILE`]);
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    screen.print([`     ${inertText(error.hint === undefined ? error.message : `${error.message}. ${error.hint}`)}`]);
  }
  return undefined;
}
