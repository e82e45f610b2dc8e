import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { type PlainValue, type Ref, refOf } from "../values/ref.ts";
import type { Text } from "../values/text.ts";

/** What a step must show on standard output to count as done, besides exit code 0. */
export type ExpectNode =
  | { readonly kind: "contains"; readonly text: Text }
  | { readonly kind: "matches"; readonly pattern: string; readonly flags: string };

/** A text that the output must contain, a value that it must contain, a pattern that it must match; or several of them. */
export type Expect = Text | Ref<PlainValue> | RegExp | readonly (Text | Ref<PlainValue> | RegExp)[];

/** Loose forms of what is expected become nodes here; `at` is the step that expects it. */
export function parseExpect(expect: Expect | undefined, at: CallSite): readonly ExpectNode[] {
  if (expect === undefined) return [];
  if (Array.isArray(expect)) return expect.flatMap((item: Expect) => parseExpect(item, at));
  if (expect instanceof RegExp) return [{ kind: "matches", pattern: expect.source, flags: expect.flags }];
  const ref = refOf(expect);
  if (ref) return [{ kind: "contains", text: Object.freeze({ node: "text", parts: [ref], at }) }];
  if (typeof expect === "string" && expect !== "") return [{ kind: "contains", text: expect }];
  if (typeof expect === "object" && (expect as { node?: string } | null)?.node === "text")
    return [{ kind: "contains", text: expect as Text }];
  throw new LockstepError({
    code: "bad-setting",
    message: "expect must be a text, a regular expression, or a list of them",
    hint: 'Write what the output must contain: expect: "successfully rolled out"',
    at,
  });
}
