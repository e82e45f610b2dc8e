import type { SourcePosition } from "../../dsl/errors/source-position.ts";
import type { AnyRunbook } from "../../dsl/nodes/runbook.ts";
import type { CompileOptions } from "../../dsl/plan/compile.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import type { LoadedRunbook } from "../loading/runbook-loader.ts";
import { readValues } from "./parameter-values.ts";
import type { ValueOptions } from "./value-options.ts";

/** Compiles a loaded runbook with the values of the command line. */
export async function compileWith(
  { runbook, card, root }: LoadedRunbook,
  options: ValueOptions,
  {
    allowMissing = false,
    flags = {},
  }: { readonly allowMissing?: boolean; readonly flags?: Readonly<Record<string, unknown>> } = {},
): Promise<Plan> {
  const values = await readValues(card, options, flags);
  return compileRunbook(runbook, {
    values,
    root,
    allowMissing,
    ...(options.env === undefined ? {} : { environment: options.env }),
  });
}

/** Compiles; a `code` step shows its TypeScript, not what the bundler made of it. */
export async function compileRunbook(runbook: AnyRunbook, options: CompileOptions): Promise<Plan> {
  const { compile } = await import("../../dsl/plan/compile.ts");
  const asked: SourcePosition[] = [];
  const plan = compile(runbook, {
    ...options,
    sourceOf: (position) => {
      asked.push(position);
      return undefined;
    },
  });
  if (asked.length === 0) return plan;
  const { createSourceReader } = await import("../loading/source-reader.ts");
  return compile(runbook, { ...options, sourceOf: createSourceReader() });
}
