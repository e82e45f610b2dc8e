import { join, relative } from "node:path";
import type { Plan } from "../../dsl/plan/plan.ts";

/** Where the file of a runbook is, seen from the folder of its page, as the target of a link. */
export function sourceHref({ source }: Plan, root: string, folder: string): string | undefined {
  if (source === undefined) return undefined;
  return relative(folder, join(root, source)).split("\\").join("/").split("/").map(encodeURIComponent).join("/");
}
