import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { baseName, nameWords } from "../../dsl/shell/command-wrappers.ts";
import { parseShell } from "../../dsl/shell/parse-shell.ts";
import { scriptArguments } from "../../dsl/shell/script-arguments.ts";
import type { SimpleCommand, Word } from "../../dsl/shell/shell-syntax.ts";
import { simpleCommands } from "../../dsl/shell/walk-commands.ts";

/** What decides where a command acts, besides the kubeconfig. */
export type Deciding = "namespace" | "context" | "kubeconfig";

/** One command of kubectl or helm, by what its own words say of where it acts. */
export interface KubernetesCommand {
  /** As it is given; undefined: known only when it runs. The last one of each counts. */
  readonly says: ReadonlyMap<Deciding, string | undefined>;
  /** It has `--all-namespaces`. */
  readonly everywhere: boolean;
  /** An option that names another server: `--server`, `--cluster`. */
  readonly server?: string;
}

/** Options with a value, of kubectl and of helm. */
const deciding: Readonly<Record<string, Deciding>> = {
  "-n": "namespace",
  "--namespace": "namespace",
  "--context": "context",
  "--kube-context": "context",
  "--kubeconfig": "kubeconfig",
};
const serverOptions = ["-s", "--server", "--cluster", "--kube-apiserver"];

/**
 * The commands of kubectl and helm in a shell text, also in pipes, behind `sudo` and the like, in `$( )` and in the
 * program of a local `bash -c` or `watch`. A text that is no shell has none.
 *
 * @example
 * kubernetesCommands("kubectl get pods -n shop | head -n 5"); // one, which says namespace shop
 */
export function kubernetesCommands(text: string): readonly KubernetesCommand[] {
  try {
    return [...simpleCommands(parseShell({ text, names: [] }).script)].flatMap(commandsIn);
  } catch (error) {
    if (error instanceof LockstepError) return [];
    throw error;
  }
}

function commandsIn(command: SimpleCommand): readonly KubernetesCommand[] {
  const programs = scriptArguments(command).filter(({ isLocalShell }) => isLocalShell);
  const inner = programs.some(({ word }) => word.literal === undefined)
    ? []
    : kubernetesCommands(programs.map(({ word }) => word.literal).join(" "));
  const own = nameWords(command.words).find(({ word }) => ["kubectl", "helm"].includes(baseName(word)));
  if (own === undefined || programs.some(({ word }) => word === own.word)) return inner;
  const before = [...command.assignments, ...command.words.slice(0, own.index)];
  return [...inner, readCommand(before, command.words.slice(own.index + 1))];
}

/** Up to `--`: what follows is the command that runs in the pod. */
function readCommand(before: readonly Word[], words: readonly Word[]): KubernetesCommand {
  const says = new Map<Deciding, string | undefined>();
  for (const { raw, literal } of before)
    if (raw.startsWith("KUBECONFIG=")) says.set("kubeconfig", literal?.slice("KUBECONFIG=".length));
  let server: string | undefined;
  let everywhere = false;
  for (let index = 0; index < words.length && words[index]?.raw !== "--"; index += 1) {
    const word = words[index] as Word;
    const text = word.literal ?? word.raw;
    const [name = "", value] = splitOption(text);
    if (serverOptions.includes(name)) server = name;
    if (name === "-A" || name === "--all-namespaces") everywhere = value !== "false";
    const what = Object.hasOwn(deciding, name) ? deciding[name] : undefined;
    if (what === undefined) continue;
    if (value !== undefined) says.set(what, word.literal === undefined ? undefined : value);
    else {
      index += 1;
      says.set(what, words[index]?.literal);
    }
  }
  return { says, everywhere, ...(server === undefined ? {} : { server }) };
}

/** `--namespace=shop`, `-nshop` and `-n=shop` hold their value; of `--namespace` and `-n` it is the next word. */
function splitOption(text: string): readonly [name: string, value?: string] {
  if (text.startsWith("--")) {
    const at = text.indexOf("=");
    return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
  }
  if (/^-[ns]./.test(text)) return [text.slice(0, 2), text.slice(2).replace(/^=/, "")];
  return [text];
}
