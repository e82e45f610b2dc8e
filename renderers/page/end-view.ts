import type { PlanStep } from "../../dsl/plan/plan.ts";
import { createItem, type PageBlock } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { code } from "./span.ts";

/** "End 2.1" with `kill %kubectl`: the last items of the section, or of the pass, that its background steps end with. */
export function endItems(context: PageContext, section: string | undefined): readonly PageBlock[] {
  const steps = section === undefined ? [] : (context.index.endings.get(section) ?? []);
  return steps.map((step) => {
    const job = jobSpec(step, steps);
    const filled = context.filling?.step(step.id);
    return createItem("end", {
      box: filled?.ticked ? "ticked" : "open",
      number: `End ${step.number}`,
      ...(job === undefined ? { after: ["by the number that ", code("jobs"), " shows for it"] } : {}),
      ...(job === undefined ? {} : { code: { language: "bash" as const, text: `kill ${job}` } }),
    });
  });
}

/**
 * How a shell names the job: `%` and the first word of its command. With two such jobs bash refuses and zsh ends the
 * newest, so then by `'%?WORD'`, a word that no other command has.
 */
function jobSpec(step: PlanStep, among: readonly PlanStep[]): string | undefined {
  const others = among.filter(({ id }) => id !== step.id).map(commandOf);
  const words = commandOf(step).split(/\s+/).filter(isBare);
  const [first] = words;
  if (first !== undefined && commandOf(step).startsWith(first) && others.every((other) => !other.startsWith(first)))
    return `%${first}`;
  const own = words.find((word) => others.every((other) => !other.includes(word)));
  return own === undefined ? undefined : `'%?${own}'`;
}

function commandOf({ command }: PlanStep): string {
  return command?.text.replace(/ &$/, "").trim() ?? "";
}

/** Nothing in it means anything to a shell. */
function isBare(word: string): boolean {
  return /^[\w@+:,./=-]+$/.test(word);
}
