import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The deployment procedures as they were handed over: what the runbooks must not leave out. */
export const reference = readFileSync(
  fileURLToPath(new URL("./reference/deployment-procedures.md", import.meta.url)),
  "utf8",
);

/** Every line of its `bash` blocks that is a command, and the one that stands in a sentence. */
export function commandLines(): readonly string[] {
  const blocks = [...reference.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  const lines = blocks.flatMap((block) => block.split("\n")).filter((line) => line !== "" && !line.startsWith("#"));
  const inline = [...reference.matchAll(/^\d+\. .*?`([^`]+)`/gm)].map(([, line = ""]) => line);
  return [...lines, ...inline];
}

/** The items of each checklist, by the heading above it. */
export function checklists(): ReadonlyMap<string, readonly string[]> {
  return listsUnder(/^- \[ \] (.*)$/);
}

/** `Error rate > 1%` and the others. */
export function thresholds(): readonly string[] {
  return listsUnder(/^- (.*)$/).get("Alert Thresholds During Deployment") ?? [];
}

/** What the numbered lists of the emergencies say, piece by piece: what is bold, and what stands behind it. */
export function numberedActions(heading: string): readonly string[] {
  const actions = listsUnder(/^\d+\. (.*)$/).get(heading) ?? [];
  return actions.flatMap((action) => {
    const [, name = "", rest = ""] = action.match(/^\*\*(.*?):?\*\*\s*(.*?)\s*$/) ?? [];
    return rest === "" ? [name] : [name, rest.replaceAll("`", "")];
  });
}

/** The facts of each environment, by its name. */
export function environmentFacts(): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const section = reference.slice(reference.indexOf("## Environment Configuration"));
  const names = ["Development", "Staging", "Production"];
  const lists = listsUnder(/^- ([A-Z].*)$/, section);
  return new Map(
    names.map((name) => [name, Object.fromEntries((lists.get(name) ?? []).map((fact) => fact.split(": ")))]),
  );
}

function listsUnder(item: RegExp, text: string = reference): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  let heading = "";
  for (const line of text.split("\n")) {
    const title = line.match(/^#+ (.*?)\s*$/)?.[1];
    if (title !== undefined) heading = lists.has(title) ? `${title} again` : title;
    const found = line.match(item)?.[1];
    if (found !== undefined) lists.set(heading, [...(lists.get(heading) ?? []), found]);
  }
  return lists;
}
