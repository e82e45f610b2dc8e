let isForbidden = false;

/** `--no-color`. It is not written into the environment, which every command of a run inherits. */
export function forbidColors(): void {
  isForbidden = true;
}

/** Whether colours may be shown at all: neither `--no-color` nor `NO_COLOR` says no. */
export function allowsColors(env: Readonly<Record<string, string | undefined>>): boolean {
  return !isForbidden && !env["NO_COLOR"];
}
