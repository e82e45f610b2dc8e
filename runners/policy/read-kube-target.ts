import { type ReadResult, runRead } from "../engine/run-read.ts";

/** What kubectl would act on, as the kubeconfig says. */
export interface KubeTarget {
  /** The context; the current one unless another was asked for. Undefined: none is set. */
  readonly context?: string;
  readonly server?: string;
  /** The namespace of the context, where it has one. */
  readonly namespace?: string;
  readonly user?: string;
}

/** Why nobody can tell. */
export interface NoKubeTarget {
  readonly kind: "no-kubectl" | "unreadable";
  readonly problem: string;
}

export interface KubeTargetOptions {
  /** The current one unless given. */
  readonly context?: string | undefined;
  /** Value of `KUBECONFIG`; this machine's unless given. */
  readonly kubeconfig?: string | undefined;
  readonly cwd: string;
  /** Variables of this process that kubectl does not inherit. */
  readonly withheld: readonly string[];
  readonly timeoutSeconds: number;
}

/** As much as is read of what `kubectl config view` prints. */
interface KubeConfig {
  readonly "current-context"?: string;
  readonly contexts?: readonly {
    readonly name?: string;
    readonly context?: { readonly cluster?: string; readonly user?: string; readonly namespace?: string };
  }[];
  readonly clusters?: readonly { readonly name?: string; readonly cluster?: { readonly server?: string } }[];
}

/** Reads the kubeconfig by kubectl, which knows where it is and how several are merged. No cluster is asked. */
export async function readKubeTarget({
  context: named,
  kubeconfig,
  ...place
}: KubeTargetOptions): Promise<KubeTarget | NoKubeTarget> {
  const read = await runRead("kubectl config view -o json", {
    ...place,
    env: kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig },
  }).catch((error: Error): ReadResult => ({ exitCode: 1, stdout: "", stderr: error.message, timedOut: false }));
  if (read.exitCode === 127) return { kind: "no-kubectl", problem: "kubectl is not installed" };
  if (read.exitCode !== 0) return { kind: "unreadable", problem: complaintOf(read) };
  try {
    return targetIn(JSON.parse(read.stdout) as KubeConfig, named);
  } catch {
    return { kind: "unreadable", problem: "it prints no JSON" };
  }
}

function targetIn(config: KubeConfig, named: string | undefined): KubeTarget | NoKubeTarget {
  const name = named ?? (config["current-context"] || undefined);
  if (name === undefined) return {};
  const context = config.contexts?.find((candidate) => candidate.name === name)?.context;
  if (named !== undefined && context === undefined)
    return { kind: "unreadable", problem: `there is no context ${named}` };
  const server = config.clusters?.find((candidate) => candidate.name === context?.cluster)?.cluster?.server;
  return {
    context: name,
    ...(server === undefined ? {} : { server }),
    ...(context?.namespace === undefined ? {} : { namespace: context.namespace }),
    ...(context?.user === undefined ? {} : { user: context.user }),
  };
}

function complaintOf({ stderr, exitCode, timedOut }: ReadResult): string {
  if (timedOut) return "it took too long";
  return stderr.trim().split("\n").at(-1) || `exit code ${exitCode ?? "unknown"}`;
}
