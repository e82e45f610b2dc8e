import { compile } from "lockstep";
import { type Answer, type Prompter, type Question, run, suspend } from "lockstep/run";
import release from "./release.runbook.ts";

/** What the bot needs of a chat: it posts a message and waits for the reply of a person. */
export interface Chat {
  ask(message: string, signal: AbortSignal): Promise<{ readonly user: string; readonly text: string }>;
  post(message: string): void;
}

/** Runs the release, with the questions asked in a chat. */
export async function releaseFromChat(chat: Chat, root: string, version: string): Promise<number> {
  const plan = compile(release, { values: { version } });
  let user = "nobody";
  const prompter: Prompter = {
    get by() {
      return { user, host: "chat" };
    },
    ask: async (question, signal) => {
      const reply = await chat.ask(words(question), signal);
      user = reply.user;
      return answerOf(question, reply.text);
    },
  };
  const releasing = run(plan, { root, prompter });
  for await (const event of releasing) {
    if (event.type === "finished") chat.post(`${event.step}: ${event.outcome}`);
    if (event.type === "noted") chat.post(event.text);
  }
  const { exitCode, state } = await releasing.result;
  chat.post(`The release is ${state}.`);
  return exitCode;
}

function words(question: Question): string {
  const { number, title } = question;
  if (question.kind === "checklist") return `${number} ${title}: ${question.items.map(({ text }) => text).join(", ")}?`;
  if (question.kind === "approval") {
    const covered = question.covers.map((step) => `${step.number} ${step.title}: ${step.command ?? ""}`);
    return [`${number} ${title}?`, ...covered].join("\n");
  }
  return `${number} ${title}?`;
}

/** A reply that is no clear answer leaves the run suspended; nothing is guessed. */
function answerOf(question: Question, text: string): Answer | typeof suspend {
  if (question.kind === "checklist" && text === "all hold")
    return { say: "tick", items: question.items.map(({ item }) => item) };
  if (question.kind === "approval" && text === "approve") return { say: "approve", digest: question.digest };
  if (text.startsWith("no: ")) return { say: "refuse", reason: text.slice(4) };
  return suspend;
}
