import { main as runMain } from "../support/run-main.ts";
import { type Faults, installFaults } from "./faults.ts";

/** A lockstep on a machine with faults. */
export async function main(runbooks: Record<string, unknown>): Promise<void> {
  const { extra } = JSON.parse(process.argv[2] ?? "") as { readonly extra: { readonly faults: Faults } };
  await installFaults(extra.faults);
  await runMain(runbooks);
}
