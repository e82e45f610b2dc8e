import { type Command, Option } from "commander";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Answer, Question } from "../../runners/questions/question.ts";
import { splitPair } from "../params/parameter-values.ts";

/** What somebody finds who looks at a step of unknown outcome. */
const found = ["there", "missing", "partly"] as const;

/** What can be answered by flags, without a terminal. */
export interface AnswerOptions {
  readonly digest?: string;
  readonly tick?: string;
  readonly done?: boolean;
  readonly answer?: readonly string[];
  readonly found?: (typeof found)[number];
  readonly how?: string;
  readonly output?: readonly string[];
  readonly run?: boolean;
  readonly runToEnd?: boolean;
  readonly retry?: boolean;
  readonly skip?: string;
  readonly overrule?: string;
  readonly items?: string;
  readonly arm?: string;
  readonly leave?: string;
  readonly undo?: string;
  readonly accept?: boolean;
  readonly keep?: boolean;
  readonly again?: boolean | readonly string[];
  readonly rollBack?: boolean;
  readonly seen?: boolean;
  readonly refuse?: string;
  readonly stop?: boolean;
}

/** Adds a flag for each answer. */
export function addAnswerOptions(command: Command): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return command
    .option("--digest <DIGEST>", "approval: approve exactly what was shown under this digest (8 characters or more)")
    .option("--tick <ITEMS>", "checklist: the items that hold, such as 1,3 or all")
    .option("--done", "manual step: it is done")
    .option("--answer <name=value>", "manual step: what it asks for; may be given several times", collect)
    .addOption(
      new Option(
        "--found <WHAT>",
        "unknown step: all that it does is there, nothing of it, or something else; with --how",
      ).choices(found),
    )
    .option("--how <TEXT>", "how you saw it; it is kept in the record")
    .option("--output <name=value>", "with --found there: what it gives, and others use", collect)
    .option("--retry", "failed or without a number: once more")
    .option("--skip <REASON>", "failed: go on without it")
    .option("--overrule <REASON>", "a machine said no: it counts as ok all the same")
    .option("--items <ITEMS>", "the items of a checklist that --overrule is about")
    .option("--arm <REASON>", "a guard: watch again")
    .option("--leave <REASON>", "rollback: go on past this, leave it as it is")
    .option("--undo <REASON>", "rollback: undo it although its outcome is not known")
    .option("--accept", "a changed runbook: go on as it is now; what is done stays done")
    .option("--keep", "a step that is done, or a decision, of which an input has changed: it stays as it is")
    .option(
      "--again [STEP]",
      "that step, or with --accept the one that is named: it runs again, in its turn; a decision: it is taken anew",
      collectSome,
    )
    .option("--roll-back", "undo what ran")
    .option("--seen", "a watch: seen enough")
    .option("--run", "step by step: start it")
    .option("--run-to-end", "step by step: start it, and do not ask before the next ones")
    .option("--refuse <REASON>", "no, and why")
    .option("--stop", "stop here; the run can be resumed");
}

/** A flag that may be given alone, or with a value several times. */
function collectSome(value: string, before: boolean | readonly string[] = []): readonly string[] {
  return [...(typeof before === "boolean" ? [] : before), value];
}

/**
 * The answer that the flags give, or undefined without one.
 *
 * @throws {LockstepError} `bad-argument` for two answers at once, or for half of one.
 */
export function answerFromOptions(question: Question, options: AnswerOptions): Answer | undefined {
  const answers = candidates(question, options).filter((answer) => answer !== undefined);
  if (answers.length > 1)
    throw wrong(
      `approve takes one answer, and was given ${answers.map(({ say }) => say).join(" and ")}`,
      "Leave all but one out",
    );
  refuseHalves(options);
  return answers[0];
}

/** What belongs to an answer that is not given. */
function refuseHalves({ how, found, items, overrule, output, again, accept }: AnswerOptions): void {
  if (how !== undefined && found === undefined)
    throw wrong("--how needs --found", "Add --found there, missing or partly");
  if (output !== undefined && found !== "there")
    throw wrong("--output needs --found there", "Add --found there, or leave it out");
  if (items !== undefined && overrule === undefined)
    throw wrong("--items is about what a machine checked", "Add --overrule REASON, or leave it out");
  if (Array.isArray(again) && again.length > 0 && !accept)
    throw wrong(
      `--again ${again.join(" --again ")} needs --accept`,
      "Add --accept, or write --again alone for the step that is asked about",
    );
}

