import type { SettingKindName } from "../settings/setting-kinds.ts";
import type { JsonDocument } from "../values/command.ts";
import type { Duration } from "../values/duration.ts";
import type { Ref } from "../values/ref.ts";
import type { CommandLine, KubectlWord } from "./command-line.ts";

/**
 * The flags that lockstep knows. A verb takes some of them, and they stand in the command **in the order in which
 * the author gives them**: `{ replicas: 0, namespace: "shop" }` is `--replicas=0 -n shop`.
 */
export interface KubectlFlags {
  /** `-n` */
  readonly namespace: string | Ref<string>;
  /** `--context`: which cluster of the kubeconfig. */
  readonly context: string | Ref<string>;
  /** `-A` */
  readonly allNamespaces: true;
  /** `-f`: a file, a folder or a URL; several are several flags. */
  readonly file: KubectlWord | readonly KubectlWord[];
  /** `--dry-run`: only says what would change. */
  readonly dryRun: "client" | "server";
  /** `-l`, such as `app=postgresql`. */
  readonly selector: KubectlWord;
  /** `-o`: a format of kubectl's, or a JSONPath, given without the quotes that the shell needs. */
  readonly output: "json" | "yaml" | "name" | "wide" | { readonly jsonpath: string };
  /** `--timeout`, in whole seconds: kubectl gives up then. */
  readonly timeout: Duration;
  /** `--replicas` */
  readonly replicas: number | Ref<number>;
  /** `--to-revision`: a number of `kubectl rollout history`. */
  readonly toRevision: number | Ref<number> | Ref<string>;
  /** `--revision`: shows one revision in full. */
  readonly revision: number | Ref<number> | Ref<string>;
  /** `-p`: the change, as an object; refs may stand in it. */
  readonly patch: JsonDocument;
  /** `--type`: how the patch is merged. */
  readonly type: "strategic" | "merge" | "json";
  /** `--overwrite` */
  readonly overwrite: true;
  /** `--ignore-not-found`: what is not there is no failure. */
  readonly ignoreNotFound: true;
  /** `-c`: one container of the pod. */
  readonly container: KubectlWord;
  /** `--previous`: of the container that ran before. */
  readonly previous: true;
  /** `--since`, in whole seconds. */
  readonly since: Duration;
  /** `--tail`: the last lines. */
  readonly tail: number;
}

type FlagName = keyof KubectlFlags;

/** Some of the flags, none of them required. */
export type FlagsOf<K extends FlagName> = { readonly [N in K]?: KubectlFlags[N] };

type Write<N extends FlagName> = (line: CommandLine, value: KubectlFlags[N]) => void;

const inSeconds = (flag: string) => (line: CommandLine, value: Duration) => void line.raw(`${flag}=${value.seconds}s`);

const flagWriters: { readonly [N in FlagName]: Write<N> } = {
  namespace: (line, value) => line.raw("-n ").value(value),
  context: (line, value) => line.raw("--context=").value(value),
  allNamespaces: (line) => line.raw("-A"),
  file: writeFiles,
  dryRun: (line, value) => line.raw(`--dry-run=${value}`),
  selector: (line, value) => line.raw("-l ").value(value),
  output: (line, value) =>
    typeof value === "string" ? line.raw(`-o ${value}`) : line.raw("-o jsonpath=").value(value.jsonpath),
  timeout: inSeconds("--timeout"),
  replicas: (line, value) => line.raw("--replicas=").value(value),
  toRevision: (line, value) => line.raw("--to-revision=").value(value),
  revision: (line, value) => line.raw("--revision=").value(value),
  patch: (line, value) => line.raw("-p ").json(value),
  type: (line, value) => line.raw(`--type=${value}`),
  overwrite: (line) => line.raw("--overwrite"),
  ignoreNotFound: (line) => line.raw("--ignore-not-found"),
  container: (line, value) => line.raw("-c ").value(value),
  previous: (line) => line.raw("--previous"),
  since: inSeconds("--since"),
  tail: (line, value) => line.raw(`--tail=${value}`),
};

const flagKinds = {
  namespace: "word",
  context: "word",
  allNamespaces: "true",
  file: "any",
  dryRun: "string",
  selector: "word",
  output: "any",
  timeout: "duration",
  replicas: "count",
  toRevision: "count",
  revision: "count",
  patch: "any",
  type: "string",
  overwrite: "true",
  ignoreNotFound: "true",
  container: "word",
  previous: "true",
  since: "duration",
  tail: "number",
} as const satisfies Readonly<Record<FlagName, SettingKindName>>;

type KindsOf<K extends FlagName> = { readonly [N in K]: SettingKindName };
type RequiredKindsOf<K extends FlagName> = { readonly [N in K]: `${SettingKindName}!` };

/** What a verb takes: some of the flags, and some that it cannot do without. */
export function flagTable<K extends FlagName>(optional: readonly K[]): KindsOf<K>;
export function flagTable<K extends FlagName, R extends FlagName>(
  optional: readonly K[],
  required: readonly R[],
): KindsOf<K> & RequiredKindsOf<R>;
export function flagTable(optional: readonly FlagName[], required: readonly FlagName[] = []): object {
  const rows = [
    ...optional.map((name) => [name, flagKinds[name]]),
    ...required.map((name) => [name, `${flagKinds[name]}!`]),
  ];
  return Object.fromEntries(rows) as object;
}

/** Adds the flags, in the order of their keys. Keys that are no flag are another part's. */
export function addFlags(line: CommandLine, flags: FlagsOf<FlagName>): CommandLine {
  for (const [name, value] of Object.entries(flags)) {
    if (value === undefined || !Object.hasOwn(flagWriters, name)) continue;
    (flagWriters[name as FlagName] as Write<never>)(line.raw(" "), value as never);
  }
  return line;
}

function writeFiles(line: CommandLine, files: KubectlFlags["file"]): void {
  for (const [index, file] of (Array.isArray(files) ? files : [files]).entries())
    line.raw(index === 0 ? "-f " : " -f ").value(file as KubectlWord);
}
