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
  const [{ compile }, values] = await Promise.all([
    import("../../dsl/plan/compile.ts"),
    readValues(card, options, flags),
  ]);
  return compile(runbook, {
    values,
    root,
    allowMissing,
    ...(options.env === undefined ? {} : { environment: options.env }),
  });
}