function candidates(question: Question, options: AnswerOptions): (Answer | undefined)[] {
  const { digest, tick, found, skip, overrule, items, arm, leave, undo, refuse } = options;
  const isDone = options.done === true || options.answer !== undefined;
  return [
    digest === undefined ? undefined : { say: "approve", digest: wholeDigest(question, digest) },
    tick === undefined ? undefined : { say: "tick", items: parseItems(question, tick, "--tick") },
    isDone
      ? { say: "done", asks: Object.fromEntries((options.answer ?? []).map((text) => splitPair(text, "--answer"))) }
      : undefined,
    found === undefined ? undefined : parseFound(found, options.how, options.output),
    options.retry ? { say: "retry" } : undefined,
    skip === undefined ? undefined : { say: "skip", reason: reason(skip, "--skip") },
    overrule === undefined
      ? undefined
      : {
          say: "overrule",
          reason: reason(overrule, "--overrule"),
          ...(items === undefined ? {} : { items: parseItems(question, items, "--items") }),
        },
    arm === undefined ? undefined : { say: "arm", reason: reason(arm, "--arm") },
    leave === undefined ? undefined : { say: "leave", reason: reason(leave, "--leave") },
    undo === undefined ? undefined : { say: "undo", reason: reason(undo, "--undo") },
    options.accept ? { say: "accept", ...(Array.isArray(options.again) ? { again: options.again } : {}) } : undefined,
    options.keep ? { say: "keep" } : undefined,
    options.again === true ? { say: "again" } : undefined,
    options.rollBack ? { say: "roll-back" } : undefined,
    options.seen ? { say: "seen" } : undefined,
    options.run ? { say: "run" } : undefined,
    options.runToEnd ? { say: "run-to-end" } : undefined,
    refuse === undefined ? undefined : { say: "refuse", reason: reason(refuse, "--refuse") },
    options.stop ? { say: "stop" } : undefined,
  ];
}

/** Items by number, `all` for those that are open. */
export function parseItems(question: Question, text: string, option: string): readonly number[] {
  const all = question.kind === "checklist" ? question.items : [];
  if (text.trim() === "all") return all.filter(({ ticked }) => !ticked).map(({ item }) => item);
  const numbers = text
    .split(/[\s,]+/)
    .filter((part) => part !== "")
    .map(Number);
  const wrongOne = numbers.find(
    (number) => !Number.isInteger(number) || (all.length > 0 && !all.some(({ item }) => item === number)),
  );
  if (numbers.length > 0 && wrongOne === undefined) return numbers;
  throw wrong(
    `${option} takes numbers of items, not ${JSON.stringify(text)}`,
    `Its items are 1 to ${all.length}; write ${option} ${all.length > 2 ? "1,3" : "all"}`,
  );
}

/** A prefix stands for the digest that is asked for; anything else goes to the check that refuses it. */
function wholeDigest(question: Question, typed: string): string {
  const whole = question.kind === "approval" ? question.digest : typed;
  return typed.length >= 8 && whole.startsWith(typed.toLowerCase()) ? whole : typed;
}

function parseFound(
  say: (typeof found)[number],
  how: string | undefined,
  output: readonly string[] | undefined,
): Answer {
  if (how === undefined || how.trim() === "")
    throw wrong("--found needs --how", 'Say how you saw it: --how "kubectl get ingress shows green"');
  const outputs = output && Object.fromEntries(output.map((text) => splitPair(text, "--output")));
  return { say, how, ...(outputs === undefined ? {} : { outputs }) };
}

function reason(text: string, option: string): string {
  if (text.trim() !== "") return text;
  throw wrong(`${option} needs a reason`, "It is kept in the record");
}

function wrong(message: string, hint: string): LockstepError {
  return new LockstepError({ code: "bad-argument", message, hint });
}
