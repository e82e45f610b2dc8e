import { resolve } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { lacksValue } from "../../dsl/plan/lacks-value.ts";
import type { Plan, PlanCommand, PlanEnvironment, PlanSettings } from "../../dsl/plan/plan.ts";
import { planScope, renderPlanText, type Scope } from "../../dsl/plan/resolve-operand.ts";
import { responsesOf, stepsIn, stepsOf } from "../../dsl/plan/walk-plan.ts";
import type { ClusterPin } from "../../dsl/policy/policy.ts";
import { pinWords } from "../../dsl/policy/policy-words.ts";
import { commandWords } from "../../dsl/shell/command-words.ts";
import { secretVariables } from "../processes/inherited-environment.ts";
import { type KubeTarget, type NoKubeTarget, readKubeTarget } from "./read-kube-target.ts";

/** What decides which cluster a command of kubectl reaches. */
interface Target {
  /** The first step that acts there. */
  readonly number: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly cwd: string;
  /** It names no namespace, and so acts in that of the context. */
  readonly usesDefault: boolean;
}

/**
 * Compares what the kubeconfig of this machine says with what the environment is pinned to, for every target that the
 * steps and their undos have. Only the kubeconfig is read: no cluster is asked.
 *
 * @throws LockstepError `wrong-cluster`
 */
export async function checkCluster(plan: Plan, { id, policy }: PlanEnvironment, root: string): Promise<void> {
  const pin = policy?.cluster;
  if (!pin) return;
  const withheld = secretVariables(plan);
  for (const target of targetsOf(plan, root)) {
    const isSettled = pin.server === undefined && (pin.context === undefined || target.context === pin.context);
    if (isSettled && (pin.namespace === undefined || !target.usesDefault)) continue;
    const problem = difference(pin, target, await readKubeTarget({ ...target, withheld, timeoutSeconds: 30 }));
    if (problem === undefined) continue;
    throw new LockstepError({
      code: "wrong-cluster",
      message: `${target.number} would act elsewhere: ${problem}; the policy of ${id} allows Kubernetes only ${pinWords(pin)}`,
      hint: fixOf(pin),
    });
  }
}

function difference(
  pin: ClusterPin,
  { context: named, usesDefault }: Target,
  found: KubeTarget | NoKubeTarget,
): string | undefined {
  if ("problem" in found) return `kubectl config view does not tell the target (${found.problem})`;
  const { context, server, namespace = "default" } = found;
  if (pin.context !== undefined && context !== pin.context)
    return named === undefined ? `the current context is ${context ?? "not set"}` : `it names the context ${named}`;
  if (pin.server !== undefined && withoutSlash(server) !== withoutSlash(pin.server))
    return `the context ${context ?? ""} is at ${server ?? "no server"}`;
  if (pin.namespace !== undefined && usesDefault && namespace !== pin.namespace)
    return `it names no namespace, and that of the context ${context ?? ""} is ${namespace}`;
  return undefined;
}

function withoutSlash(address: string | undefined): string | undefined {
  return address?.replace(/\/$/, "");
}

function fixOf({ context, namespace }: ClusterPin): string {
  if (context !== undefined && namespace === undefined) return `Choose it: kubectl config use-context ${context}`;
  if (context !== undefined)
    return `Choose it: kubectl config use-context ${context}; kubectl config set-context ${context} --namespace=${namespace}`;
  return namespace === undefined
    ? "Choose the context of that server: kubectl config get-contexts"
    : `Choose it: kubectl config set-context --current --namespace=${namespace}, or name the namespace in the step`;
}

/** Each target once, in the order of the steps. */
function targetsOf(plan: Plan, root: string): readonly Target[] {
  const scope = planScope(plan);
  const answers = responsesOf(plan).flatMap(({ response }) =>
    response.kind === "blocks" ? stepsIn(response.body) : [],
  );
  const steps = [...stepsOf(plan), ...answers].filter(
    // where it would act is not known yet
    (step) =>
      step.skipped === undefined && !lacksValue(plan, [step.conditions, step.command, step.settings, step.undo]),
  );
  const targets = steps.flatMap(({ number, command, settings, undo }) => [
    ...targetOf(number, command, settings, scope, root),
    ...(undo.kind === "actions" ? undo.actions : []).flatMap((action) =>
      targetOf(`the undo of ${number}`, action.command, action.settings, scope, root),
    ),
  ]);
  return [...new Map(targets.map((target) => [JSON.stringify({ ...target, number: "" }), target])).values()];
}

function targetOf(
  number: string,
  command: PlanCommand | undefined,
  { cwd, env }: PlanSettings,
  scope: Scope,
  root: string,
): readonly Target[] {
  if (!command || !namesKubernetes(command)) return [];
  const kubeconfig = env.find(({ name }) => name === "KUBECONFIG");
  const context = /\s--(?:kube-)?context[= ]'?([^\s']+)/.exec(command.text)?.[1];
  return [
    {
      number,
      ...(context === undefined ? {} : { context }),
      ...(kubeconfig && "value" in kubeconfig ? { kubeconfig: renderPlanText(kubeconfig.value, scope) } : {}),
      cwd: resolve(root, ...cwd.map((folder) => renderPlanText(folder, scope))),
      usesDefault: !/\s(?:-n|--namespace)[= ]?\S/.test(command.text),
    },
  ];
}

/** Also in a line of a shell. What is no shell, such as a function of a `code` step, names nothing. */
function namesKubernetes({ template }: PlanCommand): boolean {
  try {
    return commandWords(template).some((word) => word === "kubectl" || word === "helm");
  } catch (error) {
    if (error instanceof LockstepError) return false;
    throw error;
  }
}
