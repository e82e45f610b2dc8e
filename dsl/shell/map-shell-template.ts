import type { JsonPart, ShellPart, ShellTemplate } from "./shell-template.ts";

/** The same template with every hole replaced, as deep as scripts and documents nest. */
export function mapShellTemplate<H, G>(template: ShellTemplate<H>, map: (hole: H) => G): ShellTemplate<G> {
  return Object.freeze({ parts: template.parts.map((part) => mapPart(part, map)) });
}

function mapPart<H, G>(part: ShellPart<H>, map: (hole: H) => G): ShellPart<G> {
  if (typeof part === "string") return part;
  if ("hole" in part) return { ...part, hole: map(part.hole) };
  if ("script" in part) return { ...part, script: mapShellTemplate(part.script, map) };
  return { ...part, json: part.json.map((piece) => mapJson(piece, map)) };
}

function mapJson<H, G>(piece: JsonPart<H>, map: (hole: H) => G): JsonPart<G> {
  return typeof piece === "string" ? piece : { ...piece, hole: map(piece.hole) };
}
