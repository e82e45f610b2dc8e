import { LockstepError } from "../errors/lockstep-error.ts";
import type { GuardNode } from "../nodes/guard.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import {
  type Compilation,
  claimId,
  type Mutable,
  requireStep,
  requireTitle,
  type Surroundings,
} from "./compilation.ts";
import { compileAlert } from "./compile-action.ts";
import { compileResponse } from "./compile-response.ts";
import { compileText, userOf } from "./compile-values.ts";
import { digestOf } from "./digest.ts";
import { alertBasis, withoutWords } from "./fingerprint.ts";
import type { PlanGuard, PlanStep } from "./plan.ts";

/** A guard where it stands; its range is known when all steps are. */
export function openGuard(
  compilation: Compilation,
  root: AnyRunbook,
  node: GuardNode,
  around: Surroundings,
): PlanGuard {
  const { at } = node;
  const id = claimId(compilation, around, node.id, at);
  requireTitle(node.title, `guard ${id}`, at);
  if (!around.main) throw inAnswer(node);
  const user = userOf(compilation, root, node);
  const guard: Mutable<PlanGuard> = {
    block: "guard",
    id,
    title: compileText(compilation, node.title, user),
    alerts: node.alerts.map((alert) => compileAlert(compilation, alert, user)),
    intervalSeconds: node.interval.seconds,
    failures: node.failures,
    blindAfter: node.blindAfter,
    onTrip: compileResponse(compilation, root, node.onTrip, `${id}`, around, node.at),
    covers: [],
    fingerprint: "",
  };
  if (node.until !== undefined) requireStep(compilation, around, node.until, "guard-until", `the guard ${id}`, at);
  compilation.guards.push({ node, guard, begins: compilation.mainLine.length, prefix: around.idPrefix });
  return guard;
}

/** Finds the range of every guard, marks its steps, and refuses what must not stand in it. */
export function closeGuards(compilation: Compilation): void {
  const positions = new Map(compilation.mainLine.map((step, index) => [step.id, index]));
  for (const { node, guard, begins, prefix } of compilation.guards) {
    const until =
      node.until === undefined ? compilation.mainLine.length - 1 : (positions.get(prefix + node.until) ?? -1);
    if (node.until !== undefined && until < begins) throw endsBefore(node);
    const from = compilation.mainLine.findIndex(
      (step, index) => index >= begins && index <= until && step.effect !== "read",
    );
    if (from < 0) throw watchesNothing(node);
    const range = compilation.mainLine.slice(from, until + 1);
    for (const step of range) {
      refuseInRange(step, node, compilation.mainLine);
      (step.guards as string[]).push(guard.id);
    }
    const last = range.at(-1) as PlanStep;
    const first = range[0] as PlanStep;
    guard.from = { id: first.id, number: first.number };
    if (node.until !== undefined) guard.until = { id: last.id, number: last.number };
    guard.covers = range.map(({ id }) => id);
    const { alerts, intervalSeconds, failures, blindAfter, onTrip, until: end } = guard;
    guard.fingerprint = digestOf(
      withoutWords({
        alerts: alertBasis(alerts, compilation.measurements),
        ...{ intervalSeconds, failures, blindAfter, onTrip: onTrip.kind, until: end?.id },
      }),
    );
  }
}

function refuseInRange(step: PlanStep, { id, at }: GuardNode, mainLine: readonly PlanStep[]): void {
  if (step.undo.kind === "irreversible")
    throw new LockstepError({
      code: "guard-range",
      message: `step ${step.id} cannot be undone, and stands in the range of guard ${id}, which may have to undo it`,
      hint: `End the guard before it: until: "${mainLine[mainLine.indexOf(step) - 1]?.id ?? "..."}"`,
      at,
    });
  if (step.effect !== "read" && step.timeoutSeconds === undefined && step.execution !== "person")
    throw new LockstepError({
      code: "guard-range",
      message: `step ${step.id} changes something in the range of guard ${id} and has no time-out: a write that hangs would hold up the rollback`,
      hint: `Say how long it may take: { timeout: minutes(2) }`,
      at,
    });
}

function inAnswer({ id, at }: GuardNode): LockstepError {
  return new LockstepError({
    code: "guard-range",
    message: `the guard ${id} stands in an answer to a failure, where nothing is watched`,
    hint: "Move it before the step that changes something; to judge metrics in an answer, use gate(...)",
    at,
  });
}

function endsBefore({ id, until, at }: GuardNode): LockstepError {
  return new LockstepError({
    code: "guard-until",
    message: `the guard ${id} watches until ${until}, which comes before it`,
    hint: "Name a step that stands after the guard",
    at,
  });
}

function watchesNothing({ id, until, at }: GuardNode): LockstepError {
  const reach = until === undefined ? "the end of the runbook" : until;
  return new LockstepError({
    code: "guard-range",
    message: `no step between the guard ${id} and ${reach} changes anything, so it would never watch`,
    hint: "Put the guard before the first write that it watches; to judge metrics without a write, use gate(...)",
    at,
  });
}
