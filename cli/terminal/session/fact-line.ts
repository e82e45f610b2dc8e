import { upperFirst } from "../../../renderers/page/words.ts";
import { inertText } from "../../output/inert-text.ts";
import type { Line } from "../screen/screen.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** Below so many columns a label stands before its text instead of in a column of its own. */
export const narrow = 60;

export interface FactPlace {
  readonly indent: number;
  /** Of the label, with the blanks behind it. */
  readonly width: number;
}

const belowStep: FactPlace = { indent: 5, width: 8 };

/** `     undo    point the ingress back to blue`; `  undo: point ...` in a narrow window; a sentence in plain mode. */
export function factLine(
  { screen: { style, mode, columns } }: Pick<TerminalUi, "screen">,
  label: string,
  text: string,
  { indent, width }: FactPlace = belowStep,
): Line {
  const shown = inertText(text);
  if (mode === "plain") return sentence(label === "" ? shown : `${upperFirst(label)}: ${shown}`);
  if (columns < narrow)
    return { text: label === "" ? `    ${shown}` : `  ${style.dim(`${label}:`)} ${shown}`, hang: 4 };
  const padded = label.padEnd(width - 1);
  return { text: `${" ".repeat(indent)}${style.dim(padded)} ${shown}`, hang: indent + padded.length + 1 };
}

/** Ends in a full stop. */
export function sentence(text: string): string {
  return /[.,!?:]$/.test(text) ? text : `${text}.`;
}
