export type { KubectlWord } from "./command-line.ts";
export type { KubectlResource, ResourceVerb, Where } from "./create-kubectl-action.ts";
export {
  type DescribeFlags,
  type GetFlags,
  kubectl,
  type LogsFlags,
  type PatchFlags,
  type RolloutHistoryFlags,
  type RolloutStatusFlags,
  type RolloutUndoFlags,
  type ScaleFlags,
  type TopPodsFlags,
} from "./kubectl.ts";
export type { FlagsOf, KubectlFlags } from "./kubectl-flags.ts";
export type { ApplyDryRunFlags, ApplyFlags, DeleteFlags, DeleteManifestFlags } from "./manifest-verbs.ts";
export type { LabelFlags, SetImageFlags } from "./pair-verbs.ts";
export type { ExecFlags, ExecVerb, PortForwardFlags, WaitFlags } from "./pod-verbs.ts";
