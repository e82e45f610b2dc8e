import { createLiveScreen } from "./live-screen.ts";
import { createPlainScreen } from "./plain-screen.ts";
import type { Screen, ScreenOptions } from "./screen.ts";
import { readFeatures } from "./terminal-features.ts";

/** Opens the terminal for writing. Whoever opens it closes it; the end of the process closes it too. */
export function createScreen(options: ScreenOptions): Screen {
  const features = readFeatures(options);
  const open = features.plain ? createPlainScreen : createLiveScreen;
  const screen = open(options.stderr, features);
  process.once("exit", screen.close);
  return screen;
}
