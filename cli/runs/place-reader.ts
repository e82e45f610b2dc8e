import { dirname } from "node:path";
import type { Plan } from "../../dsl/plan/plan.ts";
import { guardsOf, stepsOf } from "../../dsl/plan/walk-plan.ts";
import type { Cluster, RunPlace } from "../../runners/events/run-event.ts";
import { secretVariables } from "../../runners/processes/inherited-environment.ts";

/** A look that takes longer, in milliseconds, is given up: a start must not wait for it. */
const patience = 2000;

/** Looks where the plan would act: reads of lockstep's own, which change nothing and reach no network. */
export async function readPlace(plan: Plan, root: string): Promise<RunPlace> {
  const [cluster, commit, status] = await Promise.all([
    usesCluster(plan) ? readCluster(plan, root) : undefined,
    read("git", ["rev-parse", "--short", "HEAD"], root),
    read("git", ["status", "--porcelain", "--", dirname(plan.source ?? ".")], root),
  ]);
  return {
    ...(cluster === undefined ? {} : { cluster }),
    ...(commit === undefined || commit === "" ? {} : { commit }),
    ...(commit && status ? { uncommitted: true } : {}),
  };
}

function usesCluster(plan: Plan): boolean {
  const undos = stepsOf(plan).flatMap(({ undo }) => (undo.kind === "actions" ? undo.actions : []));
  const queries = guardsOf(plan).length > 0 ? plan.measurements.map(({ query }) => query.text) : [];
  const commands = [...stepsOf(plan), ...undos].map(({ command }) => command?.text ?? "");
  return (
    stepsOf(plan).some(({ action }) => action.kind === "kubernetes") ||
    [...commands, ...queries].some((text) => /(^|[\s;|&(])kubectl\s/.test(text))
  );
}

/** Undefined without kubectl. */
async function readCluster(plan: Plan, root: string): Promise<Cluster | undefined> {
  const { readKubeTarget } = await import("../../runners/policy/read-kube-target.ts");
  const timeoutSeconds = patience / 1000;
  const found = await readKubeTarget({ cwd: root, withheld: secretVariables(plan), timeoutSeconds });
  if ("problem" in found) return found.kind === "no-kubectl" ? undefined : {};
  const { context, server, user } = found;
  return {
    ...(context === undefined ? {} : { name: context }),
    ...(server === undefined ? {} : { server }),
    ...(user === undefined ? {} : { user }),
  };
}

/** What a command prints, on one line; empty if it failed, undefined if it cannot be run. */
async function read(file: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  const { runProgram } = await import("../../runners/processes/run-program.ts");
  const settings = { reject: false, stdin: "ignore", stderr: "ignore" } as const;
  const result = await runProgram(file, args, { ...settings, cwd, timeout: patience });
  if (result.exitCode === undefined) return undefined;
  return result.exitCode === 0 ? result.stdout.trim() : "";
}
