/** What of a part of a plan differs, for a sentence: "its command", "its time-out and its retry". */
export function changedWords(before: unknown, after: unknown): string {
  const [was, now] = [fieldsOf(before), fieldsOf(after)];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(now)])].filter(
    (field) => JSON.stringify(was[field]) !== JSON.stringify(now[field]),
  );
  const words = [...new Set(fields.flatMap((field) => wordsOf[field] ?? []))];
  if (words.length === 0) return "what it does";
  const [last, ...others] = words.reverse();
  return others.length === 0 ? `${last}` : `${others.reverse().join(", ")} and ${last}`;
}

function fieldsOf(basis: unknown): Readonly<Record<string, unknown>> {
  return typeof basis === "object" && basis !== null ? (basis as Record<string, unknown>) : {};
}

/** By the fields of what a step, a section or a guard goes by; what only follows from another is not said. */
const wordsOf: Readonly<Record<string, string>> = {
  command: "its command",
  action: "what it does",
  effect: "its effect",
  settings: "its folder or variables",
  outputs: "what it gives",
  expect: "what is expected of it",
  conditions: "its condition",
  probe: "its probe",
  retry: "its retry",
  timeoutSeconds: "its time-out",
  deadlineSeconds: "its deadline",
  background: "how it runs in the background",
  stdin: "its standard input",
  interruptible: "whether it may be interrupted",
  sensitive: "whether its output is kept",
  terminal: "whether it takes the terminal",
  needs: "what it comes after",
  undo: "its undo",
  onFailure: "what answers its failure",
  around: "what is around it",
  alerts: "its alerts",
  from: "where it begins",
  onTrip: "what answers its trip",
};
