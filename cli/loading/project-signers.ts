import { resolve } from "node:path";
import type { Signers } from "../../runners/identity/signers.ts";
import type { ProjectSettings } from "./config-loader.ts";

/** Whose signatures count in a project, for what takes them as an option. */
export function signersOf(
  root: string,
  { approvals }: Pick<ProjectSettings, "approvals">,
): { readonly signers?: Signers } {
  if (approvals === undefined) return {};
  return { signers: { file: resolve(root, approvals.allowedSigners), users: approvals.users ?? {} } };
}
