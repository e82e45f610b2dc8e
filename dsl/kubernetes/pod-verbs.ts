import type { KubernetesAction, ShellAction } from "../actions/action.ts";
import type { Effect } from "../actions/effect.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { isPlainCommand } from "../shell/is-plain-command.ts";
import { createCommandLine, type KubectlWord } from "./command-line.ts";
import { addResource, createKubectlAction, type KubectlResource, requireResource } from "./create-kubectl-action.ts";
import { addFlags, type FlagsOf, flagTable } from "./kubectl-flags.ts";

/** Flags of `kubectl exec`. */
export interface ExecFlags extends FlagsOf<"namespace" | "context" | "container"> {
  /**
   * `-i`, `-t` or `-it`, before the pod. In a run there is no terminal: kubectl says so and goes on without one.
   */
  readonly interactive?: "-i" | "-t" | "-it";
  /** `< FILE` of this machine, behind the command. */
  readonly stdinFrom?: KubectlWord;
  /** `> FILE` of this machine, behind the command. */
  readonly stdoutTo?: KubectlWord;
}

/** Runs one command in a pod, whose words no shell reads but the one on this machine; what it does to the world is for the author to say. */
export type ExecVerb<E extends Effect> = (
  pod: KubectlWord,
  command: ShellAction,
  flags?: ExecFlags,
) => KubernetesAction<E>;

/** `kubectl exec POD -- COMMAND`; no word of kubectl says what the command does, so the verb must. */
export const exec: {
  /** The command only looks. */
  readonly read: ExecVerb<"read">;
  /** The command changes something. */
  readonly write: ExecVerb<"write">;
  /** The command takes something away. */
  readonly destructive: ExecVerb<"destructive">;
} = { read: execVerb("read"), write: execVerb("write"), destructive: execVerb("destructive") };

const execSettings = defineSettings<ExecFlags>({
  ...flagTable(["namespace", "context", "container"]),
  interactive: "string",
  stdinFrom: "word",
  stdoutTo: "word",
});

function execVerb<E extends Effect>(effect: E): ExecVerb<E> {
  const build: ExecVerb<E> = (pod, command, flags = {}) => {
    const at = captureCallSite(build);
    requireResource("exec", pod, at);
    requireCommand(command, at);
    checkSettings(execSettings, flags, "kubectl exec", undefined, at);
    const { interactive, stdinFrom, stdoutTo } = flags;
    const line = createCommandLine(`kubectl exec ${interactive === undefined ? "" : `${interactive} `}`).value(pod);
    addFlags(line, flags).raw(" -- ").command(command);
    if (stdinFrom !== undefined) line.raw(" < ").value(stdinFrom);
    if (stdoutTo !== undefined) line.raw(" > ").value(stdoutTo);
    return createKubectlAction(line, { verb: "exec", effect, where: flags, at });
  };
  return build;
}

/** Flags of `kubectl port-forward`. */
export interface PortForwardFlags extends FlagsOf<"namespace" | "context"> {}

const portForwardSettings = defineSettings<PortForwardFlags>(flagTable(["namespace", "context"]));

/** `kubectl port-forward RESOURCE 8080:8000`, for `background(...)`. */
export function portForward(
  resource: KubectlResource,
  ports: string,
  flags: PortForwardFlags = {},
): KubernetesAction<"read"> {
  const at = captureCallSite(portForward);
  requireResource("port-forward", resource, at);
  checkSettings(portForwardSettings, flags, "kubectl port-forward", undefined, at);
  const line = addResource(createCommandLine("kubectl port-forward"), resource).raw(" ").value(ports);
  return createKubectlAction(addFlags(line, flags), { verb: "port-forward", effect: "read", where: flags, at });
}

/** Flags of `kubectl wait`. */
export interface WaitFlags extends FlagsOf<"selector" | "namespace" | "context" | "timeout" | "file"> {
  /** What to wait for, before the resource: `condition=Ready`, `delete`, `jsonpath=...`. */
  readonly for: KubectlWord;
}

const waitSettings = defineSettings<WaitFlags>({
  ...flagTable(["selector", "namespace", "context", "timeout", "file"]),
  for: "word!",
});

/** `kubectl wait --for=CONDITION RESOURCE`. It fails at once while nothing matches: give the step a `retry`. */
export function wait(resource: KubectlResource, flags: WaitFlags): KubernetesAction<"read"> {
  const at = captureCallSite(wait);
  requireResource("wait", resource, at);
  checkSettings(waitSettings, flags, "kubectl wait", undefined, at);
  const line = addResource(createCommandLine("kubectl wait --for=").value(flags.for), resource);
  return createKubectlAction(addFlags(line, flags), {
    verb: "wait",
    effect: "read",
    where: flags,
    at,
  });
}

function requireCommand(command: ShellAction, at: CallSite): void {
  if ((command as Partial<ShellAction> | undefined | null)?.kind === "shell") {
    if (isPlainCommand(command.command.template)) return;
    throw new LockstepError({
      code: "bad-action",
      message:
        "kubectl exec hands one command to the pod; an operator, a redirection, a variable or a pattern in it would be of this machine's shell",
      hint: "Let a shell in the pod read it: sh`bash -c ${script(sh`...`)}`; or use stdinFrom and stdoutTo for files of this machine",
      at,
    });
  }
  throw new LockstepError({
    code: "bad-action",
    message: `kubectl exec needs the command that runs in the pod, not ${describeValue(command)}`,
    hint: `Write it second: sh\`${typeof command === "string" ? command : "..."}\``,
    at,
  });
}
