import type { Plan } from "../../dsl/plan/plan.ts";
import { policyWords } from "../../dsl/policy/policy-words.ts";
import { createText, type PageBlock } from "./page.ts";
import { code } from "./span.ts";

/** What the environment of a plan forbids; on a page for all of them, what each of them does. */
export function viewPolicies({ environment, environments }: Plan): readonly PageBlock[] {
  return environments.flatMap(({ id, policy }) => {
    if (policy === undefined || (environment !== undefined && environment !== id)) return [];
    const words = policyWords(policy);
    return words.length === 0 ? [] : [createText("Policy of ", code(id), `: ${words.join("; ")}.`)];
  });
}
