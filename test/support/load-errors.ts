import { readFileSync } from "node:fs";
import type { AnyRunbook, CompileOptions } from "../../dsl/index.ts";
import { compile } from "../../dsl/index.ts";
import type { Block } from "../../dsl/nodes/block.ts";
import { runbook } from "../../dsl/nodes/runbook.ts";
import { errorOf } from "./lockstep-errors.ts";

/** What a person is told, and what stands in the source at the place that they are shown. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  /** The rest of the line of the TypeScript source, from the column on. */
  readonly at: string | undefined;
}

/** How `run` is refused. */
export function refusalOf(run: () => unknown): Refusal {
  const { code, message, hint, position } = errorOf(run);
  if (!position) return { code, message, hint, at: undefined };
  const line = readFileSync(position.file, "utf8").split("\n")[position.line - 1] ?? "";
  return { code, message, hint, at: line.slice(position.column - 1) };
}

/** How a runbook with this body is refused. */
export function bodyRefusal(body: () => readonly Block[]): Refusal {
  return refusalOf(() => compile(runbook({ id: "sample", title: "Sample" }, body) as unknown as AnyRunbook));
}

/** How this runbook is refused. */
export function runbookRefusal(source: unknown, options?: CompileOptions): Refusal {
  return refusalOf(() => compile(source as AnyRunbook, options));
}
