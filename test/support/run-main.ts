import { writeSync } from "node:fs";
import type { AnyRunbook } from "../../dsl/nodes/runbook.ts";
import { compile } from "../../dsl/plan/compile.ts";
import { resume, rollback, run } from "../../runners/engine/run.ts";
import { openRunStore } from "../../runners/store/run-store.ts";
import type { RunProcessOptions } from "./run-process.ts";

/** The other side of `startRun`: runs, and tells each event as a line. */
export async function main(runbooks: Record<string, unknown>): Promise<void> {
  const {
    make,
    args,
    root,
    resume: goOn,
    rollback: goBack,
    extra: _,
    ...options
  } = JSON.parse(process.argv[2] ?? "") as RunProcessOptions;
  const plan = compile((runbooks[make] as (...args: readonly unknown[]) => AnyRunbook)(...(args ?? [])), { root });
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupted.abort(signal));
  const settings = { root, vouched: true, ...options, signal: interrupted.signal };
  const begun = goOn || goBack ? { ...settings, plan, run: (await openRunStore(root).find()).id } : undefined;
  const running = !begun ? run(plan, settings) : goBack ? rollback(begun) : resume(begun);
  try {
    for await (const event of running) tell({ event });
    tell({ result: await running.result });
  } catch (error) {
    const { code = "thrown", message } = error as { code?: string; message: string };
    tell({ result: { code, message } });
  }
}

/** At once, so that what was told is not lost by a kill. */
function tell(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
