import { attemptFolderName } from "../../../runners/store/attempt-folder-name.ts";

/** Where all that an attempt printed is kept, relative to the project's root; undefined of what was never begun. */
export function logPath(
  run: string,
  { step, attempt }: { readonly step: string; readonly attempt: number },
): string | undefined {
  return attempt === 0 ? undefined : `.lockstep/runs/${run}/attempts/${attemptFolderName(step, attempt)}/log`;
}
