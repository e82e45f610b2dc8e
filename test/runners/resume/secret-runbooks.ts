import { param, runbook, seconds, sh, step, undoBy, wait, within } from "../../../dsl/index.ts";
import type { AnyRunbook } from "../../../dsl/nodes/runbook.ts";

const writing = sh`echo begin >> effects; until [ -e go ]; do sleep 0.02; done; echo end >> effects`;
const undo = undoBy("Take it back", sh`echo undone >> effects`, { idempotent: true });

/** A write that is given a secret on its standard input, and goes on until it is let go. */
export const byStdin = (): AnyRunbook =>
  runbook({ id: "by-stdin", title: "By stdin", params: { token: param.secret() } }, ({ token }) => [
    step("write", "Write", writing, { stdin: token, undo }),
  ]);

/** The same by a variable. */
export const byEnv = (): AnyRunbook =>
  runbook({ id: "by-env", title: "By env", params: { token: param.secret() } }, ({ token }) => [
    step("write", "Write", writing, { env: { TOKEN: token }, undo }),
  ]);

export const waiting = (): AnyRunbook =>
  runbook({ id: "waiting", title: "Waiting", params: { token: param.secret() } }, ({ token }) => [
    within({ env: { TOKEN: token } }, [wait("pause", "Wait", seconds(1))]),
  ]);
