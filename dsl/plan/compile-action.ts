import type { ActionKind, AnyAction, CustomAction } from "../actions/action.ts";
import type { CodeFunction } from "../actions/code.ts";
import type { ExpectNode } from "../actions/expect.ts";
import { positionOf } from "../errors/source-position.ts";
import type { AlertNode } from "../measurements/measurement.ts";
import { constantRef, type RefNode, refOf } from "../values/ref.ts";
import type { Compilation } from "./compilation.ts";
import { compileMeasurement } from "./compile-measurement.ts";
import { compileCommand, compileOperand, compileTemplate, compileText, type User } from "./compile-values.ts";
import type {
  PlanAction,
  PlanAlert,
  PlanCheck,
  PlanCommand,
  PlanExpect,
  PlanOperand,
  PlanStep,
  PlanText,
} from "./plan.ts";

/** What the plan says of an action. */
export interface CompiledAction {
  readonly action: PlanAction;
  readonly execution: PlanStep["execution"];
  readonly command?: PlanCommand;
  /** Where it acts. */
  readonly on: PlanText;
  /** What runs in lockstep's own process. */
  readonly run?: CodeFunction;
}

type Compilers = {
  readonly [K in ActionKind]: (
    compilation: Compilation,
    action: Extract<AnyAction, { readonly kind: K }>,
    user: User,
  ) => CompiledAction;
};

const here: PlanText = { text: "this machine" };

const compilers = {
  shell: (compilation, { command }, user) => ({
    action: { kind: "shell" },
    execution: "text",
    command: compileCommand(compilation, command, user),
    on: here,
  }),
  http: (compilation, { command, method }, user) => ({
    action: { kind: "http", method },
    execution: "text",
    command: compileCommand(compilation, command, user),
    on: here,
  }),
  kubernetes: (compilation, { command, verb, namespace, context }, user) => {
    const place = {
      ...(namespace === undefined ? {} : { namespace: operandOf(compilation, namespace, user) }),
      ...(context === undefined ? {} : { context: operandOf(compilation, context, user) }),
    };
    return {
      action: { kind: "kubernetes", verb, ...place },
      execution: "text",
      command: compileCommand(compilation, command, user),
      on: clusterWords(compilation, namespace, context, user),
    };
  },
  code: (compilation, { run, at }) => {
    const source = compilation.sourceOf(positionOf(at), run);
    return {
      action: { kind: "code", source },
      execution: "native",
      command: compileTemplate(compilation, { parts: [source] }),
      on: here,
      run,
    };
  },
  custom: (compilation, { name, command, run }: CustomAction, user) => ({
    action: { kind: "custom", name, inProcess: run !== undefined },
    execution: run === undefined ? "text" : "native",
    command: compileCommand(compilation, command, user),
    on: here,
    ...(run === undefined ? {} : { run }),
  }),
  checklist: (compilation, { items }, user) => ({
    action: {
      kind: "checklist",
      items: items.map(({ text, check, by }) => ({
        text: compileText(compilation, text, user),
        ...(check === undefined ? {} : { check: compileCheck(compilation, check.action.command, check.expect, user) }),
        ...(by === undefined ? {} : { by }),
      })),
    },
    execution: "person",
    on: here,
  }),
  manual: (compilation, { command, instructions, by }, user) => ({
    action: {
      kind: "manual",
      ...(instructions === undefined ? {} : { instructions: compileText(compilation, instructions, user) }),
      ...(by === undefined ? {} : { by }),
    },
    execution: "person",
    ...(command === undefined ? {} : { command: compileCommand(compilation, command, user) }),
    on: here,
  }),
  approval: (_compilation, { by, quorum, validFor, secondPerson }) => ({
    action: {
      kind: "approval",
      by,
      quorum,
      ...(validFor === undefined ? {} : { validForSeconds: validFor.seconds }),
      ...(secondPerson === undefined ? {} : { secondPerson }),
    },
    execution: "person",
    on: here,
  }),
  wait: (compilation, { duration }, user) => {
    const seconds = refOf(duration)
      ? compileOperand(compilation, refOf(duration) as RefNode, user)
      : { value: (duration as { seconds: number }).seconds };
    return {
      action: { kind: "wait", seconds },
      execution: "native",
      command: compileTemplate(compilation, { parts: ["sleep ", { hole: seconds, place: "word" }] }),
      on: here,
    };
  },
  watch: (compilation, { command, interval, until }, user) => {
    const shown = compileCommand(compilation, command, user);
    return {
      action: { kind: "watch", intervalSeconds: interval.seconds, until, shown },
      execution: "native",
      command: compileTemplate(compilation, {
        parts: [`watch -n ${interval.seconds} `, { script: shown.template, place: "word" }],
      }),
      on: here,
    };
  },
  gate: (compilation, { failIf, hold, interval, delay, failures, blindAfter }, user) => {
    const alerts = failIf.map((alert) => compileAlert(compilation, alert, user));
    const queries = [...new Set(failIf.map((alert) => alert.measurement.id))].map(
      (id) => compilation.measurements.get(id)?.query,
    );
    const parts = queries.flatMap((query, index) =>
      query ? [...(index === 0 ? [] : ["\n"]), ...query.template.parts] : [],
    );
    return {
      action: {
        kind: "gate",
        failIf: alerts,
        holdSeconds: hold.seconds,
        intervalSeconds: interval.seconds,
        delaySeconds: delay.seconds,
        failures,
        blindAfter,
      },
      execution: "native",
      command: compileTemplate(compilation, { parts }),
      on: here,
    };
  },
} as const satisfies Compilers;

