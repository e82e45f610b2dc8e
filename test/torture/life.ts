import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunEvent } from "../../runners/events/run-event.ts";
import type { Question } from "../../runners/questions/question.ts";
import type { RunResult } from "../../runners/run-options.ts";
import { attemptFolderName } from "../../runners/store/attempt-folder-name.ts";
import { readInbox, writeInbox } from "../../runners/store/inbox.ts";
import { attemptFolders, type RunFixture } from "../support/run-fixture.ts";
import { startRun } from "../support/run-process.ts";
import { livingAttempts } from "./machine.ts";
import type { Misfortune } from "./misfortune.ts";
import type { Random } from "./random.ts";
import type { Witness } from "./witness.ts";

/** One process of lockstep, from its start to its death. */
export interface Life extends Misfortune {
  readonly seed: number;
  readonly project: RunFixture;
  /** The run is there already. */
  readonly begun: boolean;
  /** Somebody decides to undo it. */
  readonly goBack: boolean;
  readonly witness: Witness;
  readonly secret?: string;
}

/** How it ended. */
export interface LifeEnd {
  readonly misfortune: Misfortune;
  readonly result?: RunResult;
  readonly error?: { readonly code: string; readonly message: string };
  readonly killed: boolean;
  readonly signal: boolean;
  readonly breaches: readonly string[];
  /** What else there is to say of it. */
  readonly told: string[];
}

/** Longer than any life takes, also on a busy machine. */
const hangs = 60_000;

export async function liveOnce(life: Life, random: Random): Promise<LifeEnd> {
  const { seed, project, begun, goBack, secret, faults, killAfter, signal } = life;
  const breaches: string[] = [];
  const told: string[] = [];
  const lockstep = await startRun({
    program: "test/torture/torture-main.ts",
    module: "test/torture/torture-runbook.ts",
    make: "tortured",
    args: [seed],
    root: project.root,
    resume: begun && !goBack,
    rollback: goBack,
    extra: { faults },
    ...(secret === undefined ? {} : { secrets: { token: secret } }),
  });
  let killed = false;
  let over = false;
  let hung = false;
  const answering = answerAll(lockstep.waitFor, life, breaches, told, random);
  void lockstep.ended.then(() => {
    over = true;
  });
  const timer = setTimeout(() => {
    hung = true;
    void lockstep.kill();
  }, hangs);
  if (killAfter !== undefined) {
    await lockstep.waitFor(() => true);
    await new Promise<void>((done) => {
      const waiting = setTimeout(done, killAfter);
      void lockstep.ended.then(() => {
        clearTimeout(waiting);
        done();
      });
    });
    if (!over && signal) lockstep.signal(signal);
    else if (!over) {
      killed = true;
      await lockstep.kill();
    }
  }
  const ended = await lockstep.ended;
  clearTimeout(timer);
  await answering;
  if (hung)
    breaches.push(
      `it hung; its last events: ${lockstep.events
        .slice(-3)
        .map((event) => JSON.stringify(event))
        .join(" ")}`,
    );
  breaches.push(...outputBreaches(lockstep.events, project));
  const misfortune: Misfortune = {
    faults,
    ...(killAfter === undefined ? {} : { killAfter }),
    ...(signal === undefined ? {} : { signal }),
  };
  return {
    misfortune,
    ...(ended && "state" in ended ? { result: ended } : {}),
    ...(ended && "code" in ended ? { error: ended } : {}),
    killed: killed || ended === undefined,
    signal: signal !== undefined,
    breaches,
    told,
  };
}

/** Answers from elsewhere, by what there is to see; each question once. */
async function answerAll(
  waitFor: (fits: (event: RunEvent) => boolean) => Promise<RunEvent | undefined>,
  life: Life,
  breaches: string[],
  told: string[],
  random: Random,
): Promise<void> {
  const { project, witness } = life;
  const seen = new Set<RunEvent>();
  for (;;) {
    const event = await waitFor((candidate) => candidate.type === "asked" && !seen.has(candidate));
    if (event?.type !== "asked") return;
    seen.add(event);
    const { question } = event;
    if (question.kind === "unknown") breaches.push(...(await livingBreaches(question, project)));
    const folder = await project.folder();
    // an answer that came too late for the question before may lie there still, and is none to this one
    const lies = (await readInbox(folder)).some((one) => one.step === question.step && one.question === question.id);
    if (lies) continue;
    // who is asked about a blind guard takes so long that a step would start meanwhile if it could
    await new Promise((done) => setTimeout(done, question.kind === "blind" ? 1000 : random.below(50)));
    const answer = witness.answer(question);
    if (!answer) {
      told.push(`nobody answers ${question.kind} of ${question.step}`);
      continue;
    }
    told.push(`${question.kind} of ${question.step}: ${answer.say}`);
    await writeInbox(folder, { kind: answer.say, step: question.step, question: question.id, by: "bo", answer });
  }
}

/** What still runs has an outcome yet to come, so nobody may call it unknown. */
async function livingBreaches({ step }: Question, project: RunFixture): Promise<readonly string[]> {
  const living = livingAttempts(project.root);
  const unknown = (await project.journal()).flatMap((event) =>
    event.type === "finished" && event.step === step && event.outcome === "unknown" ? [event.attempt] : [],
  );
  return unknown
    .filter((attempt) => living.includes(attemptFolderName(step, attempt)))
    .map((attempt) => `somebody was asked about ${step} while its attempt ${attempt} was alive`);
}

/** What was shown of a step that this lockstep saw to its end is all that the step wrote, also if it was attached to. */
function outputBreaches(events: readonly RunEvent[], project: RunFixture): readonly string[] {
  const breaches: string[] = [];
  const shown = new Map<string, string>();
  const attempts = new Map<string, number>();
  for (const event of events) {
    if (event.type === "started") {
      attempts.set(event.step, event.attempt);
      shown.set(event.step, "");
    }
    if (event.type === "output") shown.set(event.step, (shown.get(event.step) ?? "") + event.text);
    if (event.type !== "finished" || event.outcome !== "ok" || event.exitCode === undefined) continue;
    const attempt = attempts.get(event.step);
    if (attempt === undefined) continue;
    const kept = keptOf(project, event.step, attempt);
    const seen = shown.get(event.step) ?? "";
    if (kept !== undefined && [...kept].sort().join("") !== [...seen].sort().join(""))
      breaches.push(`${event.step}.${attempt} wrote ${kept.length} characters, and ${seen.length} were shown`);
  }
  return breaches;
}

function keptOf(project: RunFixture, step: string, attempt: number): string | undefined {
  const name = attemptFolderName(step, attempt);
  const folder = attemptFolders(project.root).find((path) => path.endsWith(`/${name}`));
  if (!folder) return undefined;
  const texts = ["out", "log"].map((file) => join(folder, file)).filter((file) => existsSync(file));
  return texts.map((file) => readFileSync(file, "utf8")).join("");
}
