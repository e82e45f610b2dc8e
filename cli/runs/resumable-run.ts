import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Hook } from "../../dsl/config/define-config.ts";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { functionsOf, rememberFunctions } from "../../dsl/plan/functions.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import type { CreatedEvent, RunPlace } from "../../runners/events/run-event.ts";
import type { Signers } from "../../runners/identity/signers.ts";
import { openRunStore } from "../../runners/store/run-store.ts";
import { readHistory } from "../history/run-history.ts";
import { type RecordedRun, readPlan, readRun } from "../history/run-reader.ts";
import { hasEnded } from "../history/run-state.ts";
import { loadConfig } from "../loading/config-loader.ts";
import { openProject } from "../loading/project.ts";
import { signersOf } from "../loading/project-signers.ts";
import { loadById } from "../loading/runbook-finder.ts";
import { type LoadedRunbook, loadRunbook } from "../loading/runbook-loader.ts";
import { askSecrets } from "../secrets/ask-secrets.ts";
import { resolveSecrets } from "../secrets/secret-resolver.ts";
import { undoSecrets } from "../secrets/undo-secrets.ts";
import type { NotBegun } from "../terminal/session/terminal-session.ts";
import { admit } from "./admit.ts";
import { readPlace } from "./place-reader.ts";
import type { Attendance } from "./run-output-options.ts";

/** A run that one goes on with. */
export interface ResumableRun {
  readonly run: string;
  readonly root: string;
  /** What was recorded of it so far. */
  readonly recorded: RecordedRun;
  /** The runbook as it is now, with the run's values; or the plan that it was made with. */
  readonly plan: Plan;
  readonly settings: {
    readonly root: string;
    readonly place: RunPlace;
    readonly secrets: Readonly<Record<string, string>>;
    readonly roles: Readonly<Record<string, readonly string[]>>;
    readonly signers?: Signers;
    readonly hooks: readonly Hook[];
  };
}

/**
 * Finds what a run needs to go on: its runbook as it is today, its values, its secrets. Those that no source has are
 * asked for, since no run keeps them. Undefined: whoever was asked left, and nothing went on.
 *
 * @param withRunbook False for a rollback, which follows the record.
 * @param attendance Who can be asked.
 * @throws {LockstepError} `unknown-run`; `run-ended` for one that has nothing left to do; what a runbook that does not load throws, and what
 * must not go on.
 */
export async function resumable(
  id: string | undefined,
  { withRunbook, attendance }: { readonly withRunbook: boolean; readonly attendance: Attendance | undefined },
): Promise<ResumableRun | NotBegun> {
  const { root, settings } = await openProject();
  const recorded = await findRun(root, id, withRunbook);
  const plan = withRunbook ? await planNow(recorded, root) : await planThen(recorded, root);
  const isAttended = attendance !== undefined;
  await admit(plan, { purpose: withRunbook ? "resume" : "rollback", root, settings, isAttended, recorded });
  const { config } = await loadConfig(root);
  const needed = withRunbook ? undefined : undoSecrets(plan);
  const isNeeded = (name: string): boolean => needed === undefined || needed.has(name);
  const found = isAttended
    ? await askSecrets(plan, root, attendance, { isNeeded })
    : { secrets: await resolveSecrets(plan, root, { isNeeded }) };
  if ("left" in found) return found;
  return {
    run: recorded.folder.id,
    root,
    recorded,
    plan,
    settings: {
      root,
      place: await readPlace(plan, root),
      secrets: found.secrets,
      roles: settings.roles,
      ...signersOf(root, settings),
      hooks: config.hooks ?? [],
    },
  };
}

async function findRun(root: string, id: string | undefined, toResume: boolean): Promise<RecordedRun> {
  const store = openRunStore(root);
  if (id === undefined && toResume) {
    for (const folder of await store.list()) {
      if (await isEmpty(folder.journalFile)) continue;
      const recorded = await readRun(folder);
      if (!hasEnded(readHistory(recorded.events))) return recorded;
    }
  }
  const recorded = await readRun(await store.find(id));
  const { last } = readHistory(recorded.events);
  if (!toResume || last?.type !== "ended") return recorded;
  throw new LockstepError({
    code: "run-ended",
    message: `run ${recorded.folder.id} has ended, ${{ ok: "and every step is done", "rolled-back": "and what it did is undone", answered: "and its failure was answered" }[last.result]}`,
    hint: `Start it anew: lockstep run ${recorded.created.runbook.id}`,
  });
}

/** A run that was killed before its first event: nothing of it ran, and there is nothing to go on with. */
async function isEmpty(journal: string): Promise<boolean> {
  return (await stat(journal).catch(() => undefined))?.size === 0;
}

/** The plan that the run goes by, with what its undos in TypeScript run, which no journal can hold. */
async function planThen(recorded: RecordedRun, root: string): Promise<Plan> {
  const plan = await readPlan(recorded);
  const isNative = stepsOf(plan).some(
    ({ undo }) => undo.kind === "actions" && undo.actions.some(({ execution }) => execution === "native"),
  );
  return isNative ? rememberFunctions(plan, functionsOf(await planNow(recorded, root))) : plan;
}

async function planNow({ created }: RecordedRun, root: string): Promise<Plan> {
  const { runbook, card } = await loadRunbookOf(created, root);
  const known = Object.entries(created.values).filter(([name]) => Object.hasOwn(card.params, name));
  const { compile } = await import("../../dsl/plan/compile.ts");
  return compile(runbook, {
    values: Object.fromEntries(known),
    root,
    allowMissing: false,
    ...(created.environment === undefined ? {} : { environment: created.environment }),
  });
}

/** A run knows its file; a runbook that was moved since is found by its id. */
async function loadRunbookOf({ runbook: { id, source } }: CreatedEvent, root: string): Promise<LoadedRunbook> {
  if (source !== undefined && existsSync(join(root, source))) {
    const loaded = await loadRunbook(join(root, source), { root });
    if (loaded.card.id === id) return loaded;
  }
  return loadById(id);
}
