import { LockstepError } from "../errors/lockstep-error.ts";
import { didYouMean } from "../errors/nearest.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { Block } from "../nodes/block.ts";
import type { IncludeNode } from "../nodes/include.ts";
import { requireBlocks, requireSteps } from "../nodes/require-blocks.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import type { StepNode } from "../nodes/step.ts";
import { checkDeclarations } from "../params/check-declarations.ts";
import type { ParamDeclaration } from "../params/param.ts";
import { flagOf } from "../params/parameter-flag.ts";
import { parseParameter } from "../params/parse-parameter.ts";
import { createKnownNames } from "../values/known-names.ts";
import { createHandle, type RefNode, refOf, secretOf } from "../values/ref.ts";

/** The blocks of a runbook, built once with refs for its parameters. */
export interface Instance {
  readonly requires: readonly StepNode[];
  readonly body: readonly Block[];
}

/** Builds the runbook's blocks with refs for its own parameters. */
export function instantiateRoot(runbook: AnyRunbook): Instance {
  const refs = Object.entries(runbook.params).map(([name, declaration]) => [
    name,
    declaration.type === "secret"
      ? createHandle({ node: "secret", name, scope: runbook })
      : createHandle({ node: "ref", source: { from: "param", name, scope: runbook }, optional: false }),
  ]);
  return build(runbook, Object.fromEntries(refs));
}

/** Builds the blocks of an included runbook: its parameters are what the include gives. */
export function instantiate(runbook: AnyRunbook, node: IncludeNode): Instance {
  checkDeclarations(runbook.params, runbook.at);
  const bound = Object.entries(runbook.params).map(([name, declaration]) => [name, bind(name, declaration, node)]);
  return build(runbook, Object.fromEntries(bound));
}

function bind(name: string, declaration: ParamDeclaration, node: IncludeNode): object {
  const given = Object.hasOwn(node.arguments, name) ? node.arguments[name] : undefined;
  if (refOf(given) || secretOf(given)) return given as object;
  const value = given ?? ("default" in declaration ? declaration.default : undefined);
  const what = `${flagOf(name)} of include "${node.id}"`;
  if (value !== undefined) return createHandle(namedConstant(name, declaration, what, value, node));
  throw new LockstepError({
    code: "missing-parameter",
    message: `include "${node.id}" does not give ${name} to ${node.runbook.id}`,
    hint: `Write include("${node.id}", ..., { ${name}: ... })`,
    at: node.at,
  });
}

/** A value that is known here, by the name and the words that it has in the included runbook. */
function namedConstant(
  name: string,
  declaration: ParamDeclaration,
  what: string,
  raw: unknown,
  { at }: IncludeNode,
): RefNode {
  const value = parseParameter(name, declaration, raw, { what, at });
  const phrase = declaration.type === "boolean" ? declaration.phrase : undefined;
  const said = phrase === undefined ? { name } : { name, phrase };
  return { node: "ref", source: { from: "constant", value, said }, optional: false };
}

function build(runbook: AnyRunbook, refs: Readonly<Record<string, object>>): Instance {
  const params = createKnownNames(refs, (name, known, at) => noParameter(runbook.id, name, known, at)) as never;
  try {
    const requires: unknown = runbook.requires(params);
    requireSteps(requires, `requires of runbook ${runbook.id}`, runbook.at);
    const body: unknown = runbook.body(params);
    requireBlocks(body, `the body of ${runbook.id}`, runbook.at);
    return { requires, body };
  } catch (error) {
    throw error instanceof LockstepError ? error : bodyFailed(runbook, error);
  }
}

function noParameter(id: string, name: string, known: readonly string[], at: CallSite): LockstepError {
  const declare = `Declare it: params: { ${name}: param.string() }`;
  return new LockstepError({
    code: "unknown-parameter",
    message: `runbook ${id} has no parameter ${name}`,
    hint: didYouMean(name, known, known.length === 0 ? declare : `It has ${known.join(", ")}`),
    at,
  });
}

/** What the author's own code threw while it made the blocks; its first frame is the place. */
function bodyFailed({ id, at }: AnyRunbook, cause: unknown): LockstepError {
  const isError = cause instanceof Error;
  return new LockstepError({
    code: "load-failed",
    message: `the body of ${id} failed: ${isError ? `${cause.name}: ${cause.message}` : String(cause)}`,
    hint: hintFor(cause),
    at: isError && cause.stack !== undefined ? { stack: cause.stack } : at,
    cause,
  });
}

function hintFor(cause: unknown): string {
  const missing = cause instanceof ReferenceError ? /^(\S+) is not defined$/.exec(cause.message)?.[1] : undefined;
  if (missing !== undefined) return `See whether ${missing} is mistyped, or import it`;
  if (cause instanceof TypeError && cause.message.endsWith("is not a function"))
    return "See whether its name is mistyped, here or where it is imported";
  return "A body only makes blocks: see what it uses there";
}
