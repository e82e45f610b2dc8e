import { LockstepError } from "../errors/lockstep-error.ts";
import { captureCallSite } from "../errors/source-position.ts";
import { type PlainValue, type Ref, refOf } from "../values/ref.ts";
import { type Text, text } from "../values/text.ts";

/** What a step must show on standard output to count as done, besides exit code 0. */
export type ExpectNode =
  | { readonly kind: "contains"; readonly text: Text }
  | { readonly kind: "matches"; readonly pattern: string; readonly flags: string };

/** A text that the output must contain, a value that it must contain, a pattern that it must match; or several of them. */
export type Expect = Text | Ref<PlainValue> | RegExp | readonly (Text | Ref<PlainValue> | RegExp)[];

export function parseExpect(expect: Expect | undefined): readonly ExpectNode[] {
  if (expect === undefined) return [];
  if (Array.isArray(expect)) return expect.flatMap((item: Expect) => parseExpect(item));
  if (expect instanceof RegExp) return [{ kind: "matches", pattern: expect.source, flags: expect.flags }];
  if (refOf(expect)) return [{ kind: "contains", text: text`${expect as Ref<PlainValue>}` }];
  if (typeof expect === "string" && expect !== "") return [{ kind: "contains", text: expect }];
  if (typeof expect === "object" && (expect as { node?: string }).node === "text")
    return [{ kind: "contains", text: expect as Text }];
  throw new LockstepError({
    code: "bad-setting",
    message: "expect must be a text, a regular expression, or a list of them",
    hint: 'write what the output must contain: expect: "successfully rolled out"',
    at: captureCallSite(parseExpect),
  });
}
