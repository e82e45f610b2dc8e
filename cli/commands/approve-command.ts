import { hostname, userInfo } from "node:os";
import { Option } from "commander";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import { jsonText } from "../../renderers/json/json-text.ts";
import type { Answer, Question } from "../../runners/questions/question.ts";
import { writeInbox } from "../../runners/store/inbox.ts";
import { openRunStore } from "../../runners/store/run-store.ts";
import { type AnswerOptions, addAnswerOptions, answerFromOptions } from "../answers/answer-options.ts";
import { checkAnswer, flagsFor } from "../answers/answer-rules.ts";
import type { MenuAnswererOptions } from "../answers/menu-answerer.ts";
import { requestText, type SigningOptions, signIfNeeded, withSignature } from "../answers/signed-answer.ts";
import { askInTerminal, hasMenu, isTerminal } from "../answers/terminal-answerer.ts";
import { readWaiting, type Waiting } from "../answers/waiting-answers.ts";
import { readHistory } from "../history/run-history.ts";
import { type RecordedRun, readRun } from "../history/run-reader.ts";
import { baseId } from "../history/step-numbers.ts";
import { openProject } from "../loading/project.ts";
import { signersOf } from "../loading/project-signers.ts";
import { inertLines, inertText } from "../output/inert-text.ts";
import { createContext } from "../output/log-rows.ts";
import { resumeCommand } from "../output/next-commands.ts";
import { renderQuestion } from "../output/question-screen.ts";
import { answerText, questionText } from "../output/question-text.ts";
import { okMark, widthOf } from "../output/terminal.ts";
import type { CommandModule } from "./command-module.ts";

type ApproveOptions = AnswerOptions & SigningOptions & { readonly json?: boolean };

const approveCommand: CommandModule = {
  about:
    "Shows what is asked, and takes the answer: typed in a terminal, or by a flag without one. It runs nothing; the run goes on with it by itself, or with lockstep resume.",
  examples: [
    "lockstep approve 7k3m 3.1",
    "lockstep approve 7k3m 0.1 --tick 1,3",
    "lockstep approve 7k3m 3.1 --digest 5f2c91d0a7b3",
    "lockstep approve 7k3m 3.1 --request > request",
    "lockstep approve 7k3m 3.1 --signature request.sig",
    'lockstep approve 7k3m 3.2 --found there --how "the ingress names green"',
  ],
  define(command) {
    command
      .argument("RUN", "id of a run, or its beginning")
      .argument("[STEP]", "number or id of the step that asks; may be left out if only one does");
    const answers = addAnswerOptions(command).options.map((option) => option.attributeName());
    const signing = [
      new Option("--request", "print what is to be signed, for: ssh-keygen -Y sign -n lockstep -f KEY FILE").conflicts([
        "signature",
        "key",
      ]),
      new Option("--signature <FILE>", "hand in the signature of that; - reads standard input").conflicts("key"),
      new Option("--key <FILE>", "sign it here with this SSH key; git's user.signingkey unless given"),
    ];
    for (const option of signing) command.addOption(option);
    command
      .addOption(
        new Option("--json", "print what is asked, as JSON, and answer nothing").conflicts([
          ...answers,
          ...signing.map((option) => option.attributeName()),
        ]),
      )
      .action(async (id: string, step: string | undefined, options: ApproveOptions) => {
        const { root, settings } = await openProject();
        const run = await readRun(await openRunStore(root).find(id));
        const { signers } = signersOf(root, settings);
        const people = { roles: settings.roles, operators: operatorsOf(run), signers };
        const { question, whole } = await readWaiting(run.folder, openQuestion(run, step), people);
        if (options.json) return void process.stdout.write(`${jsonText(question, 2)}\n`);
        if (whole !== undefined) throw alreadyAnswered(run, question, whole);
        const named = answerFromOptions(question, options);
        if (options.request) return void process.stdout.write(requestText(question, named));
        const { key, signature } = options;
        const given =
          signature === undefined
            ? (named ?? (await ask(run, question, { root, roles: settings.roles, signers })))
            : await withSignature(question, named, signature);
        await requireStillAsked(run, question);
        if (given === undefined) {
          process.exitCode ??= 3;
          return;
        }
        const signing = { root, ...(signers === undefined ? {} : { signers }), ...(key === undefined ? {} : { key }) };
        const answer = signature === undefined ? await signIfNeeded(question, given, signing) : given;
        const me = { user: userInfo().username, host: hostname() };
        const by = await checkAnswer(question, answer, { ...people, by: me });
        await writeInbox(run.folder, {
          kind: "answer",
          step: question.step,
          question: question.id,
          by: by.user,
          host: by.host,
          answer,
        });
        process.stdout.write(
          `${okMark()} ${question.number} ${inertText(answerText(question.kind, answer))} by ${by.user}. ${howItGoesOn(run, stillOpen(question, answer))}\n`,
        );
      });
  },
};

