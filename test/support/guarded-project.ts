import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "./lockstep-command.ts";

/** A project whose guards watch what files say. */
export interface GuardedProject {
  readonly folder: string;
  /** What the error rate is from now on, in percent; a word is no number. */
  rate(value: number | string): void;
  /** What the memory usage is from now on, in percent of the pool. */
  memory(value: number | string): void;
  /** What the response time is from now on, in milliseconds. */
  latency(value: number | string): void;
  /** Edits the runbook. */
  edit(change: (text: string) => string): void;
}

const measurements = `import { measurement, onlyNumber, sh } from "lockstep";
export const errorRate = measurement("error-rate", "Error rate", { measures: "what a file says", unit: "%", query: sh.read\`cat rate\`, reading: onlyNumber });
export const memory = measurement("memory-usage", "Memory usage", { measures: "what a file says", unit: "%", query: sh.read\`cat memory\`, reading: onlyNumber });
export const responseTime = measurement("response-time", "Response time", { measures: "what a file says", unit: "ms", query: sh.read\`cat latency\`, reading: onlyNumber });
`;

/**
 * A runbook "guarded" with these blocks. A guard called \`watch\` may stand among them: it samples five times a second.
 *
 * @example
 * const { folder, rate } = await guardedProject(\`\${watch()}, \${write("one")}, wait("linger", "Linger", seconds(60))\`);
 */
export async function guardedProject(blocks: string): Promise<GuardedProject> {
  const folder = await project({
    "measurements.ts": measurements,
    rate: "0.1",
    memory: "60",
    latency: "180",
    "runbooks/guarded.runbook.ts": `import { approval, ask, background, caution, check, checklist, gate, guard, irreversible, manual, notNeeded, parallel, percent, quantity, rollback, runbook, seconds, section, sh, step, stop, undoBy, wait, watch } from "lockstep";
import { errorRate, memory, responseTime } from "../measurements.ts";
export default runbook({ id: "guarded", title: "Guarded", sections: "Phase" }, () => [${blocks}]);
`,
  });
  const set =
    (name: string) =>
    (value: number | string): void =>
      writeFileSync(join(folder, name), String(value));
  const runbook = join(folder, "runbooks/guarded.runbook.ts");
  const edit = (change: (text: string) => string): void =>
    writeFileSync(runbook, change(readFileSync(runbook, "utf8")));
  return { folder, rate: set("rate"), memory: set("memory"), latency: set("latency"), edit };
}

/** A guard on both measurements. */
export function guardText(options = ""): string {
  return `guard("limits", "Watch the limits", { alerts: [errorRate.above(percent(1)), memory.above(percent(85))], interval: seconds(0.2), onTrip: rollback, ${options} })`;
}

/** A write that is undone by another one. */
export function writeText(id: string, options = ""): string {
  return `step("${id}", "Do ${id}", sh\`echo ${id} >> effects\`, { timeout: seconds(60), undo: undoBy("Take ${id} back", sh\`echo undo-${id} >> effects\`), ${options} })`;
}
