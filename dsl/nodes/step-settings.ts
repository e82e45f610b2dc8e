import { defineSettings, type Settable } from "../settings/check-settings.ts";
import type { Settings } from "./settings.ts";
import type { BackgroundOptions, ProbeOptions, Retry, StepOptions } from "./step.ts";

/** What holds inward. */
export const inwardSettings: { readonly cwd: "word"; readonly env: "env" } = { cwd: "word", env: "env" };

const running = {
  ...inwardSettings,
  onFailure: "any",
  timeout: "duration",
  added: "boolean",
  after: "texts",
  undo: "any",
  probe: "any",
  retry: "object",
  stdin: "env-value",
  interruptible: "boolean",
  sensitive: "boolean",
  terminal: "boolean",
  corrects: "any",
} as const;

/** What `step` takes besides its action. */
export const stepSettings: Settable<StepOptions> = defineSettings<StepOptions>({
  ...running,
  outputs: "object",
  expect: "any",
});

/** What `background` takes besides its action. */
export const backgroundSettings: Settable<BackgroundOptions> = defineSettings<BackgroundOptions>({
  ...running,
  ready: "any!",
});

/** What stands in a `retry`. */
export const retrySettings: Settable<Retry> = defineSettings<Retry>({
  attempts: "number!",
  every: "duration!",
  backoff: "number",
});

/** What stands in a `probe` that expects something. */
export const probeSettings: Settable<ProbeOptions> = defineSettings<ProbeOptions>({ action: "query!", expect: "any!" });

/** What `within` takes. */
export const withinSettings: Settable<Settings> = defineSettings<Settings>(inwardSettings);
