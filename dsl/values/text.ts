import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { describeValue } from "../settings/describe-value.ts";
import { constantRef, type PlainValue, type RefNode, refOf, secretOf, type WritableRef } from "./ref.ts";

/** Words with values in them, for titles and what is expected. */
export interface TextNode {
  readonly node: "text";
  readonly parts: readonly (string | RefNode)[];
  readonly at: CallSite;
}

/** A title, or any other text of the page: plain, or with values by `` text`...` ``. */
export type Text = string | TextNode;

/**
 * A title with values in it.
 *
 * @example
 * approval("go", text`Switch traffic to green (${p.version})`, { by: ["release-manager"] });
 */
export function text(strings: TemplateStringsArray, ...values: readonly (PlainValue | WritableRef)[]): TextNode {
  const at = captureCallSite(text);
  const parts = strings.flatMap((part, index): (string | RefNode)[] => {
    if (index >= values.length) return [part];
    return [part, parseTextValue(values[index], at)];
  });
  return Object.freeze({ node: "text", parts: parts.filter((part) => part !== ""), at });
}

function parseTextValue(value: unknown, at: CallSite): RefNode {
  const secret = secretOf(value);
  if (secret)
    throw new LockstepError({
      code: "secret-in-text",
      message: `the secret ${secret.name} cannot stand in a text`,
      hint: "Give it to the step by env or stdin",
      at,
    });
  const ref = refOf(value);
  if (ref) return ref;
  if (["string", "number", "boolean"].includes(typeof value) || Array.isArray(value))
    return constantRef(value as PlainValue);
  throw new LockstepError({
    code: "bad-setting",
    message: `${describeValue(value)} cannot stand in a text`,
    hint: "A text takes strings, numbers and refs; see whether the name between ${ and } is mistyped",
    at,
  });
}
