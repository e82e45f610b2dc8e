import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import { flagOf } from "../../dsl/params/parameter-flag.ts";
import type { RunbookCard } from "../loading/runbook-card.ts";
import type { ValueOptions } from "../params/value-options.ts";

/** The values for one of several pages: those that its runbook has a parameter or an environment for. */
export function valuesFor(card: RunbookCard, { param = [], env, ...rest }: ValueOptions): ValueOptions {
  const takesEnvironment = env !== undefined && card.environments.some(({ id }) => id === env);
  return { ...rest, param: param.filter((text) => takes(card, nameIn(text))), ...(takesEnvironment ? { env } : {}) };
}

/**
 * A value that none of these runbooks takes is a mistake.
 *
 * @throws {LockstepError} `unknown-parameter`, `unknown-environment`.
 */
export function requireTaken(cards: readonly RunbookCard[], { param = [], env }: ValueOptions): void {
  const who = cards.length === 1 && cards[0] ? `${cards[0].id} has no` : "none of the runbooks has a";
  const unknown = param.map(nameIn).find((name) => !cards.some((card) => takes(card, name)));
  if (unknown !== undefined) {
    const flags = cards.flatMap(({ params }) => Object.keys(params).map(flagOf));
    throw new LockstepError({
      code: "unknown-parameter",
      message: `${who} parameter ${unknown}`,
      hint: didYouMean(unknown, flags),
    });
  }
  const environments = cards.flatMap((card) => card.environments.map(({ id }) => id));
  if (env !== undefined && !environments.includes(env))
    throw new LockstepError({
      code: "unknown-environment",
      message: `${who.replace(/ a$/, " an")} environment ${env}`,
      hint: didYouMean(env, environments),
    });
}

function takes({ params }: RunbookCard, name: string): boolean {
  return Object.keys(params).some((known) => known === name || flagOf(known) === name);
}

function nameIn(text: string): string {
  return text.split("=")[0] ?? "";
}
