import { dirname } from "node:path";
import type { Plan } from "../../dsl/plan/plan.ts";
import { guardsOf, stepsOf } from "../../dsl/plan/walk-plan.ts";
import type { Cluster, RunPlace } from "../../runners/events/run-event.ts";

/** A look that takes longer, in milliseconds, is given up: a start must not wait for it. */
const patience = 2000;

/** Looks where the plan would act: reads of lockstep's own, which change nothing and reach no network. */
export async function readPlace(plan: Plan, root: string): Promise<RunPlace> {
  const [cluster, commit, status] = await Promise.all([
    usesCluster(plan) ? readCluster(root) : undefined,
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
async function readCluster(root: string): Promise<Cluster | undefined> {
  const name = await read("kubectl", ["config", "current-context"], root);
  if (name === undefined) return undefined;
  if (name === "") return {};
  const view = await read("kubectl", ["config", "view", "--minify", "-o", "json"], root);
  return { name, ...detailsIn(view ?? "") };
}

function detailsIn(json: string): Omit<Cluster, "name"> {
  try {
    const { clusters, contexts } = JSON.parse(json);
    const server: unknown = clusters?.[0]?.cluster?.server;
    const user: unknown = contexts?.[0]?.context?.user;
    return { ...(typeof server === "string" ? { server } : {}), ...(typeof user === "string" ? { user } : {}) };
  } catch {
    return {};
  }
}

/** What a command prints, on one line; empty if it failed, undefined if it cannot be run. */
async function read(file: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  const { execa } = await import("execa");
  // its clean-up would leave SIGXFSZ to the system, which kills, and Node had ignored it
  const settings = { cleanup: false, reject: false, stdin: "ignore", stderr: "ignore" } as const;
  const result = await execa(file, args, { ...settings, cwd, timeout: patience });
  if (result.exitCode === undefined) return undefined;
  return result.exitCode === 0 ? result.stdout.trim() : "";
}
