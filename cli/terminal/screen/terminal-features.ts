import { allowsColors } from "../../output/color-choice.ts";
import { showsUnicode } from "../../output/terminal.ts";
import type { ScreenOptions } from "./screen.ts";

/** What a terminal can do, by its environment. */
export interface TerminalFeatures {
  readonly plain: boolean;
  readonly unicode: boolean;
  readonly color: boolean;
  readonly titles: boolean;
}

/** Reads the environment. Unicode needs a locale that says UTF-8; `NO_COLOR` and `TERM=dumb` allow no colour. */
export function readFeatures({ stderr, env, plain, ascii }: ScreenOptions): TerminalFeatures {
  const term = env["TERM"] ?? "dumb";
  const isPlain = plain === true || term === "dumb" || term === "";
  return {
    plain: isPlain,
    unicode: ascii !== true && showsUnicode(env),
    color: !isPlain && stderr.isTTY === true && allowsColors(env),
    titles: !isPlain && term !== "linux",
  };
}
