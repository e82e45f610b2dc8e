import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { processIdentity } from "../processes/process-identity.ts";
import { createAttemptFolder } from "./attempt-folder.ts";
import { createBegun } from "./begun-record.ts";
import { reserveStatus, writeStatus } from "./status-record.ts";

/**
 * Records that lockstep itself begins an action (`code`, a request that it polls), by the same files as for a
 * command, so that `inspectAttempt` judges both. It dies with lockstep: after a crash it is unknown.
 *
 * @throws LockstepError `disk-failed`; nothing may be done then.
 */
export function beginNative(folder: string): void {
  createAttemptFolder(folder);
  reserveStatus(folder);
  if (createBegun(folder, { ...processIdentity(), kind: "native", startedAt: new Date().toISOString() })) return;
  throw new LockstepError({
    code: "disk-failed",
    message: `the attempt ${folder} was claimed by another process`,
    hint: "See whether another lockstep works on this run, then resume it.",
  });
}

/** Records how it ended, also on a full disk. `outputLost`: what it gave did not reach the disk. */
export function endNative(
  folder: string,
  exitCode: number,
  { outputLost = false }: { readonly outputLost?: boolean } = {},
): void {
  writeStatus(folder, { exitCode, outputLost });
}
