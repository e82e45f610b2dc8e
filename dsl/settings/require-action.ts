import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { describeValue } from "./describe-value.ts";

/**
 * A step does something.
 *
 * @param call What the author called: `step`.
 * @throws LockstepError `bad-action`
 */
export function requireAction(call: string, id: string, action: unknown, at: CallSite): void {
  if (isAction(action)) return;
  const said = describeValue(action);
  const isText = typeof action === "string";
  throw new LockstepError({
    code: "bad-action",
    message: `${call} ${id} has ${said === "nothing" ? "no action" : `${said} where its action should be`}`,
    hint: isText
      ? `Write ${call}("${id}", ..., sh\`${action}\`), or sh.read\`...\` if it only looks`
      : said === "a function"
        ? `Call it; or, if it is a step in TypeScript, write ${call}("${id}", ..., code(async ({ log }) => ...))`
        : `Write ${call}("${id}", "What it does", sh\`...\`), or sh.read\`...\` if it only looks`,
    at,
  });
}

/**
 * What only looks: a query, a probe, a check, what is watched.
 *
 * @param owner What it is of: "the probe of step build".
 * @throws LockstepError `bad-action`
 */
export function requireRead(owner: string, action: unknown, at: CallSite): void {
  if (!isAction(action))
    throw new LockstepError({
      code: "bad-action",
      message: `${owner} must be an action that only looks, not ${describeValue(action)}`,
      hint: typeof action === "string" ? `Write sh.read\`${action}\`` : "Write sh.read`...`",
      at,
    });
  const { effect, kind } = action;
  if (effect !== "read")
    throw new LockstepError({
      code: "bad-action",
      message: `${owner} changes something, and must only look`,
      hint: "If it only looks, write sh.read`...`",
      at: action.at ?? at,
    });
  if (kind === "code" || kind === "custom")
    throw new LockstepError({
      code: "bad-action",
      message: `${owner} must be a command, not a function`,
      hint: "Write sh.read`...`",
      at: action.at ?? at,
    });
}

interface ActionLike {
  readonly effect: string;
  readonly kind: string;
  readonly at?: CallSite;
}

function isAction(action: unknown): action is ActionLike {
  return typeof action === "object" && action !== null && (action as { readonly node?: unknown }).node === "action";
}
