import type { AnyRunbook } from "../nodes/runbook.ts";
import { flagOf } from "../params/parameter-flag.ts";
import type { ConditionNode } from "../values/condition.ts";
import type { RefNode } from "../values/ref.ts";
import type { Compilation } from "./compilation.ts";
import { compileOperand, type User } from "./compile-values.ts";
import type { PlanCondition } from "./plan.ts";

/** A condition as data, with the words that page, terminal and table share. */
export function compileCondition(compilation: Compilation, node: ConditionNode, user: User): PlanCondition {
  switch (node.op) {
    case "is":
      return {
        words: isWords(node.ref, node.value, user.root),
        op: "is",
        operand: compileOperand(compilation, node.ref, user),
        value: node.value,
      };
    case "above":
    case "below":
      return {
        words: `${conditionName(node.ref)} is ${node.op} ${node.bound}`,
        op: node.op,
        operand: compileOperand(compilation, node.ref, user),
        bound: node.bound,
      };
    case "not":
      return {
        words: notWords(node.condition, user.root, compilation, user),
        op: "not",
        condition: compileCondition(compilation, node.condition, user),
      };
    case "all":
    case "any": {
      const conditions = node.conditions.map((condition) => compileCondition(compilation, condition, user));
      return {
        words: conditions.map((condition) => wordsIn(condition, node.op)).join(node.op === "all" ? " and " : " or "),
        op: node.op,
        conditions,
      };
    }
  }
}

function isWords(ref: RefNode, value: unknown, root: AnyRunbook): string {
  if (value !== true && value !== false) return `${conditionName(ref)} is \`${String(value)}\``;
  const phrase = phraseOf(ref, root);
  if (phrase !== undefined) return value ? phrase : `it is not so that ${phrase}`;
  return `${conditionName(ref)} is ${value ? "yes" : "no"}`;
}

function notWords(node: ConditionNode, root: AnyRunbook, compilation: Compilation, user: User): string {
  if (node.op === "is" && typeof node.value === "boolean") return isWords(node.ref, !node.value, root);
  if (node.op === "is") return `${conditionName(node.ref)} is not \`${String(node.value)}\``;
  if (node.op === "above" || node.op === "below") return `${conditionName(node.ref)} is not ${node.op} ${node.bound}`;
  if (node.op === "not") return compileCondition(compilation, node.condition, user).words;
  return `it is not so that ${compileCondition(compilation, node, user).words}`;
}

/** "a or b" beside "and c" is in parentheses. */
function wordsIn(condition: PlanCondition, around: "all" | "any"): string {
  const inner = condition.op === "not" ? condition.condition : condition;
  const isJoined = (inner.op === "all" || inner.op === "any") && inner.conditions.length > 1;
  return isJoined && (condition.op === "not" || inner.op !== around) ? `(${condition.words})` : condition.words;
}

/** The author's words for a boolean parameter. */
function phraseOf(ref: RefNode, root: AnyRunbook): string | undefined {
  if (ref.source.from === "constant") return ref.source.said?.phrase;
  if (ref.source.from !== "param") return undefined;
  const declaration = root.params[ref.source.name];
  return declaration?.type === "boolean" ? declaration.phrase : undefined;
}

/** What a ref is called in a condition, as code. */
export function conditionName({ source }: RefNode): string {
  if (source.from === "constant") return `\`${source.said ? flagOf(source.said.name) : String(source.value)}\``;
  return source.from === "param" ? `\`${flagOf(source.name)}\`` : `\`${flagOf(source.output)}\``;
}
