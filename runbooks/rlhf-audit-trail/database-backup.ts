import { caution, notNeeded, type Ref, sh, step } from "lockstep";
import { kubectl } from "lockstep/kubernetes";

const lastLine = "PostgreSQL database dump complete";

/** A backup of an earlier run must not be overwritten, least of all by a dump that was taken after the migration. */
export function noBackupInTheWay(backup: Ref<string>) {
  return step("backup-free", "Check that no earlier backup is in the way", sh.read`test ! -e ${backup}`, {
    added: true,
  });
}

/** Dumps the database to a file of this machine, and checks that the dump is complete. */
export function backUpDatabase(
  { namespace, backup }: { readonly namespace: Ref<string>; readonly backup: Ref<string> },
  { added = false }: { readonly added?: boolean } = {},
) {
  return [
    caution(
      "By hand, leave out the `t` of `-it` in the next command: a terminal writes carriage returns into the backup. A run has no terminal.",
    ),
    step(
      "backup",
      "Back up the production database",
      kubectl.exec.write("postgresql-0", sh`pg_dump -U postgres rlhf_audit`, {
        interactive: "-it",
        namespace,
        stdoutTo: backup,
      }),
      { undo: notNeeded("the backup is kept"), added },
    ),
    backupIsComplete(backup),
  ];
}

/** A dump that was cut off lacks its last line. */
export function backupIsComplete(backup: Ref<string>) {
  return step("backup-complete", "Check that the backup is complete", sh.read`tail -n 10 ${backup}`, {
    expect: lastLine,
    added: true,
  });
}
