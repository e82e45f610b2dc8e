import { LockstepError } from "../errors/lockstep-error.ts";
import type { Block, BlockKind } from "../nodes/block.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import type { StepNode } from "../nodes/step.ts";
import { requireNumber } from "../values/require-number.ts";
import { type Compilation, claimId, levelBelow, nextNumber, requireTitle, type Surroundings } from "./compilation.ts";
import { compileCondition, conditionName } from "./compile-condition.ts";
import { openGuard } from "./compile-guard.ts";
import { compileInclude } from "./compile-include.ts";
import { compileParallel } from "./compile-parallel.ts";
import { compileResponse } from "./compile-response.ts";
import { compileSettings } from "./compile-settings.ts";
import { compileStep } from "./compile-step.ts";
import { compileUndo } from "./compile-undo.ts";
import { compileOperand, compileTemplate, compileText, userOf } from "./compile-values.ts";
import { digestOf } from "./digest.ts";
import { withoutWords } from "./fingerprint.ts";
import type { PlanBlock, PlanBranch, PlanCondition, PlanStep } from "./plan.ts";

type Compile<K extends BlockKind> = (
  compilation: Compilation,
  root: AnyRunbook,
  node: Extract<Block, { readonly block: K }>,
  around: Surroundings,
) => PlanBlock;

const compilers = {
  step: (compilation, root, node, around) => placeStep(compilation, root, node, around),
  section: (compilation, root, node, around) => {
    const { at } = node;
    const id = claimId(compilation, around, node.id, at);
    const number = nextNumber(around);
    requireTitle(node.title, `section ${id}`, at);
    if (node.body.length === 0) throw empty("section", id, at);
    const user = userOf(compilation, root, node);
    const settings = compileSettings(compilation, node.settings, around.settings, user);
    const undo = node.undo === undefined ? undefined : { node: node.undo, owner: id };
    const inner: Surroundings = {
      ...levelBelow(around, number),
      settings,
      section: id,
      ...(undo === undefined ? {} : { undo }),
    };
    return {
      block: "section",
      id,
      number,
      title: compileText(compilation, node.title, user),
      requires: node.requires.map((step) => placeRequirement(compilation, root, step, inner)),
      ...(node.onFailure === undefined
        ? {}
        : { onFailure: compileResponse(compilation, root, node.onFailure, `${number}f`, inner, node.at) }),
      ...(node.undo === undefined
        ? {}
        : {
            undo: compileUndo(
              compilation,
              node.undo,
              { id: `section:${id}`, title: { text: `undo section ${number}` }, settings },
              userOf(compilation, root, node, compilation.placements.ends.get(node)),
            ),
          }),
      body: compileBlocks(compilation, root, node.body, inner),
    };
  },
  group: (compilation, root, node, around) => {
    const { title, undoTitle, steps, at } = node;
    requireTitle(title, "a group", at);
    if (steps.length === 0) throw empty("group", typeof title === "string" ? `"${title}"` : "", at);
    const user = userOf(compilation, root, node);
    const compiled = steps.map((step) => placeStep(compilation, root, step, around));
    const first = compiled[0]?.number ?? "";
    const last = compiled.at(-1)?.number ?? "";
    return {
      block: "group",
      title: compileText(compilation, title, user),
      ...(undoTitle === undefined ? {} : { undoTitle: compileText(compilation, undoTitle, user) }),
      range: first === last ? first : `${first}–${last}`,
      steps: compiled,
    };
  },
  when: (compilation, root, node, around) => {
    if (node.body.length === 0) throw empty("when", "", node.at);
    const condition = compileCondition(compilation, node.condition, userOf(compilation, root, node));
    const body = compileBlocks(compilation, root, node.body, under(around, condition));
    return { block: "when", condition, body };
  },
  choose: (compilation, root, node, around) => {
    const id = claimId(compilation, around, node.id, node.at);
    const number = nextNumber(around);
    const operand = compileOperand(compilation, node.ref, userOf(compilation, root, node));
    const name = conditionName(node.ref);
    const branches = Object.entries(node.branches).map(([choice, body], index): PlanBranch => {
      const branchNumber = `${number}${letter(index)}`;
      const condition: PlanCondition = { words: `${name} is \`${choice}\``, op: "is", operand, value: choice };
      const inner = levelBelow(under(around, condition), branchNumber);
      return {
        choice,
        number: branchNumber,
        condition,
        body: compileBlocks(compilation, root, body, inner),
      };
    });
    return { block: "choose", id, number, operand, branches };
  },
  repeat: (compilation, root, node, around) => {
    const id = claimId(compilation, around, node.id, node.at);
    const number = nextNumber(around);
    requireTitle(node.title, `repeat ${id}`, node.at);
    if (node.body.length === 0) throw empty("repeat", id, node.at);
    requireNumber(node.limit, `the limit of repeat ${id}`, { min: 1, whole: true }, node.at);
    const body = compileBlocks(compilation, root, node.body, { ...levelBelow(around, number), section: id });
    const end = compilation.placements.ends.get(node);
    const until = compileCondition(compilation, node.until, userOf(compilation, root, node, end));
    const everySeconds = node.every?.seconds ?? 0;
    const fingerprint = digestOf(withoutWords({ until, limit: node.limit, everySeconds }));
    return {
      block: "repeat",
      id,
      number,
      title: { text: node.title },
      limit: node.limit,
      everySeconds,
      until,
      body,
      fingerprint,
    };
  },
  parallel: compileParallel,
  include: compileInclude,
  within: (compilation, root, node, around) => {
    const user = userOf(compilation, root, node);
    if (node.body.length === 0) throw empty("within", "", node.at);
    const settings = compileSettings(compilation, node.settings, around.settings, user);
    const folder = settings.cwd.length > around.settings.cwd.length ? settings.cwd.at(-1) : undefined;
    const names = Object.keys(node.settings.env ?? {});
    const cd =
      folder &&
      compileTemplate(compilation, {
        parts: ["cd ", { hole: folder.parts?.[0] ?? { value: folder.text }, place: "word" }] as never,
      });
    return {
      block: "within",
      ...(cd === undefined ? {} : { cd }),
      env: settings.env.filter(({ name }) => names.includes(name)),
      body: compileBlocks(compilation, root, node.body, { ...around, settings }),
    };
  },
  guard: openGuard,
  note: (_compilation, _root, { text }) => ({ block: "note", text }),
  caution: (_compilation, _root, { text }) => ({ block: "caution", text }),
  prose: (_compilation, _root, { markdown }) => ({ block: "prose", markdown }),
  table: (_compilation, _root, { columns, rows }) => ({ block: "table", columns, rows }),
  quoted: (_compilation, _root, { text, reason }) => ({ block: "quoted", text, reason }),
} as const satisfies { readonly [K in BlockKind]: Compile<K> };

