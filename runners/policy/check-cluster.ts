import { resolve } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { lacksValue } from "../../dsl/plan/lacks-value.ts";
import type { Plan, PlanCommand, PlanEnvironment, PlanSettings } from "../../dsl/plan/plan.ts";
import { planScope, renderPlanText, type Scope } from "../../dsl/plan/resolve-operand.ts";
import { everyStepOf } from "../../dsl/plan/walk-plan.ts";
import type { ClusterPin } from "../../dsl/policy/policy.ts";
import { pinWords } from "../../dsl/policy/policy-words.ts";
import { secretVariables } from "../processes/inherited-environment.ts";
import { type Deciding, kubernetesCommands } from "./kubernetes-commands.ts";
import { readKubeTarget } from "./read-kube-target.ts";

/** What decides which cluster a command of kubectl reaches. */
interface Target {
  /** The first step that acts there. */
  readonly number: string;
  readonly cwd: string;
  /** As the command names them; without, those of the kubeconfig. */
  readonly context?: string;
  readonly namespace?: string;
  readonly kubeconfig?: string;
  /** What it names, but is known only when it runs. */
  readonly open: readonly Deciding[];
  readonly everywhere: boolean;
  /** The option by which it names a server. */
  readonly server?: string;
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
    const named = namedElsewhere(pin, target);
    const problem = named ?? (await foundElsewhere(pin, target, withheld));
    if (problem === undefined) continue;
    throw new LockstepError({
      code: "wrong-cluster",
      message: `${target.number} would act elsewhere: ${problem}; the policy of ${id} allows Kubernetes only ${pinWords(pin)}`,
      hint: named === undefined ? fixOf(pin) : "Leave it out of the command, or run it in another environment",
    });
  }
}

/** What the words of the command say already. */
function namedElsewhere(pin: ClusterPin, target: Target): string | undefined {
  const { context, namespace, everywhere, server } = target;
  const open = target.open.find((what) => what !== "namespace" || pin.namespace !== undefined);
  if (open !== undefined) return `the ${open} that it names is known only when it runs`;
  if (server !== undefined) return `it names another server by ${server}`;
  if (everywhere && pin.namespace !== undefined) return "it acts in all namespaces";
  if (pin.context !== undefined && context !== undefined && context !== pin.context)
    return `it names the context ${context}`;
  if (pin.namespace !== undefined && namespace !== undefined && namespace !== pin.namespace)
    return `it names the namespace ${namespace}`;
  return undefined;
}

/** What the kubeconfig says, where the command leaves it open. */
async function foundElsewhere(
  pin: ClusterPin,
  target: Target,
  withheld: readonly string[],
): Promise<string | undefined> {
  const isSettled = pin.server === undefined && (pin.context === undefined || target.context === pin.context);
  if (isSettled && (pin.namespace === undefined || target.namespace !== undefined)) return undefined;
  const found = await readKubeTarget({ ...target, withheld, timeoutSeconds: 30 });
  if ("problem" in found) return `kubectl config view does not tell the target (${found.problem})`;
  const { context, server, namespace = "default" } = found;
  if (pin.context !== undefined && context !== pin.context) return `the current context is ${context ?? "not set"}`;
  if (pin.server !== undefined && withoutSlash(server) !== withoutSlash(pin.server))
    return `the context ${context ?? ""} is at ${server ?? "no server"}`;
  if (pin.namespace !== undefined && target.namespace === undefined && namespace !== pin.namespace)
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
  const steps = everyStepOf(plan).filter(
    // where it would act is not known yet
    (step) =>
      step.skipped === undefined && !lacksValue(plan, [step.conditions, step.command, step.settings, step.undo]),
  );
  const targets = steps.flatMap(({ number, command, settings, undo }) => [
    ...targetsOfCommand(number, command, settings, scope, root),
    ...(undo.kind === "actions" ? undo.actions : []).flatMap((action) =>
      targetsOfCommand(`the undo of ${number}`, action.command, action.settings, scope, root),
    ),
  ]);
  return [...new Map(targets.map((target) => [JSON.stringify({ ...target, number: "" }), target])).values()];
}

function targetsOfCommand(
  number: string,
  command: PlanCommand | undefined,
  { cwd, env }: PlanSettings,
  scope: Scope,
  root: string,
): readonly Target[] {
  const setting = env.find(({ name }) => name === "KUBECONFIG");
  const fromSettings = setting && "value" in setting ? renderPlanText(setting.value, scope) : undefined;
  return kubernetesCommands(command?.text ?? "").map(({ says, everywhere, server }) => {
    const [context, namespace] = [says.get("context"), says.get("namespace")];
    const kubeconfig = says.get("kubeconfig") ?? fromSettings;
    return {
      number,
      cwd: resolve(root, ...cwd.map((folder) => renderPlanText(folder, scope))),
      ...(context === undefined ? {} : { context }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      open: [...says].filter(([, value]) => value === undefined).map(([what]) => what),
      everywhere,
      ...(server === undefined ? {} : { server }),
    };
  });
}