export default approveCommand;

function openQuestion({ folder, events }: RecordedRun, step: string | undefined): Question {
  const { questions, last } = readHistory(events);
  const found = step === undefined ? questions : named(questions, step);
  if (found.length === 1 && found[0] !== undefined) return found[0];
  if (questions.length === 0) {
    const state = last?.type === "ended" ? "it has ended" : "see lockstep log";
    throw new LockstepError({
      code: "unknown-step",
      message: `run ${folder.id} asks nothing`,
      hint: `${state}: lockstep log ${folder.id}`,
    });
  }
  const open = questions.map((question) => `${question.number} ${questionText(question)}`).join("; ");
  throw new LockstepError({
    code: "unknown-step",
    message: step === undefined ? `run ${folder.id} asks several things` : `run ${folder.id} does not ask at ${step}`,
    hint:
      (step === undefined
        ? undefined
        : didYouMean(
            step,
            questions.flatMap(({ step: key, number }) => [key, number]),
          )) ?? `It asks: ${open}`,
  });
}

/** By its key or number; else by those of the step that it is about, which an undo is asked about by another name. */
function named(questions: readonly Question[], step: string): readonly Question[] {
  const itself = questions.filter(({ step: key, number }) => key === step || number === step);
  if (itself.length > 0) return itself;
  return questions.filter(({ step: key, number }) => baseId(key) === step || number === `Undo ${step}`);
}

async function ask(
  run: RecordedRun,
  question: Question,
  people: Pick<MenuAnswererOptions, "root" | "roles" | "signers">,
): Promise<Answer | undefined> {
  const { plan } = await createContext(run);
  if (isTerminal() && hasMenu(question)) {
    const { askByMenu } = await import("../answers/menu-answerer.ts");
    const answer = await askByMenu(question, { run, plan, ...people });
    if (answer !== "left") return answer;
    process.exitCode = 130;
    return undefined;
  }
  process.stderr.write(inertLines(renderQuestion(question, plan, widthOf(process.stderr))));
  const asked = isTerminal() ? await askInTerminal(question) : undefined;
  if (asked !== undefined || (isTerminal() && ["approval", "checklist", "manual", "unknown"].includes(question.kind)))
    return asked;
  throw new LockstepError({
    code: "person-needed",
    message: `${question.number} is not answered`,
    hint: `Add ${flagsFor(question)}`,
  });
}

/** The first answer that counts is taken, and no other. */
function alreadyAnswered(run: RecordedRun, question: Question, whole: NonNullable<Waiting["whole"]>): LockstepError {
  const { number, kind } = question;
  const said = `${inertText(answerText(kind, whole.answer))} by ${whole.by.user}`;
  return new LockstepError({
    code: "unknown-step",
    message: `${number} is answered already: ${said}, which run ${run.folder.id} has not read yet`,
    hint: howItGoesOn(run, undefined),
  });
}

/** While somebody looked at a question, the run may have gone on to another one about the same step. */
async function requireStillAsked({ folder }: RecordedRun, asked: Question): Promise<void> {
  const { questions } = readHistory((await readRun(folder)).events);
  if (questions.some(({ id }) => id === asked.id)) return;
  throw new LockstepError({
    code: "unknown-step",
    message: `${asked.number} no longer asks this: it was answered, or the run has gone on meanwhile`,
    hint: `Look again: lockstep approve ${folder.id} ${asked.number}`,
  });
}

/** All who started or resumed it. */
function operatorsOf({ events, created }: RecordedRun): ReadonlySet<string> {
  return new Set([created.by.user, ...events.flatMap((event) => (event.type === "resumed" ? [event.by.user] : []))]);
}

/** What the same question still waits for, after this answer. */
function stillOpen(question: Question, answer: Answer): string | undefined {
  if (question.kind === "checklist" && (answer.say === "tick" || answer.say === "overrule")) {
    const open = question.items.filter(({ item, ticked }) => !ticked && !answer.items?.includes(item));
    return open.length === 0 ? undefined : `Open: ${open.map(({ item }) => item).join(", ")}`;
  }
  if (question.kind !== "approval" || answer.say !== "approve") return undefined;
  const missing = question.quorum - question.approved.length - 1;
  return missing <= 0 ? undefined : `${missing} more must approve`;
}

function howItGoesOn({ folder, holder, events }: RecordedRun, open: string | undefined): string {
  if (open !== undefined) return open;
  return holder === undefined
    ? `Goes on with: ${resumeCommand(folder.id, undefined, readHistory(events).purpose)}`
    : `Process ${holder.pid} on ${holder.host} goes on with it`;
}