/** The blocks of one level, in order. */
export function compileBlocks(
  compilation: Compilation,
  root: AnyRunbook,
  blocks: readonly Block[],
  around: Surroundings,
): readonly PlanBlock[] {
  return blocks.map((node) => {
    const compile = compilers[node.block] as Compile<BlockKind>;
    return compile(compilation, root, node as never, around);
  });
}

/** A step, in the order in which it would run. */
export function placeStep(compilation: Compilation, root: AnyRunbook, node: StepNode, around: Surroundings): PlanStep {
  if (node.after.length > 0) throw afterAlone(node);
  const step = compileStep(compilation, root, node, around);
  if (around.main) compilation.mainLine.push(step);
  return step;
}

/** A step that must hold before others begin: it may only look. */
export function placeRequirement(
  compilation: Compilation,
  root: AnyRunbook,
  step: StepNode,
  around: Surroundings,
): PlanStep {
  if (step.action.effect !== "read") throw changesSomething(step);
  return placeStep(compilation, root, step, around);
}

function under(around: Surroundings, condition: PlanCondition): Surroundings {
  return { ...around, conditions: [...around.conditions, condition] };
}

/** a, b, ..., z, aa, ab, ... */
function letter(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}

function afterAlone({ id, at }: StepNode): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: `${id} says after what it comes, and stands in no parallel`,
    hint: "Leave `after` out: outside of a parallel, steps run in their order",
    at,
  });
}

function changesSomething({ id, at }: StepNode): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: `${id} is required, and changes something; what is required only looks`,
    hint: "If it only looks, write sh.read`...`; else make it a step of the body",
    at,
  });
}

/** What holds nothing does nothing: something was forgotten. */
export function empty(what: string, id: string, at: StepNode["at"]): LockstepError {
  const code = what === "section" ? "empty-section" : "empty-group";
  const message = `the ${what}${id === "" ? "" : ` ${id}`} is empty`;
  return new LockstepError({ code, message, hint: "Give it a step, or delete it", at });
}
