import { createInterface } from "node:readline/promises";
import type { Answer, Question } from "../../runners/questions/question.ts";
import { parseItems } from "./answer-options.ts";

/** Whether somebody sits at this command and can be asked. */
export function isTerminal(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** What is decided by one of a few keys, as in the terminal of the run; the others are typed. */
export function hasMenu({ kind }: Question): boolean {
  return ["changed", "elsewhere", "stale", "decision", "closed", "rollback"].includes(kind);
}

/**
 * Asks for the answer in the terminal. A word must be typed for what acts, and nothing else is an answer.
 *
 * @returns undefined if nothing was answered; what was typed instead is told on standard error.
 */
export async function askInTerminal(question: Question): Promise<Answer | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ask = async (text: string): Promise<string> => (await terminal.question(`${text}\n> `)).trim();
  try {
    switch (question.kind) {
      case "approval":
        return (await typedWord(ask, "To approve, type approve and Enter.", "approve"))
          ? { say: "approve", digest: question.digest }
          : undefined;
      case "checklist":
        return await askItems(ask, question);
      case "manual":
        return await askManual(ask, question);
      case "unknown":
        return await askFound(ask, question);
      default:
        return undefined;
    }
  } finally {
    terminal.close();
  }
}

type Ask = (text: string) => Promise<string>;

async function typedWord(ask: Ask, text: string, word: string): Promise<boolean> {
  const typed = await ask(text);
  if (typed === word) return true;
  process.stderr.write(`${JSON.stringify(typed)} is not "${word}". Nothing was done.\n`);
  return false;
}

async function askItems(ask: Ask, question: Question): Promise<Answer | undefined> {
  const typed = await ask("Type the numbers of the items that hold, such as 1,3, and Enter.");
  return typed === "" ? nothingDone() : { say: "tick", items: parseItems(question, typed, "a checklist") };
}

async function askManual(ask: Ask, { asks }: Extract<Question, { kind: "manual" }>): Promise<Answer | undefined> {
  const given: Record<string, string> = {};
  for (const { name, gives } of asks) {
    given[name] = await ask(`${gives ?? name}:`);
    if (given[name] === "") return nothingDone();
  }
  return (await typedWord(ask, "When it is done, type done and Enter.", "done"))
    ? { say: "done", asks: given }
    : undefined;
}

async function askFound(ask: Ask, { gives }: Extract<Question, { kind: "unknown" }>): Promise<Answer | undefined> {
  const found = await ask("Look at the world itself, then type what you found: there, missing or partly.");
  if (found !== "there" && found !== "missing" && found !== "partly") return nothingDone();
  const how = await ask("How did you see it? It is kept in the record.");
  if (how === "") return nothingDone();
  if (found !== "there" || gives.length === 0) return { say: found, how };
  const outputs: Record<string, string> = {};
  for (const { name, gives: what } of gives) outputs[name] = await ask(`${what ?? name}, which others use:`);
  return { say: found, how, outputs };
}

function nothingDone(): undefined {
  process.stderr.write("Nothing was done.\n");
}
