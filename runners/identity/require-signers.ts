import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { PlanStep } from "../../dsl/plan/plan.ts";
import type { Signers } from "./signers.ts";
import { unknownOperator } from "./unknown-operator.ts";

/** Who can be told apart in a run. */
export interface KnownPeople {
  readonly signers: Signers | undefined;
  /** Users who started or resumed it, and who goes on with it now. */
  readonly operators: ReadonlySet<string>;
  /** Somebody who knows who answers stands behind the names. */
  readonly isVouched: boolean;
}

/**
 * Refuses, before anything runs, what would be refused of everybody when it is asked: an answer by somebody else where
 * nobody can be told apart.
 *
 * @param steps Those that may still ask.
 * @throws LockstepError `signers-missing`, `unreadable-file`.
 */
export async function requireSigners(
  steps: readonly PlanStep[],
  { signers, operators, isVouched }: KnownPeople,
): Promise<void> {
  const asked = steps.flatMap((step) => {
    const taken = whomItTakes(step);
    return taken === undefined ? [] : [{ step, ...taken }];
  });
  const several = asked.find(({ isNameEnough }) => !isNameEnough);
  if (signers === undefined) {
    if (several && !isVouched) throw noSigners(several.step, several.words);
    return;
  }
  if (asked.length > 0) await requireReadable(signers.file);
  const other = asked.find(({ isOther }) => isOther);
  const stranger = other && (await unknownOperator(signers, operators));
  if (stranger !== undefined) throw unknownSigner(other?.step as PlanStep, stranger);
}

interface Taken {
  readonly words: string;
  /** Whoever runs it may be the one. */
  readonly isNameEnough: boolean;
  readonly isOther: boolean;
}

const somebodyElse: Taken = { words: "somebody other than who runs it", isNameEnough: false, isOther: true };

/** Undefined where anybody may answer and signs nothing. */
function whomItTakes({ action }: PlanStep): Taken | undefined {
  switch (action.kind) {
    case "approval":
      if (action.secondPerson) return somebodyElse;
      return { words: `${action.quorum} people`, isNameEnough: action.quorum === 1, isOther: false };
    case "manual":
      return action.by === "secondPerson" ? somebodyElse : undefined;
    case "checklist":
      return action.items.some(({ by }) => by === "secondPerson") ? somebodyElse : undefined;
    default:
      return undefined;
  }
}

async function requireReadable(file: string): Promise<void> {
  await access(file, constants.R_OK).catch((cause: unknown) => {
    throw new LockstepError({
      code: "unreadable-file",
      message: `the allowed signers cannot be read: ${file}`,
      hint: "Write it, a line for each person: NAME KEY, as ssh-keygen(1) has it",
      cause,
    });
  });
}

function noSigners({ number, id }: PlanStep, words: string): LockstepError {
  return new LockstepError({
    code: "signers-missing",
    message: `${number} ${id} takes ${words}, and without signatures nobody can tell who answers`,
    hint: 'Name the allowed signers in lockstep.config.ts: approvals: { allowedSigners: "ops/allowed_signers" }',
  });
}

function unknownSigner({ number, id }: PlanStep, user: string): LockstepError {
  return new LockstepError({
    code: "signers-missing",
    message: `${number} ${id} takes ${somebodyElse.words}, and nobody can tell which signer ${user} is`,
    hint: `Write approvals: { users: { ${JSON.stringify(user)}: ["..."] } } in lockstep.config.ts, an empty list for one who signs nothing`,
  });
}
