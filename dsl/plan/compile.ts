import type { CodeFunction } from "../actions/code.ts";
import { positionOf } from "../errors/source-position.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import { checkDeclarations } from "../params/check-declarations.ts";
import { type GivenValues, requireParameters, resolveParameters } from "../params/resolve-parameters.ts";
import { checkApprovals } from "../policy/check-approvals.ts";
import { checkAnchors } from "./check-anchors.ts";
import { type Compilation, requireId, requireTitle, type Surroundings } from "./compilation.ts";
import { compileBlocks, empty, placeRequirement } from "./compile-blocks.ts";
import { closeGuards } from "./compile-guard.ts";
import { compileResponse } from "./compile-response.ts";
import { noSettings } from "./compile-settings.ts";
import { compileUndo } from "./compile-undo.ts";
import { userOf } from "./compile-values.ts";
import { decidedSteps } from "./decided-steps.ts";
import { digestOf, symbolic } from "./digest.ts";
import { rememberFunctions } from "./functions.ts";
import { instantiateRoot } from "./instance.ts";
import { placeSteps } from "./placements.ts";
import { plainEnvironments } from "./plain-environments.ts";
import type { Plan } from "./plan.ts";
import { valuesScope } from "./resolve-operand.ts";
import { type SourceReader, sourceReaderOf } from "./source-reader.ts";

/** For which values a runbook is compiled. */
export interface CompileOptions {
  /** Values by name, as typed by a user (strings) or of the parameter's type. Not for secrets. */
  readonly values?: GivenValues;
  /** Id of one of the runbook's environments. */
  readonly environment?: string;
  /** The project's root: the plan names its source relative to it. */
  readonly root?: string;
  /** False: a parameter without a value is an error (`missing-parameter`); true unless given. */
  readonly allowMissing?: boolean;
  /** The source text of a `code` step; read from the file of a runbook that was loaded, else the function's own text. */
  readonly sourceOf?: SourceReader;
}

/**
 * Compiles a runbook to its plan: pure, without I/O, the same for the same input, in time linear in its steps.
 *
 * @throws LockstepError for whatever is wrong with the runbook or the values, with file, line and a hint.
 * @example
 * const plan = compile(hello, { values: { version: "v1.2.3" } });
 * plan.body; // sections and steps with their numbers and the exact text of their commands
 */
export function compile(runbook: AnyRunbook, options: CompileOptions = {}): Plan {
  const { values = {}, environment, root, allowMissing = true, sourceOf = sourceReaderOf(runbook) } = options;
  requireRunbook(runbook);
  const parameters = resolveParameters(runbook, values, environment);
  if (!allowMissing)
    requireParameters({ id: runbook.id, parameters: parameters.map((parameter) => ({ ...parameter, decides: [] })) });
  const instance = instantiateRoot(runbook);
  const skipped = new Set<string>();
  const chosen = runbook.environments.find(({ id }) => id === environment);
  const compilation: Compilation = {
    ...(chosen === undefined ? {} : { environment: chosen }),
    scope: valuesScope(parameters, (id) => skipped.has(id)),
    skipped,
    placements: placeSteps(runbook, instance),
    measurements: new Map(),
    ids: new Map(),
    mainLine: [],
    parallelOf: new Map(),
    guards: [],
    functions: new Map(),
    sourceOf: (position, run) => (position && sourceOf?.(position)) ?? String(run satisfies CodeFunction),
  };
  const around: Surroundings = {
    number: "",
    counter: { last: 0 },
    idPrefix: "",
    settings: noSettings,
    conditions: [],
    section: "",
    main: true,
    ...(runbook.undo === undefined ? {} : { undo: { node: runbook.undo, owner: "" } }),
  };
  const requires = instance.requires.map((node, index) =>
    placeRequirement(compilation, runbook, node, { ...around, number: "0", counter: { last: index } }),
  );
  if (instance.body.length === 0) throw empty("runbook", runbook.id, runbook.at);
  const body = compileBlocks(compilation, runbook, instance.body, around);
  const user = userOf(compilation, runbook, runbook);
  const onFailure =
    runbook.onFailure && compileResponse(compilation, runbook, runbook.onFailure, "F", around, runbook.at);
  const undo =
    runbook.undo &&
    compileUndo(
      compilation,
      runbook.undo,
      { id: "runbook", title: { text: "undo the runbook" }, settings: noSettings },
      user,
    );
  closeGuards(compilation);
  checkApprovals(compilation);
  checkAnchors(compilation.ids, compilation.mainLine);
  const decides = decidedSteps(compilation.mainLine);
  const plan: Omit<Plan, "digest" | "runbookDigest"> = {
    format: 1,
    id: runbook.id,
    title: runbook.title,
    ...(runbook.summary === undefined ? {} : { summary: runbook.summary }),
    ...sourceFile(runbook, root),
    ...(runbook.sections === undefined ? {} : { sectionWord: runbook.sections }),
    parameters: parameters.map((parameter) => ({ ...parameter, decides: decides.get(parameter.name) ?? [] })),
    ...(environment === undefined ? {} : { environment }),
    environments: plainEnvironments(runbook),
    requires,
    body,
    measurements: [...compilation.measurements.values()],
    ...(onFailure === undefined ? {} : { onFailure }),
    ...(undo === undefined ? {} : { undo }),
    next: runbook.next,
    ...(runbook.follows === undefined ? {} : { follows: runbook.follows }),
  };
  return rememberFunctions(withDigests(plan), compilation.functions);
}

function withDigests(plan: Omit<Plan, "digest" | "runbookDigest">): Plan {
  const { parameters, environment, source: _source, ...rest } = plan;
  const runbookDigest = digestOf(
    symbolic({ ...rest, parameters: parameters.map(({ name, declaration }) => ({ name, declaration })) }),
  );
  const values = parameters.map(({ name, value }) => [name, value ?? null]);
  return { ...plan, runbookDigest, digest: digestOf([runbookDigest, values, environment ?? null]) };
}

function requireRunbook(runbook: AnyRunbook): void {
  requireId(runbook.id, runbook.at);
  requireTitle(runbook.title, `runbook ${runbook.id}`, runbook.at);
  checkDeclarations(runbook.params, runbook.at);
}

/** The file in which `runbook(...)` was called. */
function sourceFile(runbook: AnyRunbook, root: string | undefined): { readonly source: string } | undefined {
  const file = positionOf(runbook.at)?.file.replaceAll("\\", "/");
  if (file === undefined || root === undefined) return undefined;
  const folder = `${root.replaceAll("\\", "/").replace(/\/$/, "")}/`;
  return file.startsWith(folder) ? { source: file.slice(folder.length) } : undefined;
}
