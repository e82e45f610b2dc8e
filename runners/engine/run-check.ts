import type { PlanCheck } from "../../dsl/plan/plan.ts";
import { createTextMasker } from "../attempts/masker.ts";
import type { Engine } from "./engine.ts";
import { matchesExpect } from "./judge.ts";
import { runRead } from "./run-read.ts";

export interface CheckResult {
  readonly ok: boolean;
  readonly exitCode: number | undefined;
  /** Masked. */
  readonly stdout: string;
  /** Masked. */
  readonly stderr: string;
  /** Why it is not ok. */
  readonly remark?: string;
}

/** A read with what it must show. */
export async function runCheck(
  engine: Engine,
  check: PlanCheck,
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly signal?: AbortSignal },
): Promise<CheckResult> {
  const { exitCode, ...printed } = await runRead(engine.commandText(check.command), {
    cwd: place.cwd,
    withheld: engine.withheld,
    env: place.env,
    timeoutSeconds: 60,
    signal: place.signal,
  });
  const mask = createTextMasker(engine.secrets);
  const [stdout, stderr] = [mask(printed.stdout), mask(printed.stderr)];
  if (printed.timedOut) return { ok: false, exitCode, stdout, stderr, remark: "time-out after 1m 00s" };
  if (exitCode !== 0)
    return {
      ok: false,
      exitCode,
      stdout,
      stderr,
      remark: `exit code ${exitCode ?? "unknown"}${lastLine(stderr)}`,
    };
  const missing = check.expect.find((expect) => !matchesExpect(expect, stdout, engine.scope));
  return missing
    ? { ok: false, exitCode, stdout, stderr, remark: "not as expected" }
    : { ok: true, exitCode, stdout, stderr };
}

function lastLine(text: string): string {
  const line = text.trimEnd().split("\n").at(-1);
  return line ? `: ${line.slice(0, 200)}` : "";
}
