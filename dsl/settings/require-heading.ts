import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { describeValue } from "./describe-value.ts";

/**
 * What comes first is an id, and then a title: who leaves one of them out has everything else in the wrong place.
 *
 * @param call What the author called: `step`.
 * @throws LockstepError `bad-id` or `empty-title`
 */
export function requireHeading(call: string, id: unknown, title: unknown, at: CallSite): void {
  if (typeof id !== "string")
    throw new LockstepError({
      code: "bad-id",
      message: `a ${call} begins with its id, not with ${describeValue(id)}`,
      hint: `Write ${call}("the-id", "What it does", ...)`,
      at,
    });
  if (typeof title === "string" || (title as { readonly node?: unknown } | undefined | null)?.node === "text") return;
  const isTitle = /[A-Z ]/.test(id);
  throw new LockstepError({
    code: "empty-title",
    message: `${call} ${isTitle ? JSON.stringify(id) : id} has no ${isTitle ? "id before its title" : "title behind its id"}; ${describeValue(title)} stands there`,
    hint: `Write ${call}(${isTitle ? `"${idOf(id)}", ${JSON.stringify(id)}` : `"${id}", "What it does"`}, ...)`,
    at,
  });
}

/** The id that a title would have. */
function idOf(title: string): string {
  const words = title.toLowerCase().match(/[a-z][a-z0-9]*/g) ?? ["the-id"];
  return words.slice(0, 3).join("-");
}
