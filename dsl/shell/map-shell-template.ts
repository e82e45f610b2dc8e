import type { JsonPart, ShellPart, ShellTemplate } from "./shell-template.ts";

/** The same template with other holes: a plan has data where the source has refs. */
export function mapShellTemplate<A, B>(template: ShellTemplate<A>, map: (hole: A) => B): ShellTemplate<B> {
  return Object.freeze({ parts: Object.freeze(template.parts.map((part) => mapPart(part, map))) });
}

/** The holes of a template in the order of the text, also those in scripts and JSON documents. */
export function shellHoles<H>(template: ShellTemplate<H>): readonly H[] {
  const holes: H[] = [];
  mapShellTemplate(template, (hole) => holes.push(hole));
  return holes;
}

function mapPart<A, B>(part: ShellPart<A>, map: (hole: A) => B): ShellPart<B> {
  if (typeof part === "string") return part;
  if ("script" in part) return Object.freeze({ ...part, script: mapShellTemplate(part.script, map) });
  if ("json" in part)
    return Object.freeze({ ...part, json: Object.freeze(part.json.map((piece) => mapJsonPart(piece, map))) });
  return Object.freeze({ ...part, hole: map(part.hole) });
}

function mapJsonPart<A, B>(piece: JsonPart<A>, map: (hole: A) => B): JsonPart<B> {
  return typeof piece === "string" ? piece : Object.freeze({ hole: map(piece.hole), as: piece.as });
}
