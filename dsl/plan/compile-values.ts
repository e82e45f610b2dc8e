import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import type { EnvValue } from "../nodes/settings.ts";
import type { StepNode } from "../nodes/step.ts";
import { flagOf } from "../params/parameter-flag.ts";
import { checkShellCommand } from "../shell/check-shell-command.ts";
import { mapShellTemplate } from "../shell/map-shell-template.ts";
import type { CommandHole, CommandNode } from "../values/command.ts";
import { type RefNode, refOf, secretOf } from "../values/ref.ts";
import type { Text } from "../values/text.ts";
import type { Compilation } from "./compilation.ts";
import type { Placement, Standing } from "./placements.ts";
import type { PlanCommand, PlanEnvEntry, PlanOperand, PlanText } from "./plan.ts";
import { renderPlanText, renderTemplate } from "./resolve-operand.ts";

/** Who uses a value: a ref is judged by where its user stands. */
export interface User extends Standing {
  readonly root: AnyRunbook;
  readonly at: CallSite;
  /** The step itself, whose own outputs its undo may use. */
  readonly own?: StepNode;
}

/** The user of the values in a node; `node` may be of any kind that has a place. */
export function userOf(
  { placements }: Compilation,
  root: AnyRunbook,
  node: { readonly at: CallSite },
  order?: number,
): User {
  const standing = placements.of.get(node as StepNode) ?? placements.standings.get(node) ?? everywhere;
  const { enclosures, unsure } = standing;
  return { root, at: node.at, order: order ?? standing.order, enclosures, unsure };
}

/** The runbook itself: all of its steps stand before what it says of all of them. */
const everywhere: Standing = { order: Number.POSITIVE_INFINITY, enclosures: [], unsure: [] };

/** A ref as data of the plan. */
export function compileOperand(compilation: Compilation, ref: RefNode, user: User): PlanOperand {
  const { source, orElse } = ref;
  if (source.from === "constant") return { value: source.value };
  if (source.from === "param") {
    if (source.scope !== user.root) throw leaked(source.name, user);
    return { param: source.name, placeholder: `<${flagOf(source.name)}>` };
  }
  const placement = judge(compilation, ref, source.step, source.output, user);
  const example = source.step.declared[source.output]?.example;
  return {
    step: placement.id,
    output: source.output,
    placeholder: example ?? `<${flagOf(source.output)}>`,
    ...(orElse === undefined ? {} : { orElse: compileOperand(compilation, orElse, user) }),
  };
}

/** The text of a command, which a person may paste wherever it stands: in a step, an undo, a probe, a query. */
export function compileCommand(compilation: Compilation, command: CommandNode, user: User): PlanCommand {
  checkShellCommand(command.template, { at: command.at });
  return compileTemplate(
    compilation,
    mapShellTemplate(command.template, (hole) => operandOfHole(compilation, hole, { ...user, at: command.at })),
  );
}

/** A command from a template whose holes are operands already. */
export function compileTemplate(compilation: Compilation, template: PlanCommand["template"]): PlanCommand {
  return { text: renderTemplate(template, compilation.scope), template };
}

export function compileText(compilation: Compilation, text: Text, user: User): PlanText {
  if (typeof text === "string") return { text };
  const parts = text.parts.map((part) =>
    typeof part === "string" ? part : compileOperand(compilation, part, { ...user, at: text.at }),
  );
  if (parts.every((part) => typeof part === "string")) return { text: parts.join("") };
  return { text: renderPlanText({ text: "", parts }, compilation.scope), parts };
}

export function compileEnvEntry(compilation: Compilation, name: string, value: EnvValue, user: User): PlanEnvEntry {
  const given = compileEnvValue(compilation, value, user);
  return { name, ...given };
}

/** A value that goes to a step beside its command: a text, or a secret by its name. */
export function compileEnvValue(
  compilation: Compilation,
  value: EnvValue,
  user: User,
): { readonly value: PlanText } | { readonly secret: string } {
  const secret = secretOf(value);
  if (secret) {
    if (secret.scope !== user.root) throw leaked(secret.name, user);
    return { secret: secret.name };
  }
  const ref = refOf(value);
  if (!ref) return { value: { text: value as string } };
  const parts = [compileOperand(compilation, ref, user)];
  return { value: { text: renderPlanText({ text: "", parts }, compilation.scope), parts } };
}

function operandOfHole(compilation: Compilation, hole: CommandHole, user: User): PlanOperand {
  return "node" in hole ? compileOperand(compilation, hole, user) : { value: hole.value };
}

/** A ref may only point at what has certainly run when its user starts. */
function judge(compilation: Compilation, ref: RefNode, step: StepNode, output: string, user: User): Placement {
  const placement = compilation.placements.of.get(step);
  if (!placement)
    throw new LockstepError({
      code: "ref-not-placed",
      message: `the output ${output} is of step ${step.id}, which stands nowhere in this runbook`,
      hint: `Put ${step.id} into the body, before this step; or it belongs to another runbook, which "include" would place`,
      at: user.at,
    });
  const isOwn = user.own === step;
  if (!isOwn && placement.order >= user.order)
    throw new LockstepError({
      code: "ref-comes-later",
      message: `the output ${output} is of step ${placement.id}, which comes later`,
      hint: `Move ${placement.id} before what uses it`,
      at: user.at,
    });
  const mayHaveFailed = user.unsure.some(({ from, to }) => from <= placement.order && placement.order < to);
  if (!isOwn && mayHaveFailed && !ref.orElse) throw failed(output, placement, user);
  const certain = placement.enclosures.every((enclosure, index) => user.enclosures[index] === enclosure);
  if (!isOwn && !certain && !(ref.optional || ref.orElse))
    throw new LockstepError({
      code: "ref-leaks",
      message: `the output ${output} is of step ${placement.id}, which may not run`,
      hint: "Hand it out by when(condition, () => ({ body, outputs })), and use orElse(ref, otherwise)",
      at: user.at,
    });
  if (!isOwn && !certain && !ref.orElse)
    throw new LockstepError({
      code: "ref-leaks",
      message: `the output ${output} has no value when step ${placement.id} does not run`,
      hint: "Say what holds then: orElse(ref, otherwise)",
      at: user.at,
    });
  return placement;
}

function failed(output: string, { id }: Placement, { at }: User): LockstepError {
  return new LockstepError({
    code: "ref-leaks",
    message: `the output ${output} is of step ${id}, which may have failed or not run when this is done`,
    hint: "Say what holds then: orElse(ref, otherwise)",
    at,
  });
}

function leaked(name: string, user: User): LockstepError {
  return new LockstepError({
    code: "ref-leaks",
    message: `the parameter ${name} belongs to another runbook`,
    hint: "Use the parameters that the body of this runbook is given; include(...) hands values on",
    at: user.at,
  });
}
