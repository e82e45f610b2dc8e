/** What a runbook imports to run it. */
export function instantly(): string {
  return "now";
}
