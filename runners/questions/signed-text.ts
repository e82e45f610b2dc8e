import { formatDuration } from "../../dsl/values/format-duration.ts";
import { ownValue } from "./own-value.ts";
import type { Answer, CoveredStep, Question } from "./question.ts";

/** The namespace of the signatures; one that was made for something else, such as a commit, is none. */
export const signatureNamespace = "lockstep";

/** The questions that can be answered by a signature. */
export type SignedQuestion = Extract<Question, { readonly kind: "approval" | "checklist" | "manual" }>;

/**
 * What is signed: all that an answer says, and to what, for a person to read. It follows from the question as it stands
 * in the journal and from the answer, so that whoever verifies it writes the same text. The name of the question is in
 * it, so that it answers no other run, step or round.
 */
export function signedText(question: SignedQuestion, answer: Answer): string {
  const { procedure, number, title, id } = question;
  return [
    "lockstep answer, version 1",
    "",
    ...field("run", procedure.run),
    ...field("runbook", `${procedure.runbook}: ${procedure.title}`),
    ...field("environment", procedure.environment ?? "(none)"),
    ...field("step", `${number} ${title}`),
    ...field("question", id),
    ...answerLines(question, answer),
    "",
  ].join("\n");
}

function answerLines(question: SignedQuestion, answer: Answer): readonly string[] {
  switch (question.kind) {
    case "approval":
      return approvalLines(question, answer);
    case "checklist":
      return checklistLines(question, answer);
    case "manual":
      return manualLines(question, answer);
  }
}

function approvalLines(question: Extract<Question, { kind: "approval" }>, { say }: Answer): readonly string[] {
  const { digest, validForSeconds, covers, guards, values } = question;
  const holds = validForSeconds === undefined ? "until it is used" : `for ${formatDuration(validForSeconds)}`;
  return [
    ...field("answer", say),
    ...field("digest", digest),
    ...field("holds", holds),
    "",
    covers.length === 0 ? "Nothing follows." : "What will be done:",
    ...covers.flatMap(coveredLines),
    "",
    ...list("Watched by:", guards),
    ...list(
      "With the values:",
      Object.entries(values).map(([name, value]) => `${name} = ${value}`),
    ),
  ];
}

function coveredLines({ number, title, effect, on, command, undo }: CoveredStep): readonly string[] {
  return [
    "",
    `${visible(number)} ${visible(title)}`,
    ...field("  effect", effect),
    ...field("  on", on),
    ...(command === undefined ? [] : field("  command", command)),
    ...(effect === "read" || effect === "wait" ? [] : field("  undo", undo.join("\n"))),
  ];
}

function checklistLines({ items }: Extract<Question, { kind: "checklist" }>, answer: Answer): readonly string[] {
  const named = new Set("items" in answer ? (answer.items ?? []) : []);
  return [
    ...field("answer", answer.say),
    ...("reason" in answer ? field("reason", answer.reason) : []),
    "",
    ...list(
      "These hold:",
      items.flatMap(({ item, text }) => (named.has(item) ? [`${item} ${text}`] : [])),
    ),
  ];
}

function manualLines(
  { instructions, command, asks }: Extract<Question, { kind: "manual" }>,
  answer: Answer,
): readonly string[] {
  const given = answer.say === "done" ? answer.asks : {};
  return [
    ...field("answer", answer.say),
    ...(instructions === undefined ? [] : field("to do", instructions)),
    ...(command === undefined ? [] : field("command", command)),
    "",
    ...list(
      "What was asked for:",
      asks.map(({ name }) => `${name} = ${ownValue(given, name) ?? ""}`),
    ),
  ];
}

/** The lines of a value after the first stand below it, so that none of them can pass for a field. */
function field(name: string, value: string): readonly string[] {
  const label = name.padEnd(12);
  return visible(value)
    .split("\n")
    .map((line, index) => `${index === 0 ? label : " ".repeat(label.length)} ${line}`.trimEnd());
}

function list(title: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : [title, ...entries.flatMap((entry) => field("  -", entry)), ""];
}

/** What moves a cursor or turns text around is written out: what is read is what is signed. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === "\n" ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