/** One function a kind; a kind that is forgotten does not compile. */
export function compileAction(compilation: Compilation, action: AnyAction, user: User): CompiledAction {
  const compile = compilers[action.kind] as (compilation: Compilation, action: AnyAction, user: User) => CompiledAction;
  return compile(compilation, action, user);
}

export function compileAlert(compilation: Compilation, { measurement, op, bound }: AlertNode, user: User): PlanAlert {
  compileMeasurement(compilation, measurement, user);
  const text = `${op === "above" ? ">" : "<"} ${bound.value}${bound.unit}`;
  return { measurement: measurement.id, title: measurement.title, op, bound: bound.value, unit: bound.unit, text };
}

export function compileCheck(
  compilation: Compilation,
  command: Parameters<typeof compileCommand>[1],
  expect: readonly ExpectNode[],
  user: User,
): PlanCheck {
  return { command: compileCommand(compilation, command, user), expect: compileExpect(compilation, expect, user) };
}

export function compileExpect(
  compilation: Compilation,
  expect: readonly ExpectNode[],
  user: User,
): readonly PlanExpect[] {
  return expect.map((item) =>
    item.kind === "contains" ? { kind: "contains", text: compileText(compilation, item.text, user) } : item,
  );
}

function operandOf(compilation: Compilation, value: unknown, user: User): PlanOperand {
  return compileOperand(compilation, refOf(value) ?? constantRef(value as string), user);
}

/** "cluster prod-eu, namespace rlhf-production". */
function clusterWords(compilation: Compilation, namespace: unknown, context: unknown, user: User): PlanText {
  const parts = [
    ...(context === undefined
      ? ["the current cluster"]
      : ["cluster ", refOf(context) ?? constantRef(context as string)]),
    ...(namespace === undefined ? [] : [", namespace ", refOf(namespace) ?? constantRef(namespace as string)]),
  ];
  return compileText(
    compilation,
    { node: "text", parts: parts.map((part) => (isConstant(part) ? String(part.source.value) : part)), at: user.at },
    user,
  );
}

function isConstant(part: string | RefNode): part is RefNode & { source: { from: "constant"; value: unknown } } {
  return typeof part !== "string" && part.source.from === "constant";
}
