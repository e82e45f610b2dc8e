/**
 * Every error that lockstep raises for something a person can mend, with the exit code it ends the
 * command with (2 bad usage or a runbook that does not load, 1 a run that can be resumed, 5 out of
 * date, 75 a person is needed).
 *
 * The wording stands beside the rule that raises the error, not here.
 */
export const errorCodes = {
  // usage
  "unknown-command": 2,
  "unknown-option": 2,
  "bad-argument": 2,
  "unknown-runbook": 2,
  "unknown-run": 2,
  "unknown-step": 2,
  "unknown-parameter": 2,
  "missing-parameter": 2,
  "bad-parameter": 2,
  "unknown-environment": 2,
  "bad-config": 2,
  "file-exists": 2,
  "unreadable-file": 2,
  "missing-tool": 2,
  "bad-partial": 2,
  // a runbook that does not load
  "syntax-error": 2,
  "load-failed": 2,
  "no-default-export": 2,
  "bad-id": 2,
  "duplicate-id": 2,
  "empty-title": 2,
  "empty-section": 2,
  "empty-group": 2,
  "not-a-block": 2,
  "ref-not-placed": 2,
  "ref-comes-later": 2,
  "ref-leaks": 2,
  "ref-as-text": 2,
  "ref-in-condition": 2,
  "secret-in-text": 2,
  "undo-missing": 2,
  "undo-not-needed-destructive": 2,
  "undo-plain-delete": 2,
  cycle: 2,
  "parallel-needs-later": 2,
  "parallel-steps-only": 2,
  "guard-until": 2,
  "guard-range": 2,
  "unknown-setting": 2,
  "unknown-output": 2,
  "bad-setting": 2,
  "bad-action": 2,
  // shell text
  "shell-value-place": 2,
  "shell-keeps-state": 2,
  "shell-syntax": 2,
  "shell-nul": 2,
  // runs
  "run-held": 1,
  "journal-damaged": 1,
  "journal-newer": 1,
  "bad-signature": 1,
  "disk-failed": 1,
  "cwd-missing": 1,
  "spawn-failed": 1,
  "run-ended": 2,
  "deadline-missing": 2,
  "signers-missing": 2,
  // what the policy of an environment forbids
  "environment-missing": 2,
  "approval-missing": 2,
  "unattended-forbidden": 2,
  "cluster-pinned": 2,
  "wrong-cluster": 2,
  "window-closed": 2,
  "person-needed": 75,
  "docs-out-of-date": 5,
} as const;

/** The stable name of an error, for programs; the text is for people. */
export type ErrorCode = keyof typeof errorCodes;
