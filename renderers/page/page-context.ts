import type { Plan, PlanResponse, PlanSettings, PlanText } from "../../dsl/plan/plan.ts";
import { planScope, resolveOperand, type Scope } from "../../dsl/plan/resolve-operand.ts";
import type { Filling } from "./filling.ts";
import { indexPlan, type Part, type PlanIndex } from "./plan-index.ts";
import { code, type Spans } from "./span.ts";

/** Where a page stands: how it reaches the pages of other runbooks and its own source. */
export interface PageOptions {
  /** Where the page of another runbook is; undefined if there is none, and only its title is shown. */
  readonly linkTo?: ((runbook: string) => string | undefined) | undefined;
  /** The title of another runbook. */
  readonly titleOf?: ((runbook: string) => string | undefined) | undefined;
  /** Where the source file is, seen from the page. */
  readonly sourceHref?: string | undefined;
}

/** What every part of a page may look at. */
export interface PageContext {
  readonly plan: Plan;
  readonly index: PlanIndex;
  readonly scope: Scope;
  readonly options: PageOptions;
  /** What happened, on the page of a run. */
  readonly filling?: Filling | undefined;
}

/** Where a block stands on the page. */
export interface Place {
  readonly part?: Part;
  /** Inside a list item: no headings, no alerts. */
  readonly inList: boolean;
  /** Level of the next heading. */
  readonly level: number;
  /** The folder and variables that a person who follows the page has by now. */
  readonly settings: PlanSettings;
  /** What holds when a step fails that says nothing itself. */
  readonly onFailure?: PlanResponse | undefined;
}

export function createContext(plan: Plan, options: PageOptions, filling?: Filling): PageContext {
  const scope = planScope(plan);
  return { plan, index: indexPlan(plan, scope), scope, options, filling };
}

/** The words of a text, with the values in it as code. */
export function textSpans({ scope }: PageContext, text: PlanText): Spans {
  if (text.parts === undefined) return [text.text];
  return text.parts.map((part) => {
    if (typeof part === "string") return part;
    const resolved = resolveOperand(part, scope);
    if (resolved.kind === "unknown") return code(resolved.placeholder);
    const value = Array.isArray(resolved.value) ? resolved.value.join(", ") : String(resolved.value);
    return "value" in part ? value : code(value);
  });
}

/** "Phase 3", "section 3" where sections have no word of their own, "2" for an included runbook. */
export function partName({ plan }: PageContext, part: Part): string {
  return part.block === "include" ? part.number : `${plan.sectionWord ?? "section"} ${part.number}`;
}
